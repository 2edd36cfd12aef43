package io.twinbatch.it.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between everybody and an object store, and breaks connections off in the middle of large bodies. */
final class CuttingProxy implements AutoCloseable {
    private static final int LARGE_BYTES = 1_000;
    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "connection", "content-length", "expect", "transfer-encoding", "upgrade");

    /** What happens to a large body. */
    enum Fate {
        /** It goes through whole. */
        PASSES,
        /** Half of it goes through, then the connection breaks. */
        IS_CUT,
        /** Half of it goes through, then nothing more comes until the proxy is closed. */
        STALLS
    }

    /** Decides about the large body of a request, or of its answer. */
    interface Decision {
        /**
         * The fate of a body.
         *
         * @param request the method and the path
         * @param times how often a body of the same request was not let through before
         */
        Fate of(String request, int times);
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> broken = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final URI target;
    private final HttpServer server;
    private volatile Decision decision;

    private CuttingProxy(URI target, Decision decision, HttpServer server) {
        this.target = target;
        this.decision = decision;
        this.server = server;
    }

    /** A proxy in front of a store. */
    static CuttingProxy before(URI target, Decision decision) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CuttingProxy proxy = new CuttingProxy(target, decision, server);
        server.createContext("/", proxy::handle);
        server.setExecutor(proxy.threads);
        server.start();
        return proxy;
    }

    /** The host and port where it listens. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Decides otherwise from now on. */
    void decide(Decision newDecision) {
        decision = newDecision;
    }

    /** The requests, by method and path, whose bodies were not let through. */
    Set<String> broken() {
        return Set.copyOf(broken.keySet());
    }

    private Fate fate(String request, long bytes) {
        if (bytes < LARGE_BYTES) {
            return Fate.PASSES;
        }
        Fate fate = decision.of(request, broken.getOrDefault(request, 0));
        if (fate != Fate.PASSES) {
            broken.merge(request, 1, Integer::sum);
        }
        return fate;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            String length = exchange.getRequestHeaders().getFirst("Content-Length");
            long sent = length == null ? 0 : Long.parseLong(length);
            if (fate(request, sent) != Fate.PASSES) {
                byte[] half = exchange.getRequestBody().readNBytes((int) (sent / 2));
                throw new IOException("the connection breaks after " + half.length + " bytes");
            }
            answer(exchange, request, forward(exchange));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException, InterruptedException {
        URI asked = exchange.getRequestURI();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create(target.getScheme() + "://" + target.getRawAuthority() + asked.getRawPath() + query));
        byte[] body = exchange.getRequestBody().readAllBytes();
        request.method(
                exchange.getRequestMethod(),
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private void answer(HttpExchange exchange, String request, HttpResponse<byte[]> response)
            throws IOException, InterruptedException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NOT_FORWARDED.contains(name) || (head && name.equals("content-length"))) {
                exchange.getResponseHeaders().put(header.getKey(), header.getValue());
            }
        }
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.statusCode(), head || body.length == 0 ? -1 : body.length);
        Fate fate = fate(request, body.length);
        exchange.getResponseBody().write(body, 0, fate == Fate.PASSES ? body.length : body.length / 2);
        exchange.getResponseBody().flush();
        if (fate == Fate.STALLS) {
            closed.await();
        }
        if (fate != Fate.PASSES) {
            throw new IOException("the connection breaks");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
