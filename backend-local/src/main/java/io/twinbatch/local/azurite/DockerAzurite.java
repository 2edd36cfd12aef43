package io.twinbatch.local.azurite;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.proxy.HostName;
import io.twinbatch.azure.storage.BlobStoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.azure.AzuriteContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * Azurite in a container. Its data is a folder of this machine when the engine is on this machine, and else lives as
 * long as the container. One that ends by itself is started again by the engine, on the same port and data.
 */
final class DockerAzurite implements Azurite {
    static final String IMAGE = "mcr.microsoft.com/azure-storage/azurite:" + NpmInstallation.VERSION;

    /** What Testcontainers cleans up with, unless that is switched off. */
    static final String CLEANER_IMAGE = "testcontainers/ryuk:0.14.0";

    private static final Logger LOG = LoggerFactory.getLogger(DockerAzurite.class);
    private static final int BLOB_PORT = 10_000;
    private static final String DATA = "/data";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int GRACE_SECONDS = 5;

    /** Names the data folder of a container, so that the next run finds one that a killed run left behind. */
    private static final String DATA_LABEL = "io.twinbatch.azurite.data";

    private final BlobContainer container;
    private final BlobStoreConfig blobConfig;

    private DockerAzurite(BlobContainer container, BlobStoreConfig blobConfig) {
        this.container = container;
        this.blobConfig = blobConfig;
    }

    /**
     * Starts it, and waits until it listens. An image that is not there is pulled.
     *
     * @param engine the engine when it is known
     * @throws BatchException {@code UNAVAILABLE} when no engine answers, the container does not start, or its port is
     *     taken
     */
    static DockerAzurite start(AzuriteConfig config, Optional<DockerEngine> engine) {
        AzuriteAccount account = AzuriteAccount.of(config.dataDir());
        BlobContainer container = null;
        try {
            stopLeftovers(DockerClientFactory.lazyClient(), config.dataDir());
            container = new BlobContainer(config, account, engine.flatMap(DockerEngine::socket));
            container.start();
            return new DockerAzurite(container, container.blobConfig(account));
        } catch (RuntimeException e) {
            throw failure(e, container, config);
        }
    }

    @Override
    public BlobStoreConfig blobConfig() {
        return blobConfig;
    }

    @Override
    public String describe() {
        return "Azurite " + NpmInstallation.VERSION + " in Docker, at "
                + blobConfig.endpoint().getRawAuthority();
    }

    @Override
    public boolean isAlive() {
        return container.isRunning();
    }

    @Override
    public void close() {
        if (container.getContainerId() != null) {
            stopGently(container.getDockerClient(), container.getContainerId());
        }
        container.stop();
    }

    /** Azurite writes its index when it is asked to end, and not when it is killed. */
    private static void stopGently(DockerClient client, String id) {
        try {
            client.stopContainerCmd(id).withTimeout(GRACE_SECONDS).exec();
        } catch (DockerException e) {
            // It is not running any more, or will be removed by force all the same.
        }
    }

    /** Ends containers that a killed process has left; whether that was possible shows when the next one is started. */
    static void endLeftovers(AzuriteConfig config) {
        try {
            stopLeftovers(DockerClientFactory.lazyClient(), config.dataDir());
        } catch (RuntimeException e) {
            LOG.debug("Docker could not be asked for what is left", e);
        }
    }

    private static void stopLeftovers(DockerClient client, Path dataDir) {
        List<Container> leftovers = client.listContainersCmd()
                .withLabelFilter(Map.of(DATA_LABEL, dataDir.toString()))
                .withShowAll(true)
                .exec();
        for (Container leftover : leftovers) {
            stopGently(client, leftover.getId());
            client.removeContainerCmd(leftover.getId()).withForce(true).exec();
        }
    }

    private static BatchException failure(RuntimeException failure, BlobContainer container, AzuriteConfig config) {
        StringBuilder words = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            words.append(words.length() == 0 ? "" : ": ").append(cause.getMessage());
        }
        String message = words.toString().strip().replaceAll("\\s*\\R\\s*", " ");
        if (container != null) {
            container.stop();
        }
        if (message.contains("port is already allocated") || message.contains("address already in use")) {
            return new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "Azurite",
                    "port " + config.port().map(String::valueOf).orElse("(any)")
                            + " of this machine is taken by another program; end that program, or name another port, or"
                            + " none for a free one",
                    failure);
        }
        if (message.contains("Could not find a valid Docker environment")) {
            return new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "Docker",
                    "no engine could be used; see that it runs, that you may use it, and what DOCKER_HOST and the"
                            + " certificates in DOCKER_CERT_PATH say",
                    failure);
        }
        return new BatchException(ErrorCode.UNAVAILABLE, "Azurite", "Docker did not start it: " + message, failure);
    }

    /** The container of Testcontainers, cut down to the blob service of one account at one loopback port. */
    private static final class BlobContainer extends AzuriteContainer {
        private final AzuriteConfig config;
        private final Optional<Path> socket;

        BlobContainer(AzuriteConfig config, AzuriteAccount account, Optional<Path> socket) {
            super(IMAGE);
            this.config = config;
            this.socket = socket;
            setExposedPorts(List.of(BLOB_PORT));
            withEnv(AzuriteAccount.VARIABLE, account.variableValue());
            withLabel(DATA_LABEL, config.dataDir().toString());
            waitingFor(Wait.forLogMessage(".*successfully listens on.*", 1).withStartupTimeout(START_LIMIT));
            withCreateContainerCmdModifier(this::fitToHost);
        }

        @Override
        protected void configure() {
            super.configure();
            List<String> command = new ArrayList<>(List.of("azurite-blob"));
            command.addAll(AzuriteConfig.options("0.0.0.0", BLOB_PORT, DATA));
            withCommand(command.toArray(String[]::new));
        }

        BlobStoreConfig blobConfig(AzuriteAccount account) {
            String host = isLocal() ? HostName.LOOPBACK : getHost();
            URI endpoint = URI.create("http://" + host + ":" + getMappedPort(BLOB_PORT) + "/" + account.name());
            return new BlobStoreConfig(endpoint, account.name(), account.key());
        }

        /** Whether a port at this machine's loopback address is where the engine publishes it. */
        private boolean isLocal() {
            return getHost().equals("localhost") || getHost().startsWith("127.");
        }

        private void fitToHost(CreateContainerCmd command) {
            HostConfig host = Objects.requireNonNull(command.getHostConfig(), "Testcontainers sets it");
            host.withPortBindings(new PortBinding(binding(), ExposedPort.tcp(BLOB_PORT)));
            if (isLocal()) {
                host.withRestartPolicy(RestartPolicy.onFailureRestart(SupervisedAzurite.MAX_RESTARTS));
            }
            if (socket.isPresent()) {
                host.withBinds(new Bind(config.dataDir().toString(), new Volume(DATA)));
                owner(socket.get())
                        .filter(engineUser -> engineUser == 0)
                        .flatMap(root -> owner(config.dataDir()))
                        .ifPresent(user -> command.withUser(Integer.toString(user)));
            }
        }

        /** A port that Docker chooses would be another one after a restart, and signed URLs name it. */
        private Ports.Binding binding() {
            Optional<Integer> wanted = config.port();
            if (!isLocal()) {
                return Ports.Binding.bindPortSpec(Integer.toString(wanted.orElse(0)));
            }
            return Ports.Binding.bindIpAndPort(config.address(), wanted.orElseGet(BlobContainer::freePort));
        }

        private static int freePort() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new BatchException(
                        ErrorCode.UNAVAILABLE, "Azurite", "this machine has no free port: " + FailureReason.of(e), e);
            }
        }

        /**
         * The number of a file's owner. An engine of the user's own (its socket is the user's) maps the container's
         * root to that user; the system's engine does not, and without a word writes files that only root can delete.
         */
        private static Optional<Integer> owner(Path file) {
            try {
                return Optional.of((Integer) Files.getAttribute(file, "unix:uid"));
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
