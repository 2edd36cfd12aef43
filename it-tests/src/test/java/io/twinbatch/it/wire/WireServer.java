package io.twinbatch.it.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server on this machine that records every request and answers as the test wants, any number at a time. */
public final class WireServer implements AutoCloseable {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<WireRequest> requests = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final Function<WireRequest, WireReply> answers;

    private WireServer(HttpServer server, Function<WireRequest, WireReply> answers) {
        this.server = server;
        this.answers = answers;
    }

    /** Starts a server on a free port of the loopback interface. */
    public static WireServer start(Function<WireRequest, WireReply> answers) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        WireServer server = new WireServer(http, answers);
        http.setExecutor(server.threads);
        http.createContext("/", server::serve);
        http.start();
        return server;
    }

    /** Its URL, without a slash at the end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What has arrived so far, in the order of arrival. */
    public List<WireRequest> requests() {
        return List.copyOf(requests);
    }

    /** Forgets what has arrived. */
    public void forget() {
        requests.clear();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            WireRequest request = WireRequest.read(exchange);
            requests.add(request);
            deliver(exchange, request, answers.apply(request));
        }
    }

    /** Closing an exchange before its answer is complete breaks the connection. */
    private static void deliver(HttpExchange exchange, WireRequest request, WireReply reply) throws IOException {
        if (reply.delivery() == WireReply.Delivery.DROPPED) {
            return;
        }
        ordinaryHeaders(exchange);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        if (body.length == 0 || request.method().equals("HEAD")) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), body.length);
        OutputStream out = exchange.getResponseBody();
        if (reply.delivery() == WireReply.Delivery.CUT) {
            out.write(Arrays.copyOf(body, body.length / 2));
            out.flush();
            return;
        }
        out.write(body);
        out.close();
    }

    private static void ordinaryHeaders(HttpExchange exchange) {
        ZonedDateTime now = ZonedDateTime.now(Clock.systemUTC()).withZoneSameInstant(ZoneOffset.UTC);
        exchange.getResponseHeaders().set("request-id", "5aa3b1c0-0000-4000-8000-000000000001");
        exchange.getResponseHeaders().set("DataServiceVersion", "3.0");
        exchange.getResponseHeaders().set("ETag", "0x8DB9ABDBC146829");
        exchange.getResponseHeaders().set("Last-Modified", HTTP_DATE.format(now));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
