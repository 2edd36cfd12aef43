package io.twinbatch.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.local.application.ApplicationPackages;
import io.twinbatch.local.application.PackageInstaller;
import io.twinbatch.local.container.ContainerEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The system refuses to start a process. */
@Timeout(60)
class ProcessStartTest {
    private static final String LIMIT = "Cannot run program \"/bin/true\": error=11, Resource temporarily unavailable";

    @TempDir
    private Path node;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger starts = new AtomicInteger();
    private long nanos;

    @BeforeEach
    void openLedger() throws IOException {
        ledger = ProcessLedger.open(node.resolve("processes"));
    }

    @AfterEach
    void stop() throws IOException {
        timer.shutdownNow();
        ledger.close();
    }

    private ProcessLedger ledger;

    private NodeServices tools(ProcessLauncher.Launcher launcher) {
        return new NodeServices(
                new NodeTransfer(NodeStorage.NONE, pause -> {}, Clock.systemUTC()),
                new ProcessTree("engine"),
                ledger,
                new ProcessLauncher(launcher, threads -> true, () -> nanos),
                Optional.empty(),
                Optional.empty(),
                timer,
                new ContainerEngine(Map.of(), "engine", node.resolve("engine.containers")),
                new PackageInstaller(ApplicationPackages.NONE));
    }

    private static WorkSpec spec(Path node) {
        return new WorkSpec(
                "work",
                "/bin/true",
                node,
                node.resolve("workitems/task"),
                FolderStart.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                true,
                List.of(),
                TaskUser.ENGINE,
                Optional.empty());
    }

    private NodeWork work(ProcessLauncher.Launcher launcher) {
        return new NodeWork(spec(node), tools(launcher), NodeWork.Listener.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LIMIT,
                "posix_spawn failed, error: 11 (Resource temporarily unavailable)",
                "Cannot run program \"/bin/true\": error=12, Cannot allocate memory"
            })
    void aProcessForWhichThereIsNoRoomIsStartedWhenThereIs(String refusal) {
        NodeWork work = work(process -> {
            if (starts.incrementAndGet() <= 2) {
                throw new IOException(refusal);
            }
            return process.start();
        });

        assertThat(work.run()).isEmpty();
        assertThat(work.run()).isEmpty();
        assertThat(work.run()).contains(new WorkOutcome.Exited(0));
    }

    @Test
    void aMissingThreadIsWaitedForToo() {
        NodeWork work = work(process -> {
            if (starts.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return process.start();
        });

        assertThat(work.run()).isEmpty();
        assertThat(work.run()).contains(new WorkOutcome.Exited(0));
    }

    @Test
    void whatWasFetchedBeforeTheRefusalIsThereStill() {
        NodeWork work = work(process -> {
            if (starts.incrementAndGet() == 1) {
                Files.createFile(process.directory().toPath().resolve("fetched"));
                throw new IOException(LIMIT);
            }
            return process.start();
        });

        assertThat(work.run()).isEmpty();
        assertThat(work.run()).contains(new WorkOutcome.Exited(0));
        assertThat(node.resolve("workitems/task")
                        .resolve(NodeFolder.WORKING_FOLDER)
                        .resolve("fetched"))
                .exists();
    }

    @Test
    void aLimitThatStaysIsTheReasonThatIsGivenAfterAMinute() {
        NodeWork work = work(process -> {
            throw new IOException(LIMIT);
        });

        assertThat(work.run()).isEmpty();
        nanos += Duration.ofSeconds(59).toNanos();
        assertThat(work.run()).isEmpty();
        nanos += Duration.ofSeconds(1).toNanos();
        WorkOutcome outcome = work.run().orElseThrow();

        FailureInfo failure = ((WorkOutcome.CouldNotStart) outcome).failure();
        assertThat(failure.code()).isEqualTo("ProcessLimitReached");
        assertThat(failure.message()).contains("Resource temporarily unavailable", "ulimit -u");
    }

    @Test
    void workThatIsEndedWhileItWaitsDoesNotBegin() {
        NodeWork work = work(process -> {
            starts.incrementAndGet();
            throw new IOException(LIMIT);
        });
        assertThat(work.run()).isEmpty();

        work.end(EndReason.TERMINATED);

        assertThat(work.isEnded()).isTrue();
        assertThat(work.run()).contains(new WorkOutcome.Ended(EndReason.TERMINATED));
        assertThat(starts).hasValue(1);
    }

    @Test
    void anotherRefusalIsFinalAtOnce() {
        NodeWork work = work(process -> {
            throw new IOException("Cannot run program: error=7, Argument list too long");
        });

        WorkOutcome outcome = work.run().orElseThrow();

        assertThat(((WorkOutcome.CouldNotStart) outcome).failure().code()).isEqualTo("CommandLaunchFailed");
    }

    @Test
    void aNodeWithoutAFolderIsNotGivenOneByATask() {
        Path gone = node.resolve("gone");

        Optional<WorkOutcome> outcome =
                new NodeWork(spec(gone), tools(ProcessBuilder::start), NodeWork.Listener.NONE).run();

        assertThat(outcome.orElseThrow()).isInstanceOf(WorkOutcome.CouldNotStart.class);
        assertThat(gone).doesNotExist();
    }
}
