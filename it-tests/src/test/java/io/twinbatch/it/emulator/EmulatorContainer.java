package io.twinbatch.it.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.it.contract.DockerState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The emulator in a container of the image that {@code app/Dockerfile} makes, with its ports at this machine's loopback. */
final class EmulatorContainer implements AutoCloseable {
    private static final String IMAGE = "twinbatch-emulator:it";

    // Stand-ins for the public images, made by .ci/docker-azurite.
    private static final String JAVA_IMAGE = "twinbatch/java:1";
    private static final String NODE_IMAGE = "twinbatch/node:1";

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final String id;

    private EmulatorContainer(String id) {
        this.id = id;
    }

    /** Whether the image can be built here. */
    static boolean isPossible() {
        return DockerCommand.isThere()
                && DockerState.answers()
                && DockerState.hasImage(JAVA_IMAGE)
                && DockerState.hasImage(NODE_IMAGE);
    }

    /** Builds the image out of the packaged app, without a network. */
    static void buildImage() {
        Path app = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("app");
        DockerCommand.execute(
                "build",
                "--network=none",
                "--build-arg=JAVA_IMAGE=" + JAVA_IMAGE,
                "--build-arg=NODE_IMAGE=" + NODE_IMAGE,
                "--tag=" + IMAGE,
                app.toString());
    }

    /** Removes the image, and what the build has left of itself. */
    static void removeImage() {
        DockerCommand.execute("image", "rm", "--force", IMAGE);
        DockerCommand.execute("image", "prune", "--force", "--filter=label=io.twinbatch.stage");
    }

    /** Removes a volume. */
    static void removeVolume(String volume) {
        DockerCommand.execute("volume", "rm", "--force", volume);
    }

    /**
     * Starts a container, and waits until the emulator in it is ready.
     *
     * @param volume the volume with its state; made when there is none
     */
    static EmulatorContainer start(String volume) throws IOException, InterruptedException {
        int batch = freePort();
        int storage = freePort();
        String id = DockerCommand.run(
                        "run",
                        "--detach",
                        "--init",
                        "--volume=" + volume + ":/state",
                        "--env=TWINBATCH_PORT=" + batch,
                        "--env=TWINBATCH_AZURITE_PORT=" + storage,
                        "--publish=127.0.0.1:" + batch + ":" + batch,
                        "--publish=127.0.0.1:" + storage + ":" + storage,
                        IMAGE,
                        "--json",
                        "--transition-time=0")
                .out()
                .strip();
        EmulatorContainer container = new EmulatorContainer(id);
        try {
            container.await("the emulator's start", () -> container.said().contains("The emulator is ready"));
            return container;
        } catch (RuntimeException | InterruptedException | AssertionError e) {
            container.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        Waiter waiter = new Waiter(Sleeper.REAL, PollInterval.NEARBY);
        boolean unused = waiter.await(what, Deadline.after(Clock.systemUTC(), START_LIMIT), () -> {
            if (!state("{{.State.Running}}").equals("true")) {
                throw new AssertionError("the container has ended, and said:\n" + said());
            }
            return condition.getAsBoolean() ? Optional.of(true) : Optional.empty();
        });
    }

    /** Waits until Docker finds it healthy. */
    void awaitHealth() throws InterruptedException {
        await("its health", () -> state("{{.State.Health.Status}}").equals("healthy"));
    }

    private String state(String format) {
        return DockerCommand.run("inspect", "--format=" + format, id).out().strip();
    }

    /** What it has said so far on standard error. */
    String said() {
        return DockerCommand.run("logs", id).err();
    }

    private JsonNode document() {
        try {
            return new ObjectMapper().readTree(DockerCommand.run("logs", id).out());
        } catch (JsonProcessingException e) {
            throw new AssertionError("its standard output is not a document", e);
        }
    }

    /** Where clients reach it. */
    URI endpoint() {
        return URI.create(document().path("endpoint").textValue());
    }

    /** Its account's name. */
    String account() {
        return document().path("account").textValue();
    }

    /** Its account's key. */
    String key() {
        return document().path("key").textValue();
    }

    /** The connection string of its storage account. */
    String storage() {
        return document().path("storageConnectionString").textValue();
    }

    /** Ends it as {@code docker stop} does, and returns its exit code; 137 when it had to be killed. */
    int stop() {
        DockerCommand.execute("stop", id);
        return Integer.parseInt(state("{{.State.ExitCode}}"));
    }

    @Override
    public void close() {
        DockerCommand.execute("rm", "--force", "--volumes", id);
    }
}
