package io.twinbatch.local.emulator.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An account and its key, and whether a request was signed with it. What is signed is the request as it is on the wire: the
 * path with its escapes, headers as they were sent, and the parameters of the query decoded.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/batchservice/authenticate-requests-to-the-azure-batch-service">the
 *     service's description</a>
 */
final class SharedKey {
    private static final String ALGORITHM = "HmacSHA256";

    private static final List<String> BEFORE_DATE =
            List.of("content-encoding", "content-language", "content-length", "content-md5", "content-type");
    private static final List<String> AFTER_DATE =
            List.of("if-modified-since", "if-match", "if-none-match", "if-unmodified-since", "range");

    private final String account;
    private final byte[] key;

    /**
     * An account's key.
     *
     * @param key the key in base64
     */
    SharedKey(String account, String key) {
        this.account = account;
        this.key = Base64.getDecoder().decode(key);
    }

    /**
     * Whether a request carries this account's signature.
     *
     * @param credential what follows {@code SharedKey} in its header: {@code account:signature}
     */
    boolean signed(HttpExchange request, String credential) {
        int colon = credential.lastIndexOf(':');
        if (colon < 0 || !credential.substring(0, colon).equalsIgnoreCase(account)) {
            return false;
        }
        byte[] given = credential.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
        // The Java clients sign a query that they have decoded twice; it differs when a value holds a percent or plus.
        return matches(given, request, SharedKey::decode) || matches(given, request, text -> decode(decode(text)));
    }

    private boolean matches(byte[] given, HttpExchange request, UnaryOperator<String> decoder) {
        byte[] right = sign(stringToSign(request, decoder)).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(right, given);
    }

    private static String decode(String text) {
        return UrlText.decodeForm(text).orElse(text);
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private String stringToSign(HttpExchange request, UnaryOperator<String> decoder) {
        StringBuilder text = new StringBuilder(request.method()).append('\n');
        BEFORE_DATE.forEach(name -> line(text, request.header(name)));
        boolean ownDate = request.header("ocp-date").isPresent();
        line(text, ownDate ? Optional.empty() : request.header("date"));
        AFTER_DATE.forEach(name -> line(text, request.header(name)));
        new TreeMap<>(request.headers())
                .keySet().stream()
                        .filter(name -> name.startsWith("ocp-"))
                        .forEach(name -> line(text.append(name).append(':'), request.header(name)));
        text.append('/').append(account).append(request.path());
        parameters(request.query(), decoder)
                .forEach((name, value) ->
                        text.append('\n').append(name).append(':').append(value));
        return text.toString();
    }

    private static void line(StringBuilder text, Optional<String> value) {
        text.append(value.orElse("")).append('\n');
    }

    private static Map<String, String> parameters(String query, UnaryOperator<String> decoder) {
        Map<String, String> parameters = new TreeMap<>();
        for (RawParameter parameter : RawParameter.of(query)) {
            parameters.put(decoder.apply(parameter.name()).toLowerCase(Locale.ROOT), decoder.apply(parameter.value()));
        }
        return parameters;
    }
}
