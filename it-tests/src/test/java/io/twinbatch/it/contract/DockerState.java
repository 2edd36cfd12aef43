package io.twinbatch.it.contract;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.PushResponseItem;
import io.twinbatch.local.azurite.DockerEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** Moves an image to a registry: afterwards this machine has it under no name of that registry. */
    public static void moveToRegistry(String image, String repository, AuthConfig login) throws InterruptedException {
        try (DockerClient client = client()) {
            client.tagImageCmd(image, repository, "1").exec();
            client.pushImageCmd(repository + ":1")
                    .withAuthConfig(login)
                    .exec(new ResultCallback.Adapter<PushResponseItem>())
                    .awaitCompletion();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        removeImage(repository + ":1");
    }

    /** Removes a name of an image. */
    public static void removeImage(String image) {
        try {
            client().removeImageCmd(image).exec();
        } catch (NotFoundException e) {
            // The name is free, as it has to be.
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
