package io.twinbatch.it.contract;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import io.twinbatch.local.azurite.DockerEngine;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** What the Docker engine of the test machine has, where one answers. */
public final class DockerState {
    private static final String WORK_LABEL = "io.twinbatch.work";

    private DockerState() {}

    private static DockerClient client() {
        URI address = DockerEngine.find(System.getenv()).orElseThrow().address();
        return DockerClientProviderStrategy.getClientForConfig(
                TransportConfig.builder().dockerHost(address).build());
    }

    public static boolean answers() {
        return DockerEngine.find(System.getenv())
                .filter(DockerEngine::isOnThisMachine)
                .isPresent();
    }

    public static boolean hasImage(String image) {
        try {
            client().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** The containers of tasks that see a folder, running or not. */
    public static List<String> containersBelow(String folder) {
        List<Container> all = client().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(WORK_LABEL))
                .exec();
        return all.stream()
                .filter(container -> container.getMounts().stream()
                        .anyMatch(mount -> String.valueOf(mount.getSource()).startsWith(folder)))
                .map(container -> Arrays.toString(container.getNames()))
                .toList();
    }
}
