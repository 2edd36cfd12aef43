package io.twinbatch.azure.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpConnectionsTest {
    private static final long PATIENCE_SECONDS = 20;
    private static final int MAX_CALLERS = 200;

    @Test
    void anyNumberOfCallersMayWaitForAnswersAtOnce() throws Exception {
        int callers = Math.min(20 * Runtime.getRuntime().availableProcessors(), MAX_CALLERS);
        CountDownLatch begun = new CountDownLatch(callers);
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), callers);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, begun));
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            HttpClient client = HttpConnections.open();
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> ask(client, url, begun)));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("content");
            }
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static String ask(HttpClient client, String url, CountDownLatch begun) {
        try (HttpResponse response = client.sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE)) {
            begun.countDown();
            return response.buffer().getBodyAsBinaryData().toString();
        }
    }

    /** Every caller has got the beginning of its answer, and waits for its content, before anyone gets that. */
    private static void answer(HttpExchange exchange, CountDownLatch begun) throws IOException {
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().flush();
            if (begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                exchange.getResponseBody().write(content);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
