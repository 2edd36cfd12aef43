package io.twinbatch.local.azurite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.twinbatch.api.error.BatchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {
    @TempDir
    private Path folder;

    @Test
    void anEngineThatAnswersIsFoundWithTheImagesItHas() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/_ping", exchange -> exchange.sendResponseHeaders(200, -1));
        server.createContext("/images/here:1/json", exchange -> exchange.sendResponseHeaders(200, -1));
        server.start();
        try {
            String address = "tcp://127.0.0.1:" + server.getAddress().getPort();

            DockerEngine engine =
                    DockerEngine.find(Map.of("DOCKER_HOST", address)).orElseThrow();

            assertThat(engine.hasImage("here:1")).isTrue();
            assertThat(engine.hasImage("absent:1")).isFalse();
            assertThat(engine.socket()).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anEngineThatIsNotThereIsNotFound() {
        assertThat(DockerEngine.find(Map.of("DOCKER_HOST", "unix://" + folder.resolve("none.sock"))))
                .isEmpty();
        assertThat(DockerEngine.find(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1")))
                .isEmpty();
        assertThat(DockerEngine.find(Map.of("DOCKER_HOST", "ssh://somewhere"))).isEmpty();
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> DockerEngine.find(Map.of("DOCKER_HOST", "nonsense")))
                .withMessageContaining("'nonsense' is not the address of a Docker engine")
                .withMessageContaining("unix:///var/run/docker.sock");
    }

    @Test
    void oneThatAcceptsAndSaysNothingIsGivenUp() throws IOException {
        Path socket = folder.resolve("silent.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertThat(DockerEngine.find(Map.of("DOCKER_HOST", "unix://" + socket)))
                    .isEmpty();
        }
    }
}
