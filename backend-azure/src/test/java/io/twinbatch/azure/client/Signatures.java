package io.twinbatch.azure.client;

import io.twinbatch.azure.stub.StubBatchService;
import io.twinbatch.azure.stub.StubBatchService.Asked;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature that the service computes from what it received. */
final class Signatures {
    private static final List<String> SIGNED = List.of(
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

    private Signatures() {}

    static String of(Asked asked, String account) {
        Map<String, String> headers = new TreeMap<>(asked.headers());
        StringBuilder text = new StringBuilder(asked.method());
        SIGNED.forEach(name -> text.append('\n').append(headers.getOrDefault(name, "")));
        headers.forEach((name, value) -> {
            if (name.startsWith("ocp-")) {
                text.append('\n').append(name).append(':').append(value);
            }
        });
        text.append("\n/").append(account).append(asked.path());
        Map<String, String> query = new TreeMap<>();
        asked.query().forEach((name, value) -> query.put(name.toLowerCase(Locale.ROOT), value));
        query.forEach(
                (name, value) -> text.append('\n').append(name).append(':').append(value));
        return sign(text.toString());
    }

    private static String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(StubBatchService.KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
