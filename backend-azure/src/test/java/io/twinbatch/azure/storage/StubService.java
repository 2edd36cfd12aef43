package io.twinbatch.azure.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A blob service that answers every request as the test wants. */
final class StubService implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;

    private StubService(HttpServer server) {
        this.server = server;
    }

    static StubService start(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        StubService stub = new StubService(server);
        server.setExecutor(stub.threads);
        server.createContext("/", exchange -> {
            stub.requests.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
        server.start();
        return stub;
    }

    /** A service that answers every request with one error. */
    static StubService failing(int status, String code, String message) throws IOException {
        return start(exchange -> answerError(exchange, status, code, message));
    }

    static void answerError(HttpExchange exchange, int status, String code, String message) throws IOException {
        byte[] body = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + message
                        + "\nRequestId:r-1\nTime:now</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("x-ms-error-code", code);
        exchange.getResponseHeaders().set("x-ms-request-id", "r-1");
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    BlobObjectStore store() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mine");
        return new BlobObjectStore(new BlobStoreConfig(endpoint, "mine", new AccountKey("c2VjcmV0")));
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
