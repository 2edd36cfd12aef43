package io.twinbatch.local.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.engine.LocalRig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at a state folder while an engine works on it, and afterwards. */
class StateFolderSnapshotTest {
    @TempDir
    private Path folder;

    private StateFolderSnapshot look() {
        return StateFolderSnapshot.at(LocalConfig.of(state(), folder.resolve("cache")));
    }

    private Path state() {
        return folder.resolve("state");
    }

    private static TaskSpec shell(String id, String script) {
        return TaskSpec.builder(id, CommandLine.shell(script)).build();
    }

    private static String stdout(StateFolderSnapshot look, TaskKey key) throws IOException {
        try (InputStream in = look.jobs().readFile(key, TaskFile.STDOUT, 0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFolderThatIsNotThereHasNoJobsAndIsNotMade() {
        StateFolderSnapshot look = look();

        assertThat(look.jobs().list()).isEmpty();
        assertThat(look.pools().list()).isEmpty();
        assertThat(look.owner()).isEmpty();
        assertThat(state()).doesNotExist();
    }

    @Test
    void aLookSeesWhatAnEngineDoesAndReadsAlongAsATaskWrites() throws Exception {
        try (LocalRig rig = new LocalRig(state()).withJob(1, 1)) {
            Path go = folder.resolve("go");
            TaskKey key = rig.submit(
                    shell("writes", "echo first; until [ -e " + go + " ]; do sleep 0.02; done; echo second"));
            LocalRig.await("the first line", () -> "first\n".equals(written(rig, key)));

            StateFolderSnapshot look = look();
            assertThat(look.owner()).contains(ProcessHandle.current().pid());
            assertThat(look.jobs().task(key).orElseThrow().status()).isInstanceOf(TaskStatus.Running.class);
            assertThat(look.jobs().counts(LocalRig.JOB)).isEqualTo(new TaskCounts(0, 1, 0, 0));
            assertThat(look.pools().nodes(LocalRig.POOL)).singleElement().satisfies(node -> {
                assertThat(node.state()).isEqualTo(NodeState.RUNNING);
                assertThat(node.runningTasks()).isEqualTo(1);
            });
            assertThat(stdout(look, key)).isEqualTo("first\n");

            Files.createFile(go);
            rig.ended(key);
            assertThat(look.jobs().task(key).orElseThrow().status().isFinal()).isFalse();
            look.refresh();
            assertThat(look.jobs().task(key).orElseThrow().status()).isInstanceOf(TaskStatus.Succeeded.class);
            assertThat(stdout(look, key)).isEqualTo("first\nsecond\n");
        }
    }

    private static String written(LocalRig rig, TaskKey key) {
        try {
            return rig.stdout(key);
        } catch (BatchException e) {
            return "";
        }
    }

    @Test
    void aLookAtAFolderThatNobodyHoldsChangesAndStartsNothing() throws Exception {
        try (LocalRig rig = new LocalRig(state()).withJob(1, 1)) {
            TaskKey key = rig.submit(shell("waits", "sleep 1000"));
            rig.await(key, task -> task.status() instanceof TaskStatus.Running);
        }
        Map<Path, FileTime> before = files();

        StateFolderSnapshot look = look();

        assertThat(look.owner()).isEmpty();
        assertThat(look.jobs().counts(LocalRig.JOB).total()).isEqualTo(1);
        assertThat(look.pools().find(LocalRig.POOL)).isPresent();
        look.refresh();
        assertThat(files()).isEqualTo(before);
    }

    private Map<Path, FileTime> files() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(state())) {
            for (Path file : files.toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    @Test
    void looksThatAreTakenWhileAnEngineWritesAreWhole() throws Exception {
        try (LocalRig rig = new LocalRig(state()).withJob(1, 4)) {
            StateFolderSnapshot look = look();
            rig.jobs()
                    .submit(
                            LocalRig.JOB,
                            IntStream.range(0, 300)
                                    .mapToObj(i -> shell("task" + i, "exit 0"))
                                    .toList());
            LocalRig.await("all tasks, as looks see them", () -> {
                look.refresh();
                TaskCounts counts = look.jobs().counts(LocalRig.JOB);
                try (var tasks = look.jobs().tasks(LocalRig.JOB, TaskFilter.SUCCEEDED)) {
                    assertThat(tasks.count()).isEqualTo(counts.succeeded());
                }
                return counts.succeeded() == 300;
            });
        }
    }

    @Test
    void aStoreThatHasLostRecordsIsNotShown() throws Exception {
        try (LocalRig rig = new LocalRig(state()).withJob(1, 1)) {
            assertThat(rig.jobs().find(LocalRig.JOB)).isPresent();
        }
        Path store = state().resolve("engine.db");
        Files.write(store, Arrays.copyOf(Files.readAllBytes(store), 8192));

        assertThatThrownBy(this::look)
                .isInstanceOfSatisfying(
                        BatchException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN))
                .hasMessageContaining("damaged");
    }
}
