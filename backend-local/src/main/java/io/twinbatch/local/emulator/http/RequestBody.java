package io.twinbatch.local.emulator.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The body of a request, read when somebody asks for it. Until then a client that waits for {@code 100 Continue} does not
 * send it.
 */
final class RequestBody {
    /** The service's limit. */
    static final int MAX_BYTES = 1_048_576;

    /** How much of a body that nobody wants is read, so that its sender comes to read the refusal. */
    private static final long MAX_UNWANTED_BYTES = 32L * MAX_BYTES;

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final InputStream stream;
    private final String encoding;
    private final boolean awaitsGo;
    private final long end = System.nanoTime() + LIMIT.toNanos();
    private boolean started;

    /**
     * The body of a request.
     *
     * @param stream its bytes as they come over the wire, in whatever pieces
     */
    RequestBody(HttpExchange request, InputStream stream) {
        this.stream = stream;
        this.encoding = request.header("content-encoding").orElse("").strip().toLowerCase(Locale.ROOT);
        this.awaitsGo = request.header("expect").orElse("").equalsIgnoreCase("100-continue");
    }

    /**
     * Reads it.
     *
     * @throws ServiceFault 413 when it is longer than the service takes, also when only unpacking makes it so; 400 when
     *     it is cut off, packed in an unknown way, or no UTF-8
     */
    String text() {
        started = true;
        try {
            byte[] bytes = limited(stream);
            return decode(isPacked() ? limited(new GZIPInputStream(new ByteArrayInputStream(bytes))) : bytes);
        } catch (IOException e) {
            throw new ServiceFault(400, "InvalidRequestBody", "The body of the request could not be read to its end.");
        }
    }

    private byte[] limited(InputStream source) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = read(source, buffer); count >= 0 && bytes.size() <= MAX_BYTES; count = read(source, buffer)) {
            bytes.write(buffer, 0, count);
        }
        if (bytes.size() > MAX_BYTES) {
            throw new ServiceFault(
                    413,
                    "RequestBodyTooLarge",
                    "The size of the request body exceeds the maximum size permitted.",
                    Map.of("MaxLimit", Integer.toString(MAX_BYTES)));
        }
        return bytes.toByteArray();
    }

    /** A client that sends a byte now and then must not hold a thread forever. */
    private int read(InputStream source, byte[] buffer) throws IOException {
        int count = source.read(buffer);
        if (System.nanoTime() - end > 0) {
            throw new IOException("the body comes too slowly");
        }
        return count;
    }

    private boolean isPacked() {
        return switch (encoding) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw ServiceFault.invalidHeader("Content-Encoding", encoding);
        };
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ServiceFault(400, "InvalidRequestBody", "The body of the request is not in UTF-8.");
        }
    }

    /** Reads what has not been read, within reason, so that the connection can carry the answer and the next request. */
    void discard() {
        if (awaitsGo && !started) {
            return;
        }
        try {
            byte[] buffer = new byte[BUFFER_BYTES];
            long total = 0;
            for (int count = 0; count >= 0 && total < MAX_UNWANTED_BYTES; count = read(stream, buffer)) {
                total += count;
            }
        } catch (IOException e) {
            // Its sender is gone or has broken the rules; the server closes the connection then.
            started = true;
        }
    }
}
