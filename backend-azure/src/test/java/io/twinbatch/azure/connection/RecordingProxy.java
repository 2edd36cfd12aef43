package io.twinbatch.azure.connection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that notes the heads of requests and gives each the same answer; with an empty one it closes at once. */
public final class RecordingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final String answer;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    public RecordingProxy(String answer) throws IOException {
        this.answer = answer;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    public String authority() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** The heads of the requests so far, each with its lines joined by line feeds. */
    public List<String> heads() {
        return new ArrayList<>(heads);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                StringBuilder head = new StringBuilder();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    head.append(line).append('\n');
                }
                heads.add(head.toString());
                if (answer.isEmpty()) {
                    continue;
                }
                socket.getOutputStream()
                        .write((answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // A client that has gone, or the end of the test.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
