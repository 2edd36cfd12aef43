package io.twinbatch.local.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Volume;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.task.ContainerOptions;
import io.twinbatch.api.task.TaskContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container that runs a command line. Closing it kills what runs in it, and removes it. */
public final class RunningContainer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningContainer.class);
    private static final long NANOS_OF_MILLI_CORE = 1_000_000;
    private static final int LAST_OUTPUT_SECONDS = 30;

    private final DockerClient client;
    private final String name;
    private final OutputFiles output;

    private RunningContainer(DockerClient client, String name, OutputFiles output) {
        this.client = client;
        this.name = name;
        this.output = output;
    }

    static RunningContainer start(
            DockerClient client, String name, Map<String, String> labels, Optional<String> user, ContainerOrder order)
            throws InterruptedException {
        OutputFiles output = OutputFiles.open(order.stdout(), order.stderr());
        RunningContainer container = new RunningContainer(client, name, output);
        try {
            container.create(labels, user, order);
            // What is written before this connection stands would be lost.
            client.attachContainerCmd(name)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(output)
                    .awaitStarted();
            client.startContainerCmd(name).exec();
            return container;
        } catch (RuntimeException e) {
            container.close();
            throw new BatchException(
                    ErrorCode.INVALID,
                    "container of image " + order.container().image(),
                    "the Docker engine does not start it: " + EngineMessage.of(e),
                    e);
        } catch (InterruptedException e) {
            container.close();
            throw e;
        }
    }

    private void create(Map<String, String> labels, Optional<String> user, ContainerOrder order) {
        TaskContainer wanted = order.container();
        List<String> variables = order.environment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
        try (CreateContainerCmd create =
                client.createContainerCmd(wanted.image().name())) {
            create.withName(name)
                    .withLabels(labels)
                    .withCmd(order.words())
                    .withEnv(variables)
                    .withHostConfig(host(wanted.options(), order.nodeRoot()));
            if (!wanted.options().entryPoint()) {
                create.withEntrypoint("");
            }
            user.ifPresent(create::withUser);
            if (wanted.workingFolder() == TaskContainer.WorkingFolder.TASK) {
                create.withWorkingDir(order.workingFolder().toString());
            }
            create.exec();
        }
    }

    private static HostConfig host(ContainerOptions options, Path nodeRoot) {
        HostConfig host = HostConfig.newHostConfig()
                .withBinds(new Bind(nodeRoot.toString(), new Volume(nodeRoot.toString())))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                // The first process of a container is deaf to most signals; this one passes them on.
                .withInit(true);
        options.memoryBytes().ifPresent(bytes -> host.withMemory(bytes).withMemorySwap(bytes));
        options.milliCores().ifPresent(cores -> host.withNanoCPUs(cores * NANOS_OF_MILLI_CORE));
        options.sharedMemoryBytes().ifPresent(host::withShmSize);
        if (!options.network()) {
            host.withNetworkMode("none");
        }
        return host.withReadonlyRootfs(options.readOnlyImage());
    }

    /**
     * The number that its first process has on the machine of the engine; empty when it has ended, or the engine does not
     * say.
     */
    public OptionalLong firstProcess() {
        try {
            Long pid = client.inspectContainerCmd(name).exec().getState().getPidLong();
            return pid == null || pid == 0 ? OptionalLong.empty() : OptionalLong.of(pid);
        } catch (RuntimeException e) {
            LOG.debug("The first process of container {} is not known: {}", name, EngineMessage.of(e));
            return OptionalLong.empty();
        }
    }

    /**
     * Waits for the end.
     *
     * @return the exit code; 128 and a signal's number when a signal ended it
     * @throws BatchException {@code UNAVAILABLE} when the engine is gone, or its output cannot be written
     */
    public int await() throws InterruptedException {
        try {
            int exitCode;
            try (WaitContainerResultCallback end =
                    client.waitContainerCmd(name).exec(new WaitContainerResultCallback())) {
                end.awaitCompletion();
                exitCode = end.awaitStatusCode();
            }
            if (!output.awaitCompletion(LAST_OUTPUT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The last output of container {} did not arrive", name);
            }
            output.requireWritten();
            return exitCode;
        } catch (RuntimeException | IOException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE, "container " + name, "it cannot be followed: " + EngineMessage.of(e), e);
        }
    }

    @Override
    public void close() {
        remove(client, name);
        try {
            output.close();
        } catch (IOException e) {
            LOG.debug("The output of container {} could not be closed", name, e);
        }
    }

    /** Removes a container with everything that runs in it; one that is not there is fine. */
    static void remove(DockerClient client, String container) {
        // An interrupted thread could not ask the engine.
        boolean interrupted = Thread.interrupted();
        try {
            client.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            LOG.debug("Container {} is gone already", container);
        } catch (ConflictException e) {
            LOG.debug("Container {} is being removed already", container);
        } catch (RuntimeException e) {
            LOG.warn("Container {} could not be removed: {}", container, EngineMessage.of(e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
