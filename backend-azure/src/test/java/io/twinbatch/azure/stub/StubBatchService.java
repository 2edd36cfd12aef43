package io.twinbatch.azure.stub;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.client.RetryLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A Batch service that answers by a script: for each method and path, one answer after the other, the last one again
 * and again. What is not in the script is answered with 404 and the code {@code ResourceNotFound}.
 */
public final class StubBatchService implements AutoCloseable {
    /** The account's key; not a secret, of course. */
    public static final String KEY = "a2V5";

    private static final HttpClient HTTP = new JdkHttpClientBuilder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    /** Starts one that knows nothing yet. */
    public StubBatchService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Scripts the answers to one method and path, such as {@code GET /pools/p}. */
    public StubBatchService on(String methodAndPath, Answer... answers) {
        script.put(methodAndPath, new ArrayDeque<>(List.of(answers)));
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = Asked.of(exchange);
            asked.add(request);
            Answer answer = next(request.method() + " " + request.path()).using(request);
            if (answer.status() == Answer.BROKEN) {
                throw new IOException("the connection breaks, as the script says");
            }
            answer.send(exchange, request.method().equals("HEAD"));
        }
    }

    private synchronized Answer next(String key) {
        Deque<Answer> answers = script.get(key);
        if (answers == null) {
            return Answer.error(404, "ResourceNotFound", "There is no " + key + ".");
        }
        return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    }

    /** A client that never waits between its tries. */
    public BatchRestClient client() {
        return client(new RetryLimits(4, Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofMinutes(2)));
    }

    /** A client that never waits between its tries, of which there are as many as the limits say. */
    public BatchRestClient client(RetryLimits limits) {
        Sleeper sleeper = sleeps::add;
        return new BatchRestClient(
                new BatchEndpoint(url()),
                new BatchCredential.SharedKey("mine", KEY),
                HTTP,
                limits,
                Clock.systemUTC(),
                sleeper);
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was asked, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** What was asked with one method and path, in order. */
    public List<Asked> asked(String methodAndPath) {
        return asked.stream()
                .filter(request -> (request.method() + " " + request.path()).equals(methodAndPath))
                .toList();
    }

    /** How long the clients would have waited between their tries. */
    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * A request.
     *
     * @param path as it was sent, without the query
     * @param query decoded, by name
     * @param headers by lower-case name
     */
    public record Asked(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {
        private static Asked of(HttpExchange exchange) throws IOException {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
            URI uri = exchange.getRequestURI();
            String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            return new Asked(
                    exchange.getRequestMethod(),
                    uri.getRawPath(),
                    Arrays.stream(query.split("&"))
                            .map(pair -> pair.split("=", 2))
                            .filter(pair -> pair.length == 2)
                            .collect(Collectors.toMap(pair -> decode(pair[0]), pair -> decode(pair[1]))),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }
}
