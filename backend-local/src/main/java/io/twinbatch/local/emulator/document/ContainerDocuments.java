package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.task.ContainerOptions;
import io.twinbatch.api.task.RunArguments;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.local.container.RegistryLogin;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Containers in documents about pools and tasks. */
public final class ContainerDocuments {
    private static final String CONFIGURATION = "virtualMachineConfiguration.containerConfiguration";
    private static final String RUN_OPTIONS = "containerSettings.containerRunOptions";

    private ContainerDocuments() {}

    /** The images that a pool is to have; empty when it has no containers, or no images beforehand. */
    public static List<ContainerImage> images(JsonNode pool) {
        List<ContainerImage> images = new ArrayList<>();
        for (JsonNode name : configuration(pool).path("containerImageNames")) {
            images.add(image(CONFIGURATION + ".containerImageNames", name.textValue()));
        }
        return images;
    }

    /** Whether a pool is to run containers. */
    public static boolean hasContainers(JsonNode pool) {
        return configuration(pool).isObject();
    }

    /** The logins that a client gives for a pool. */
    public static List<RegistryLogin> logins(JsonNode pool) {
        List<RegistryLogin> logins = new ArrayList<>();
        for (JsonNode registry : configuration(pool).path("containerRegistries")) {
            if (registry.has("username") && registry.has("password")) {
                logins.add(new RegistryLogin(
                        registry.path("registryServer").asText(""),
                        registry.get("username").textValue(),
                        registry.get("password").textValue()));
            }
        }
        return logins;
    }

    /**
     * Refuses a pool of containers on an image that runs none, or of another type.
     *
     * @throws ServiceFault 400
     */
    public static void check(JsonNode pool) {
        if (!hasContainers(pool)) {
            return;
        }
        JsonNode type = configuration(pool).path("type");
        if (!type.asText().equalsIgnoreCase("dockerCompatible")) {
            throw BodyFaults.invalid(CONFIGURATION + ".type", type, "Nodes here have a Docker engine.");
        }
        JsonNode image = pool.path("virtualMachineConfiguration").path("imageReference");
        boolean fits = NodeImages.mayRunContainers(
                image.path("publisher").asText(),
                image.path("offer").asText(),
                image.path("sku").asText());
        if (!fits) {
            throw BodyFaults.invalid(
                    "virtualMachineConfiguration.imageReference",
                    image,
                    "The specified image does not support containers; one with the capability DockerCompatible does.");
        }
    }

    private static JsonNode configuration(JsonNode pool) {
        return pool.path("virtualMachineConfiguration").path("containerConfiguration");
    }

    /** The container of a task; empty when it has none. */
    public static Optional<TaskContainer> container(JsonNode task) {
        JsonNode settings = task.path("containerSettings");
        if (!settings.isObject()) {
            return Optional.empty();
        }
        ContainerImage image =
                image("containerSettings.imageName", settings.get("imageName").textValue());
        boolean atImage = settings.path("workingDirectory").asText().equalsIgnoreCase("containerImageDefault");
        return Optional.of(new TaskContainer(
                image,
                options(settings.path("containerRunOptions").asText("")),
                atImage ? TaskContainer.WorkingFolder.IMAGE : TaskContainer.WorkingFolder.TASK));
    }

    /** The container of a task as a client of the protocol would have written it. */
    public static ObjectNode settings(TaskContainer container) {
        boolean atImage = container.workingFolder() == TaskContainer.WorkingFolder.IMAGE;
        return CommonDocuments.object()
                .put("imageName", container.image().name())
                .put("containerRunOptions", String.join(" ", container.options().runArguments()))
                .put("workingDirectory", atImage ? "containerImageDefault" : "taskWorkingDirectory");
    }

    private static ContainerImage image(String property, String name) {
        try {
            return new ContainerImage(name);
        } catch (BatchException e) {
            throw BodyFaults.invalid(property, name, "It is not the name of a container image.");
        }
    }

    private static ContainerOptions options(String text) {
        try {
            return RunArguments.parse(text);
        } catch (BatchException e) {
            throw BodyFaults.invalid(RUN_OPTIONS, text, e.getMessage());
        }
    }
}
