package io.twinbatch.local.emulator.http;

import io.twinbatch.local.emulator.EmulatorConfig;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes requests as a client of the emulator's well-known account does. */
final class Signer {
    private Signer() {}

    /** A request up to the empty line, signed. */
    static String head(String method, String target, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", "localhost");
        all.put(
                "ocp-date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
        all.putAll(headers);
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        String signature = sign(textToSign(method, target, all));
        return request + "Authorization: SharedKey " + EmulatorConfig.DEFAULT_ACCOUNT + ":" + signature + "\r\n\r\n";
    }

    static String get(String target) {
        return head("GET", target + (target.contains("?") ? "&" : "?") + "api-version=2024-07-01.20.0", Map.of());
    }

    private static String textToSign(String method, String target, Map<String, String> headers) {
        String[] parts = target.split("\\?", 2);
        StringBuilder text = new StringBuilder(method + "\n")
                .append(headers.getOrDefault("Content-Encoding", ""))
                .append("\n\n")
                .append(headers.getOrDefault("Content-Length", ""))
                .append("\n\n")
                .append(headers.getOrDefault("Content-Type", ""))
                .append("\n\n\n")
                .append(headers.getOrDefault("If-Match", ""))
                .append("\n\n\n\nocp-date:")
                .append(headers.get("ocp-date"))
                .append("\n/")
                .append(EmulatorConfig.DEFAULT_ACCOUNT)
                .append(parts[0]);
        Map<String, String> query = new TreeMap<>();
        for (String pair : parts.length == 1 ? new String[0] : parts[1].split("&", -1)) {
            String[] halves = (pair + "=").split("=", -1);
            query.put(
                    URLDecoder.decode(halves[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        query.forEach(
                (name, value) -> text.append('\n').append(name).append(':').append(value));
        return text.toString();
    }

    private static String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(EmulatorConfig.DEFAULT_KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
