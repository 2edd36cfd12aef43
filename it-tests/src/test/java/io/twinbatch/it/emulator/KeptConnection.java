package io.twinbatch.it.emulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A connection to a server on this machine that carries one request after another, until the server says that it closes it;
 * then another one takes its place. It takes exactly one answer for each request.
 */
final class KeptConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String START = "HTTP/1.1 ";

    private final URI endpoint;
    private int connections;
    private Socket socket;
    private InputStream in;

    KeptConnection(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** How many connections it took. */
    int connections() {
        return connections;
    }

    /**
     * Sends a request and reads its answer.
     *
     * @throws IOException when the answer is none, or more than one; the next request then has a new connection
     */
    Answer exchange(FuzzRequest request) throws IOException {
        try {
            connect();
            if (in.available() > 0) {
                throw new IOException("more has come than was asked for");
            }
            socket.getOutputStream().write(request.bytes());
            socket.getOutputStream().flush();
            if (!request.proper()) {
                // Otherwise the server may rightly wait for more.
                socket.shutdownOutput();
            }
            Answer answer = answer(request);
            if (!request.proper()
                    || answer.header("connection").filter("close"::equals).isPresent()) {
                close();
            }
            return answer;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Answer answer(FuzzRequest request) throws IOException {
        Answer answer = new Answer(head(), "");
        // To a client that asks, the server may say that it is ready for the body before it answers.
        while (answer.status() == 100) {
            answer = new Answer(head(), "");
        }
        if (answer.header("transfer-encoding").isPresent()) {
            throw new IOException("an answer in pieces is not expected: " + answer.head());
        }
        if (request.head() || answer.status() == 204 || answer.status() == 304) {
            return answer;
        }
        int length = Integer.parseInt(answer.header("content-length").orElse("0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer is cut off");
        }
        return new Answer(answer.head(), new String(body, StandardCharsets.ISO_8859_1));
    }

    private String head() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int end = 0;
        while (end < 4) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("closed without an answer");
            }
            bytes.write(b);
            end = b == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : b == '\r' ? 1 : 0;
        }
        String head = bytes.toString(StandardCharsets.ISO_8859_1);
        if (!head.startsWith(START)) {
            throw new IOException("this is no answer: " + head);
        }
        return head;
    }

    private void connect() throws IOException {
        if (socket == null) {
            socket = new Socket();
            connections++;
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            // Thousands of closed connections that linger would use up the ports.
            socket.setSoLinger(true, 0);
            in = new BufferedInputStream(socket.getInputStream());
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /**
     * An answer.
     *
     * @param head the first line and the headers
     * @param body the bytes behind them, a character for each
     */
    record Answer(String head, String body) {
        /** The status. */
        int status() {
            return Integer.parseInt(head.substring(START.length(), START.length() + 3));
        }

        /** The value of a header, which is named in lower case. */
        Optional<String> header(String name) {
            return Stream.of(head.split("\r\n", -1))
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }
}
