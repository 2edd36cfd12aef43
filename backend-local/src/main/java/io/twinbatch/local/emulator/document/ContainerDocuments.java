package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.task.ContainerOptions;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.local.container.RegistryLogin;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Containers in documents about pools and tasks. */
public final class ContainerDocuments {
    private static final String CONFIGURATION = "virtualMachineConfiguration.containerConfiguration";
    private static final String RUN_OPTIONS = "containerSettings.containerRunOptions";
    private static final String HONOURED = "Here containers are run with --rm, --entrypoint=, --memory, --cpus,"
            + " --shm-size, --network=none and --read-only.";
    private static final Pattern BYTES = Pattern.compile("(?<number>[0-9]{1,15})(?<unit>[bkmg]?)b?");
    private static final Pattern CPUS = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?");

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
        ContainerOptions options = ContainerOptions.DEFAULT.withEntryPoint();
        List<String> words = List.of(text.strip().split("\\s+"));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            boolean takesNext = equals < 0 && takesValue(name) && i + 1 < words.size();
            String value = equals >= 0 ? word.substring(equals + 1) : takesNext ? words.get(++i) : "";
            if (!word.isEmpty()) {
                options = with(options, name, value);
            }
        }
        return options;
    }

    private static boolean takesValue(String name) {
        return switch (name) {
            case "--memory", "-m", "--memory-swap", "--cpus", "--shm-size", "--network", "--net", "--entrypoint" ->
                true;
            default -> false;
        };
    }

    private static ContainerOptions with(ContainerOptions options, String name, String value) {
        try {
            return switch (name) {
                // Containers are removed and the limit on memory includes swap, whether that is asked for or not.
                case "--rm", "--memory-swap" -> options;
                case "--memory", "-m" -> options.withMemory(bytes(value));
                case "--shm-size" -> options.withSharedMemory(bytes(value));
                case "--cpus" -> options.withMilliCores(milliCores(value));
                case "--read-only" -> options.withReadOnlyImage();
                case "--network", "--net" -> network(options, value);
                case "--entrypoint" -> withoutEntryPoint(options, value);
                default -> throw BodyFaults.invalid(RUN_OPTIONS, name, HONOURED);
            };
        } catch (BatchException e) {
            throw BodyFaults.invalid(RUN_OPTIONS, name + "=" + value, e.getMessage());
        }
    }

    private static ContainerOptions network(ContainerOptions options, String value) {
        return switch (value) {
            case "none" -> options.withoutNetwork();
            case "bridge", "default" -> options;
            default -> throw BodyFaults.invalid(RUN_OPTIONS, "--network=" + value, HONOURED);
        };
    }

    private static ContainerOptions withoutEntryPoint(ContainerOptions options, String value) {
        if (!value.isEmpty() && !value.equals("\"\"")) {
            throw BodyFaults.invalid(RUN_OPTIONS, "--entrypoint=" + value, HONOURED);
        }
        return options.withoutEntryPoint();
    }

    private static long bytes(String value) {
        Matcher parts = BYTES.matcher(value.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw BodyFaults.invalid(RUN_OPTIONS, value, "It is not a number of bytes, such as 64m.");
        }
        int shift = switch (parts.group("unit")) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        return Long.parseLong(parts.group("number")) << shift;
    }

    private static int milliCores(String value) {
        if (!CPUS.matcher(value).matches()) {
            throw BodyFaults.invalid(RUN_OPTIONS, value, "It is not a number of processors, such as 1.5.");
        }
        return new BigDecimal(value).movePointRight(3).intValueExact();
    }
}
