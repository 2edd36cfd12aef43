package io.twinbatch.local.emulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Response;

/** Writes replies. */
final class Sender {
    private static final String JSON_TYPE = "application/json; odata=minimalmetadata";
    private static final int MIN_PACKED_BYTES = 1024;
    private static final Pattern GZIP =
            Pattern.compile("(^|,)\\s*(gzip|x-gzip|\\*)\\s*(;\\s*q\\s*=\\s*(1|0?\\.\\d*[1-9])[^,]*)?\\s*(,|$)");

    private final ObjectMapper json = new ObjectMapper();

    /**
     * Writes a reply whole.
     *
     * @throws IOException when it cannot be sent to its end; the connection is of no more use then
     */
    void send(String id, HttpExchange request, Reply reply, Response response) throws IOException {
        if (reply.body() instanceof Reply.Lost) {
            response.getRequest()
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
            throw new EofException("an answer that is to be lost");
        }
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("request-id", id);
        headers.put("DataServiceVersion", "3.0");
        headers.put("X-Content-Type-Options", "nosniff");
        if (request.header("return-client-request-id").orElse("").equalsIgnoreCase("true")) {
            request.header("client-request-id").ifPresent(own -> headers.put("client-request-id", own));
        }
        reply.headers().forEach(headers::put);
        if (reply.body() instanceof Reply.Json document) {
            sendJson(document.content(), request, response);
        } else if (reply.body() instanceof Reply.Bytes bytes) {
            sendBytes(bytes, request, response);
        } else {
            Content.Sink.write(response, true, null);
        }
    }

    private void sendJson(JsonNode content, HttpExchange request, Response response) throws IOException {
        byte[] bytes = bytes(content);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, JSON_TYPE);
        if (bytes.length >= MIN_PACKED_BYTES && takesGzip(request)) {
            bytes = packed(bytes);
            headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        if (request.isHead()) {
            Content.Sink.write(response, true, null);
            return;
        }
        headers.put(HttpHeader.CONTENT_LENGTH, bytes.length);
        Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
    }

    private byte[] bytes(JsonNode content) {
        try {
            return json.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a document can always be written", e);
        }
    }

    private static boolean takesGzip(HttpExchange request) {
        return GZIP.matcher(request.header("accept-encoding").orElse("").toLowerCase(Locale.ROOT))
                .find();
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static void sendBytes(Reply.Bytes bytes, HttpExchange request, Response response) throws IOException {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length());
        if (request.isHead()) {
            Content.Sink.write(response, true, null);
            return;
        }
        try (InputStream source = bytes.source().open()) {
            byte[] buffer = new byte[65_536];
            long left = bytes.length();
            while (left > 0) {
                int count = source.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException("the file is shorter than it was");
                }
                left -= count;
                Content.Sink.write(response, false, ByteBuffer.wrap(buffer, 0, count));
            }
        }
        Content.Sink.write(response, true, null);
    }
}
