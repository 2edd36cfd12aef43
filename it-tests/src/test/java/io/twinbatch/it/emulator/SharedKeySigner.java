package io.twinbatch.it.emulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with an account's key, as the service's documentation says. */
final class SharedKeySigner {
    private final String account;
    private final SecretKeySpec key;

    /**
     * A signer.
     *
     * @param key the account's key in base64
     */
    SharedKeySigner(String account, String key) {
        this.account = account;
        this.key = new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256");
    }

    /** The account's name, and the signature of a request. */
    String credential(String method, String target, Map<String, String> headers) {
        return credential(textToSign(method, target, headers));
    }

    /** The account's name, and the signature of a text. */
    String credential(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return account + ":"
                    + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String textToSign(String method, String target, Map<String, String> headers) {
        StringBuilder text = new StringBuilder(method).append('\n');
        for (String name : List.of(
                "Content-Encoding",
                "Content-Language",
                "Content-Length",
                "Content-MD5",
                "Content-Type",
                "Date",
                "If-Modified-Since",
                "If-Match",
                "If-None-Match",
                "If-Unmodified-Since",
                "Range")) {
            boolean replaced = name.equals("Date") && headers.containsKey("ocp-date");
            text.append(replaced ? "" : headers.getOrDefault(name, "")).append('\n');
        }
        for (String name : List.of("ocp-date", "ocp-range")) {
            if (headers.containsKey(name)) {
                text.append(name).append(':').append(headers.get(name)).append('\n');
            }
        }
        int question = target.indexOf('?');
        text.append('/').append(account).append(question < 0 ? target : target.substring(0, question));
        Map<String, String> query = new TreeMap<>();
        for (String pair :
                question < 0 ? new String[0] : target.substring(question + 1).split("&", -1)) {
            String[] halves = pair.split("=", 2);
            if (!pair.isEmpty()) {
                query.put(decoded(halves[0]), halves.length == 1 ? "" : decoded(halves[1]));
            }
        }
        query.forEach(
                (name, value) -> text.append('\n').append(name).append(':').append(value));
        return text.toString();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
