package io.twinbatch.app.portal.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects as pages show them. */
class ObjectReaderTest {
    private static final ObjectKey KEY = new ObjectKey(new ContainerName("logs"), "stderr.txt");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
    private static final String SECRET = "https://store.example.org/in?sv=1&sig=c2VjcmV0c2VjcmV0\n";

    private final ObjectReader reader = new ObjectReader(ProxyChoice.ofProcess());
    private final AtomicLong sent = new AtomicLong();
    private HttpServer server;
    private byte[] content = new byte[0];

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Matcher range = RANGE.matcher(exchange.getRequestHeaders().getFirst("Range"));
            assertThat(range.matches()).isTrue();
            byte[] part = Arrays.copyOfRange(
                    content,
                    Integer.parseInt(range.group(1)),
                    Math.min(content.length, Integer.parseInt(range.group(2)) + 1));
            sent.addAndGet(part.length);
            exchange.sendResponseHeaders(206, part.length);
            exchange.getResponseBody().write(part);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** A store that signs URLs, and nothing else. */
    private ObjectStore store() {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("signRead");
                    return new SignedUrl(url, Map.of(), Instant.MAX);
                });
    }

    private ObjectInfo object(String text) {
        content = text.getBytes(StandardCharsets.UTF_8);
        return new ObjectInfo(KEY, content.length, Instant.EPOCH, Map.of());
    }

    /** Wherever a part begins or ends in the line with the secret. */
    @Test
    void aSecretThatAPartWouldCutIsNotShown() {
        for (int cut = 1; cut < SECRET.length(); cut++) {
            String dots = ".".repeat(79) + "\n";
            String filling = dots.repeat(LogReader.PART_BYTES / dots.length());
            String rest = filling + "x".repeat(LogReader.PART_BYTES - filling.length() - 1) + "\n";

            String end = reader.end(store(), object("begin\n" + SECRET + rest.substring(SECRET.length() - cut)))
                    .text();
            String beginning = reader.preview(store(), object(rest.substring(cut) + SECRET + rest))
                    .text();

            assertThat(end)
                    .as("end, cut at %d", cut)
                    .doesNotContain("c2Vj", "cmV0")
                    .endsWith("x\n");
            assertThat(beginning)
                    .as("beginning, cut at %d", cut)
                    .doesNotContain("c2Vj", "cmV0")
                    .startsWith("....");
        }
    }

    @Test
    void aPreviewReadsNoMoreThanAPart() {
        ObjectInfo object = object("a line\n".repeat(100_000));

        LogPart part = reader.preview(store(), object);

        assertThat(part.start()).isZero();
        assertThat(part.size()).isEqualTo(700_000);
        assertThat(sent.get()).isLessThanOrEqualTo(LogReader.PART_BYTES + 1L);
        assertThat(reader.end(store(), object).end()).isEqualTo(700_000);
    }

    @Test
    void anEmptyObjectIsShownWithoutARequest() {
        assertThat(reader.preview(store(), object("")).text()).isEmpty();
        assertThat(reader.end(store(), object("")).text()).isEmpty();
        assertThat(sent.get()).isZero();
    }
}
