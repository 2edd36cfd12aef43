package io.twinbatch.azure.stub;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A service on this machine that answers as a test wants. Its {@link #client} takes it for every https host there is:
 * the libraries send tokens over https alone.
 */
public final class StubServer implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private StubServer(HttpServer server) {
        this.server = server;
    }

    /** Starts one. */
    public static StubServer start(Function<Request, Answer> answers) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            StubServer stub = new StubServer(server);
            server.createContext("/", exchange -> stub.handle(exchange, answers));
            server.start();
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange, Function<Request, Answer> answers) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Original-Host")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Answer answer = answers.apply(request);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean empty = body.length == 0 || request.method().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : body.length);
            if (!empty) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** A client whose requests all come here, whatever host they are for. */
    public HttpClient client() {
        HttpClient plain = new JdkHttpClientBuilder().build();
        return request -> plain.send(redirected(request));
    }

    private HttpRequest redirected(HttpRequest request) {
        try {
            URI url = request.getUrl().toURI();
            String rest = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
            return request.copy()
                    .setUrl(URI.create(url() + rest).toURL())
                    .setHeader(HttpHeaderName.fromString("X-Original-Host"), url.getHost());
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Where it listens, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked so far, in order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** What was asked. */
    public record Request(String method, URI uri, String authorization, String host, String body) {}

    /** What is answered. */
    public record Answer(int status, Map<String, String> headers, String body) {
        /** A JSON document. */
        public static Answer json(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), body);
        }

        /** An XML document. */
        public static Answer xml(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/xml"), body);
        }
    }
}
