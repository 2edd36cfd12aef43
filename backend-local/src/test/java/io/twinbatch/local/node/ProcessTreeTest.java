package io.twinbatch.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.local.process.ProcessTermination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessTreeTest {
    private final ProcessTree tree = new ProcessTree(UUID.randomUUID().toString());

    @TempDir
    private Path folder;

    @AfterEach
    void endAll() {
        tree.killMarked(work -> true);
    }

    /** Starts a shell that has written its child's number to the file {@code child} once this returns. */
    private Process start(ProcessTree owner, String work, String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script).directory(folder.toFile());
        builder.environment().put(NodeEnvironment.WORK_ID, owner.mark(work));
        Process process = builder.start();
        boolean unused = new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await(
                        "the child",
                        Deadline.after(Clock.systemUTC(), Duration.ofSeconds(20)),
                        () -> Optional.of(Files.exists(folder.resolve("child"))).filter(there -> there));
        return process;
    }

    private ProcessHandle child() throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static String writing(String command) {
        return command + " & echo $! > new; mv new child; sleep 600";
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep 600", "setsid sleep 600", "nohup sleep 600 > nohup.out"})
    void aKillReachesChildrenWhateverTheyHaveLeft(String command) throws Exception {
        Process process = start(tree, "w1", writing(command));
        ProcessHandle child = child();
        tree.kill(process, "w1");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ProcessTermination.runs(child)).isFalse();
    }

    @Test
    void aChildThatOutlivedItsParentIsFoundByItsMark() throws Exception {
        Process process = start(tree, "w1", "sleep 600 & echo $! > new; mv new child");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        ProcessHandle child = child();
        assertThat(ProcessTermination.runs(child)).isTrue();
        assertThat(tree.killMarked("other"::equals)).isZero();
        assertThat(ProcessTermination.runs(child)).isTrue();
        assertThat(tree.killMarked("w1"::equals)).isEqualTo(1);
        assertThat(ProcessTermination.runs(child)).isFalse();
    }

    @Test
    void aProcessIsFoundByItsNumberWhenItBelongsToThePieceOfWork() throws Exception {
        Process process = start(tree, "w1", writing("sleep 600"));
        assertThat(tree.find(process.pid(), "w1")).contains(process.toHandle());
        assertThat(tree.find(process.pid(), "w2")).isEmpty();
        assertThat(tree.find(ProcessHandle.current().pid(), "w1"))
                .as("the number of another machine's process")
                .isEmpty();
        assertThat(tree.find(Integer.MAX_VALUE, "w1")).isEmpty();
    }

    @Test
    void theProcessesOfAnotherEngineAreLeftAlone() throws Exception {
        ProcessTree other = new ProcessTree(UUID.randomUUID().toString());
        Process process = start(other, "w1", writing("sleep 600"));
        assertThat(tree.killMarked(work -> true)).isZero();
        assertThat(process.isAlive()).isTrue();
        assertThat(other.killMarked(work -> true)).isEqualTo(3);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aProcessThatForksWithoutEndIsKilledWithAllItsChildren() throws Exception {
        String forks = "while :; do sleep 600 & sleep 0.01; done & echo $! > new; mv new child; sleep 600";
        Process process = start(tree, "w1", forks);
        tree.kill(process, "w1");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        List<Integer> rest = List.of(tree.killMarked("w1"::equals));
        assertThat(rest).containsExactly(0);
    }
}
