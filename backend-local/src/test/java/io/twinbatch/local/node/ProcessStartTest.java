package io.twinbatch.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.FailureInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger starts = new AtomicInteger();

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

    private Work work(NodeTools.Launcher launcher) {
        NodeTools tools = new NodeTools(
                new NodeTransfer(pauses::add, Clock.systemUTC()),
                new ProcessTree("engine"),
                ledger,
                launcher,
                Optional.empty(),
                timer,
                pauses::add);
        WorkSpec spec = new WorkSpec(
                "work",
                "/bin/true",
                node,
                node.resolve("workitems/task"),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                true);
        return new Work(spec, tools, Work.Listener.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LIMIT,
                "posix_spawn failed, error: 11 (Resource temporarily unavailable)",
                "Cannot run program \"/bin/true\": error=12, Cannot allocate memory"
            })
    void aProcessForWhichThereIsNoRoomIsStartedWhenThereIs(String refusal) {
        WorkOutcome outcome = work(process -> {
                    if (starts.incrementAndGet() <= 3) {
                        throw new IOException(refusal);
                    }
                    return process.start();
                })
                .run();

        assertThat(outcome).isEqualTo(new WorkOutcome.Exited(0));
        assertThat(pauses).hasSize(3);
    }

    @Test
    void aMissingThreadIsWaitedForToo() {
        WorkOutcome outcome = work(process -> {
                    if (starts.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return process.start();
                })
                .run();

        assertThat(outcome).isEqualTo(new WorkOutcome.Exited(0));
    }

    @Test
    void aLimitThatStaysIsTheReasonThatIsGiven() {
        WorkOutcome outcome = work(process -> {
                    starts.incrementAndGet();
                    throw new IOException(LIMIT);
                })
                .run();

        FailureInfo failure = ((WorkOutcome.CouldNotStart) outcome).failure();
        assertThat(failure.code()).isEqualTo("ProcessLimitReached");
        assertThat(failure.message()).contains("Resource temporarily unavailable", "ulimit -u");
        assertThat(starts).hasValue(12);
        assertThat(pauses.stream().mapToLong(Duration::toSeconds).sum()).isBetween(45L, 90L);
    }

    @Test
    void anotherRefusalIsFinalAtOnce() {
        WorkOutcome outcome = work(process -> {
                    starts.incrementAndGet();
                    throw new IOException("Cannot run program: error=7, Argument list too long");
                })
                .run();

        assertThat(((WorkOutcome.CouldNotStart) outcome).failure().code()).isEqualTo("CommandLaunchFailed");
        assertThat(starts).hasValue(1);
    }

    @Test
    void aNodeWithoutAFolderIsNotGivenOneByATask() {
        WorkSpec spec = new WorkSpec(
                "work",
                "/bin/true",
                node.resolve("gone"),
                node.resolve("gone/workitems/task"),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                true);
        NodeTools tools = new NodeTools(
                new NodeTransfer(pauses::add, Clock.systemUTC()),
                new ProcessTree("engine"),
                ledger,
                NodeTools.Launcher.SYSTEM,
                Optional.empty(),
                timer,
                pauses::add);

        WorkOutcome outcome = new Work(spec, tools, Work.Listener.NONE).run();

        assertThat(outcome).isInstanceOf(WorkOutcome.CouldNotStart.class);
        assertThat(node.resolve("gone")).doesNotExist();
    }
}
