package io.twinbatch.local.emulator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A connection that sends what it is told, HTTP or not, and reads answers byte by byte. */
final class RawConnection implements AutoCloseable {
    private final Socket socket = new Socket();

    RawConnection(InetSocketAddress address) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), 5000);
        socket.setSoTimeout(10_000);
    }

    RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Says that nothing more comes. */
    RawConnection end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next answer; of a {@code HEAD}, the body must not be waited for. */
    Answer answer(boolean head) throws IOException {
        String start = headers();
        Answer answer = new Answer(start, "");
        boolean bodiless = head || answer.status() < 200 || answer.status() == 204;
        int length =
                bodiless ? 0 : Integer.parseInt(answer.header("content-length").orElse("0"));
        byte[] bytes = socket.getInputStream().readNBytes(length);
        return new Answer(start, new String(bytes, StandardCharsets.ISO_8859_1));
    }

    Answer answer() throws IOException {
        return answer(false);
    }

    /** Whether nothing comes for so long. What comes is lost. */
    boolean isSilent(int millis) throws IOException {
        int usual = socket.getSoTimeout();
        socket.setSoTimeout(millis);
        try {
            int unused = socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(usual);
        }
    }

    /** All that comes until the server closes the connection. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String headers() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after: " + bytes.toString(StandardCharsets.ISO_8859_1));
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * An answer as it came.
     *
     * @param start what comes before the body
     * @param raw the body, a character for a byte
     */
    record Answer(String start, String raw) {
        int status() {
            return Integer.parseInt(start.substring(9, 12));
        }

        Optional<String> header(String name) {
            List<String> lines = Arrays.asList(start.split("\r\n"));
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        String body() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        byte[] bytes() {
            return raw.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
