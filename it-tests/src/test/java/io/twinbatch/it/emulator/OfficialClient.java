package io.twinbatch.it.emulator;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.auth.BatchSharedKeyCredentials;
import com.microsoft.azure.batch.protocol.models.CloudTask;
import com.microsoft.azure.batch.protocol.models.ImageReference;
import com.microsoft.azure.batch.protocol.models.TaskState;
import com.microsoft.azure.batch.protocol.models.VirtualMachineConfiguration;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The service's own Java client of an emulator, with what several tests ask it for. */
public final class OfficialClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BatchClient batch;

    public OfficialClient(RunningEmulator emulator) {
        this(emulator.endpoint(), emulator.account(), emulator.key());
    }

    /** A client of an emulator by its address and its account. */
    OfficialClient(URI endpoint, String account, String key) {
        batch = BatchClient.open(new BatchSharedKeyCredentials(endpoint.toString(), account, key));
    }

    /** The client itself. */
    public BatchClient batch() {
        return batch;
    }

    /** The machines of a pool. */
    static VirtualMachineConfiguration ubuntu() {
        return new VirtualMachineConfiguration()
                .withNodeAgentSKUId("batch.node.ubuntu 24.04")
                .withImageReference(new ImageReference()
                        .withPublisher("canonical")
                        .withOffer("ubuntu-24_04-lts")
                        .withSku("server"));
    }

    /** Waits until something is there. */
    static <T> T await(String what, Callable<Optional<T>> question) throws InterruptedException {
        return await(what, PATIENCE, question);
    }

    /** Waits until something is there, no longer than a time. */
    static <T> T await(String what, Duration patience, Callable<Optional<T>> question) throws InterruptedException {
        return new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await(what, Deadline.after(Clock.systemUTC(), patience), () -> {
                    try {
                        return question.call();
                    } catch (Exception e) {
                        throw new AssertionError(what + ": the emulator could not be asked", e);
                    }
                });
    }

    /** A task after its end. */
    CloudTask ended(String job, String task) throws InterruptedException {
        return await(
                "the end of task " + task,
                () -> Optional.of(batch.taskOperations().getTask(job, task))
                        .filter(found -> found.state() == TaskState.COMPLETED));
    }

    /** What a task has written to a file. */
    String file(String job, String task, String path) throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        batch.fileOperations().getFileFromTask(job, task, path, content);
        return content.toString(StandardCharsets.UTF_8);
    }
}
