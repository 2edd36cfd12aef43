package io.twinbatch.it.emulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Sends a server of the Batch protocol requests of all kinds, one after another, and notes what must not happen: an answer
 * that is the server's fault, no answer, an answer that takes too long. It runs no program but {@code /bin/true}.
 */
final class RequestFuzzer {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOST_FINDINGS = 20;
    private static final int STATUS_START = "HTTP/1.1 ".length();

    private final URI endpoint;
    private final FuzzRequests requests;
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private String last = "nothing";
    private Socket socket;
    private InputStream in;

    /**
     * A fuzzer.
     *
     * @param endpoint where the server is, over HTTP
     * @param account the account's name
     * @param key the account's key in base64
     * @param seed with the same seed, the same requests, apart from their date
     */
    RequestFuzzer(URI endpoint, String account, String key, long seed) {
        this.endpoint = endpoint;
        this.requests = new FuzzRequests(endpoint, account, key, seed);
    }

    /** Sends that many requests, or stops when enough has been found. */
    void run(int count) throws IOException {
        for (int i = 0; i < count && findings.size() < MOST_FINDINGS; i++) {
            exchange(requests.next());
        }
        disconnect();
    }

    /** What must not have happened, with the request; empty when all went well. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    /** How often each status was answered; 0 for none, which is right for what is no HTTP. */
    Map<Integer, Integer> statuses() {
        return Map.copyOf(statuses);
    }

    private void exchange(FuzzRequest request) throws IOException {
        int status = 0;
        try {
            connect();
            socket.getOutputStream().write(request.bytes());
            socket.getOutputStream().flush();
            if (!request.proper()) {
                // Otherwise the server may rightly wait for more.
                socket.shutdownOutput();
            }
            status = answer(request);
            if (status >= 500) {
                findings.add(status + " for\n" + request);
            }
        } catch (SocketTimeoutException e) {
            findings.add("no answer in time for\n" + request);
            disconnect();
        } catch (IOException e) {
            if (request.proper()) {
                findings.add(e + " for\n" + request + "\nafter\n" + last);
            }
            disconnect();
        }
        last = status + " for\n" + request;
        statuses.merge(status, 1, Integer::sum);
        // Each has a connection of its own, so that what one is answered is never taken for the answer to another.
        disconnect();
    }

    private int answer(FuzzRequest request) throws IOException {
        String head = head();
        // To a client that asks, the server may say that it is ready for the body before it answers.
        while (head.startsWith("100", STATUS_START)) {
            head = head();
        }
        int status = Integer.parseInt(head.substring(STATUS_START, STATUS_START + 3));
        String lower = head.toLowerCase(Locale.ROOT);
        int length = header(lower, "content-length").map(Integer::parseInt).orElse(0);
        boolean bodiless = request.head() || status == 204 || status == 304;
        if (!bodiless && in.readNBytes(length).length < length) {
            throw new EOFException("the answer is cut off");
        }
        if (header(lower, "connection").filter("close"::equals).isPresent()) {
            disconnect();
        }
        return status;
    }

    private static java.util.Optional<String> header(String head, String name) {
        return Stream.of(head.split("\r\n", -1))
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
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
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private void connect() throws IOException {
        if (socket == null) {
            socket = new Socket();
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            // Tens of thousands of closed connections that linger would use up the ports.
            socket.setSoLinger(true, 0);
            in = new BufferedInputStream(socket.getInputStream());
        }
    }

    private void disconnect() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
