package io.twinbatch.task;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** An object store on loopback that fails when a test says so, and remembers what it got. */
public final class FakeStore implements AutoCloseable {
    public static final String SECRET = "sv=1&sig=c2VjcmV0%2B";

    /** What the store does with a request: an answer, or no answer at all when the status is 0. */
    public record Reply(int status, String retryAfter, String body) {
        static final Reply CREATED = new Reply(201, null, "");
        public static final Reply BROKEN_CONNECTION = new Reply(0, null, "");

        public static Reply of(int status) {
            return new Reply(status, null, "");
        }
    }

    private final HttpServer server;
    private final Queue<Reply> replies = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> contents = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, String> lastHeaders = Collections.synchronizedMap(new LinkedHashMap<>());

    public FakeStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What to do with the next requests, in order; then each is answered with 201. */
    public void plan(Reply... planned) {
        replies.addAll(List.of(planned));
    }

    public String signedUrl() {
        return base() + "?" + SECRET;
    }

    public String base() {
        return account() + "/out";
    }

    /** The URL of the account that has the container. */
    public String account() {
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/account";
    }

    /** Method, path and query of each request, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What was stored, by raw path, in order. */
    public Map<String, String> contents() {
        return new LinkedHashMap<>(contents);
    }

    public String lastHeader(String name) {
        return lastHeaders.get(name);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        exchange.getRequestHeaders().forEach((name, values) -> lastHeaders.put(name, values.get(0)));
        String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Reply planned = replies.poll();
        Reply reply = planned == null ? Reply.CREATED : planned;
        if (reply.status() == 0) {
            exchange.close();
            return;
        }
        if (reply.status() == 201) {
            contents.put(exchange.getRequestURI().getRawPath(), content);
        }
        if (reply.retryAfter() != null) {
            exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
