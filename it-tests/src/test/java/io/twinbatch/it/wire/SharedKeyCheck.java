package io.twinbatch.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says whether a request is signed as the service demands, from what arrived alone. Written from the service's
 * description, not from any client.
 *
 * @param account the Batch account
 * @param base64Key its key
 */
public record SharedKeyCheck(String account, String base64Key) {
    /** How far the service lets a client's clock be off. */
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    private static final List<String> SIGNED_HEADERS = List.of(
            "content-encoding",
            "content-language",
            "content-length",
            "content-md5",
            "content-type",
            "date",
            "if-modified-since",
            "if-match",
            "if-none-match",
            "if-unmodified-since",
            "range");

    /** Fails unless the request has a time, is recent, and is signed by this account's key. */
    public void verify(WireRequest request) {
        String date = request.header("ocp-date")
                .or(() -> request.header("date"))
                .orElseThrow(() -> new AssertionError("neither ocp-date nor date: " + request));
        Instant sent =
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        assertThat(Duration.between(sent, Clock.systemUTC().instant()).abs())
                .as("age of %s", request)
                .isLessThan(TOLERANCE);
        assertThat(request.header("authorization"))
                .as("signature of %s, over%n%s", request, stringToSign(request))
                .contains("SharedKey " + account + ":" + signature(request));
    }

    /** Whether the request is signed by this account's key. */
    public boolean isSigned(WireRequest request) {
        return request.header("authorization")
                .map(value -> value.equals("SharedKey " + account + ":" + signature(request)))
                .orElse(false);
    }

    private String signature(WireRequest request) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(base64Key), "HmacSHA256"));
            byte[] hash = mac.doFinal(stringToSign(request).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String stringToSign(WireRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add(request.method().toUpperCase(Locale.ROOT));
        boolean ownDate = request.header("ocp-date").isPresent();
        for (String name : SIGNED_HEADERS) {
            boolean replaced = name.equals("date") && ownDate;
            lines.add(replaced ? "" : request.header(name).orElse(""));
        }
        new TreeMap<>(request.headers()).forEach((name, values) -> {
            if (name.startsWith("ocp-")) {
                lines.add(name + ":" + values.get(0));
            }
        });
        lines.add("/" + account + request.rawPath());
        Map<String, String> lowerCased = new TreeMap<>();
        request.query().forEach((name, value) -> lowerCased.put(name.toLowerCase(Locale.ROOT), value));
        lowerCased.forEach((name, value) -> lines.add(name + ":" + value));
        return String.join("\n", lines);
    }
}
