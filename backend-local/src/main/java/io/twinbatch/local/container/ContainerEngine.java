package io.twinbatch.local.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.Container;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.local.azurite.DockerEngine;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * The Docker engine of this machine, as far as tasks need it. Nothing is asked of it, and its client is not loaded, before
 * the first use.
 *
 * <p>Each container carries the id of the engine whose work it does, so that one that outlives its engine is found and
 * removed by the next. A file in the state folder says that there may be some.
 */
public final class ContainerEngine {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerEngine.class);
    private static final String ENGINE_LABEL = "io.twinbatch.engine";
    private static final String WORK_LABEL = "io.twinbatch.work";
    private static final String DOCKER_HUB = "docker.io";

    private final Map<String, String> environment;
    private final String engineId;
    private final Path mark;
    private final Map<String, RegistryLogin> logins = new ConcurrentHashMap<>();
    private final Object lock = new Object();

    // Guarded by lock.
    private boolean cleared;
    private Optional<DockerClient> client = Optional.empty();
    private Optional<Boolean> rootless = Optional.empty();

    /**
     * The engine that a process finds.
     *
     * @param environment the variables of this process, which may say where the engine is
     * @param engineId names the engine whose work is done
     * @param mark the file that says that containers may be left
     */
    public ContainerEngine(Map<String, String> environment, String engineId, Path mark) {
        this.environment = Map.copyOf(environment);
        this.engineId = engineId;
        this.mark = mark;
    }

    /** Why no task can run in a container here; empty when one can. */
    public Optional<String> problem() {
        Optional<DockerEngine> found;
        try {
            found = DockerEngine.find(environment);
        } catch (BatchException e) {
            return Optional.of(e.getMessage());
        }
        if (found.isEmpty()) {
            return Optional.of(
                    "no Docker engine answers on this machine, and tasks in containers need one; start it, or"
                            + " name it with DOCKER_HOST");
        }
        return found.get().isOnThisMachine()
                ? Optional.empty()
                : Optional.of("the Docker engine at " + found.get().address() + " may be on another machine, where the"
                        + " folders of tasks are not; name a local one, such as unix:///var/run/docker.sock, with"
                        + " DOCKER_HOST");
    }

    /**
     * Refuses to go on where no task can run in a container.
     *
     * @throws BatchException {@code INVALID}
     */
    public void require() {
        problem().ifPresent(problem -> {
            throw new BatchException(ErrorCode.INVALID, "container", problem);
        });
    }

    /** Makes a login known for images of a registry, until this process ends. */
    public void login(RegistryLogin login) {
        logins.put(login.registry().isEmpty() ? DOCKER_HUB : login.registry(), login);
    }

    /**
     * Makes sure of an image: one that is not on this machine is fetched.
     *
     * @throws BatchException {@code INVALID} when no engine answers, or the image cannot be fetched
     */
    public void require(ContainerImage image) throws InterruptedException {
        DockerClient client = client();
        if (isPresent(client, image)) {
            return;
        }
        LOG.info("Fetching the container image {}", image);
        try (PullImageCmd pull = client.pullImageCmd(image.name())) {
            Optional.ofNullable(logins.get(registry(image)))
                    .ifPresent(login -> pull.withAuthConfig(new AuthConfig()
                            .withRegistryAddress(login.registry())
                            .withUsername(login.user())
                            .withPassword(login.password())));
            pull.exec(new PullImageResultCallback()).awaitCompletion();
        } catch (RuntimeException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "container image " + image,
                    "it is not on this machine and cannot be fetched: " + EngineMessage.of(e) + "; check its name, or"
                            + " sign in to its registry (docker login)",
                    e);
        }
    }

    /**
     * Makes sure of images as {@link #require(ContainerImage)} does, for callers that cannot be interrupted.
     *
     * @throws BatchException also {@code UNAVAILABLE} when this thread is interrupted
     */
    public void requireAll(List<ContainerImage> images) {
        for (ContainerImage image : images) {
            try {
                require(image);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BatchException(ErrorCode.UNAVAILABLE, "container image " + image, "it was not waited for", e);
            }
        }
    }

    private boolean isPresent(DockerClient client, ContainerImage image) {
        try {
            client.inspectImageCmd(image.name()).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        } catch (RuntimeException e) {
            // An engine that has ended since is the likely reason, and has better words.
            require();
            throw new BatchException(ErrorCode.INVALID, "container image " + image, EngineMessage.of(e), e);
        }
    }

    /** The registry of an image, by the rule of Docker: the part before the first slash when it looks like a host. */
    private static String registry(ContainerImage image) {
        int slash = image.name().indexOf('/');
        String first = slash < 0 ? "" : image.name().substring(0, slash);
        return first.equals("localhost") || first.indexOf('.') >= 0 || first.indexOf(':') >= 0 ? first : DOCKER_HUB;
    }

    /**
     * Starts a container. Its owner closes it, which also ends it.
     *
     * @throws BatchException {@code INVALID} when no engine answers, the image cannot be had, or the engine refuses
     */
    public RunningContainer start(ContainerOrder order) throws InterruptedException {
        require(order.container().image());
        removeLeft();
        String name = "twinbatch-" + engineId + "-" + order.workId();
        Map<String, String> labels = Map.of(ENGINE_LABEL, engineId, WORK_LABEL, order.workId());
        return RunningContainer.start(client(), name, labels, user(order.nodeRoot()), order);
    }

    /**
     * The user of this process, to whom the folders belong. In a container of an engine without root rights, root stands
     * for this user.
     */
    private Optional<String> user(Path folder) {
        if (isRootless()) {
            return Optional.of("0:0");
        }
        try {
            return Optional.of(Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            LOG.debug("The owner of {} is not known", folder, e);
            return Optional.empty();
        }
    }

    private boolean isRootless() {
        synchronized (lock) {
            if (rootless.isEmpty()) {
                List<String> security = client().infoCmd().exec().getSecurityOptions();
                rootless = Optional.of(
                        security != null && security.stream().anyMatch(option -> option.contains("name=rootless")));
            }
            return rootless.get();
        }
    }

    /** Removes containers that an engine before has left, where a file says that there may be some. */
    public void removeLeftIfMarked() {
        if (Files.exists(mark) && problem().isEmpty()) {
            try {
                removeLeft();
            } catch (RuntimeException e) {
                LOG.warn("Containers of an engine before may be left: {}", EngineMessage.of(e));
            }
        }
    }

    /** Once, before the first container of this engine. */
    private void removeLeft() {
        synchronized (lock) {
            if (!cleared) {
                leaveMark();
                removeAll();
                cleared = true;
            }
        }
    }

    private void removeAll() {
        DockerClient client = client();
        List<Container> left = client.listContainersCmd()
                .withLabelFilter(Map.of(ENGINE_LABEL, engineId))
                .withShowAll(true)
                .exec();
        left.forEach(container -> RunningContainer.remove(client, container.getId()));
        LOG.debug("{} containers of an engine before were left", left.size());
    }

    private void leaveMark() {
        try {
            if (!Files.exists(mark)) {
                PrivateFiles.createFile(mark);
            }
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE, "state folder", mark.getFileName() + " in it cannot be written", e);
        }
    }

    /** Removes what is left of this engine's containers. Nothing of it runs any more. */
    public void close() {
        if (!Files.exists(mark) || problem().isPresent()) {
            return;
        }
        try {
            removeAll();
            Files.deleteIfExists(mark);
        } catch (RuntimeException | IOException e) {
            LOG.warn("Containers of tasks may be left: {}", EngineMessage.of(e));
        }
    }

    /** The client alone, without what Testcontainers starts beside its own containers. */
    private DockerClient client() {
        synchronized (lock) {
            if (client.isEmpty()) {
                require();
                URI address = DockerEngine.find(environment)
                        .map(DockerEngine::address)
                        .orElseThrow(() -> new BatchException(ErrorCode.INVALID, "container", "no engine answers"));
                TransportConfig transport =
                        TransportConfig.builder().dockerHost(address).build();
                client = Optional.of(DockerClientProviderStrategy.getClientForConfig(transport));
            }
            return client.get();
        }
    }
}
