package io.twinbatch.it.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client that sends what it is told, signed, and shows what comes back. */
final class SignedClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "?api-version=2025-06-01";

    private final KeptConnection connection;
    private final URI endpoint;
    private final SharedKeySigner signer;

    SignedClient(URI endpoint, SharedKeySigner signer) {
        this.connection = new KeptConnection(endpoint);
        this.endpoint = endpoint;
        this.signer = signer;
    }

    /**
     * Sends a request.
     *
     * @param body the body in JSON, with single quotes; empty for none
     * @param ifMatch what {@code If-Match} says; empty for none
     */
    Answer send(String method, String path, String body, String ifMatch) throws IOException {
        String text = body.replace('\'', '"');
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", endpoint.getRawAuthority());
        headers.put(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
        headers.put("Content-Type", "application/json; odata=minimalmetadata");
        headers.put("Content-Length", Integer.toString(text.length()));
        if (!ifMatch.isEmpty()) {
            headers.put("If-Match", ifMatch);
        }
        String target = path + VERSION;
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        request.append("Authorization: SharedKey ").append(signer.credential(method, target, headers));
        KeptConnection.Answer answer = connection.exchange(
                new FuzzRequest(request.append("\r\n\r\n").append(text).toString(), method.equals("HEAD"), true));
        String content = new String(answer.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return new Answer(
                answer.status(),
                answer.header("etag").orElse(""),
                content.isEmpty() ? JSON.createObjectNode() : JSON.readTree(content));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /**
     * An answer.
     *
     * @param status the status
     * @param etag the version that the answer names; empty for none
     * @param body the body; an empty object for none
     */
    record Answer(int status, String etag, JsonNode body) {}
}
