package io.twinbatch.local.azurite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerPlacesTest {
    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void theFileOfTestcontainersNamesTheEngineUnlessTheVariableDoes() throws IOException {
        Files.writeString(home.resolve(".testcontainers.properties"), "docker.host = tcp\\://127.0.0.1\\:4711\n");

        assertThat(places().engines()).containsExactly(new DockerEngine(URI.create("tcp://127.0.0.1:4711")));
        assertThat(places().source())
                .hasValueSatisfying(source ->
                        assertThat(source).isEqualTo("docker.host in " + home.resolve(".testcontainers.properties")));

        environment.put("DOCKER_HOST", "tcp://127.0.0.1:1");
        assertThat(places().engines()).containsExactly(new DockerEngine(URI.create("tcp://127.0.0.1:1")));
        assertThat(places().source()).contains("DOCKER_HOST");
    }

    @Test
    void anAddressInTheFileThatIsNoneIsRefusedByTheNameOfTheFile() throws IOException {
        Files.writeString(home.resolve(".testcontainers.properties"), "docker.host=nonsense\n");

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> places().engines())
                .withMessageContaining(".testcontainers.properties: 'nonsense' is not the address");
    }

    @Test
    void aContextThatIsNotFollowedIsNamed() throws IOException {
        environment.put("HOME", home.toString());
        assertThat(places().overlookedContext()).isEmpty();

        Files.createDirectory(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"), "{\n  \"auths\": {},\n  \"currentContext\": \"colima\"\n}");
        assertThat(places().overlookedContext()).contains("colima");

        environment.put("DOCKER_CONTEXT", "default");
        assertThat(places().overlookedContext()).isEmpty();

        environment.put("DOCKER_CONTEXT", "remote");
        assertThat(places().overlookedContext()).contains("remote");

        environment.put("DOCKER_HOST", "tcp://127.0.0.1:1");
        assertThat(places().overlookedContext()).isEmpty();
    }

    private DockerPlaces places() {
        return new DockerPlaces(environment, home);
    }
}
