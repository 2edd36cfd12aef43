package io.twinbatch.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.engine.LocalRig;
import io.twinbatch.local.inspect.StateFolderSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A state folder that an earlier version has written: a run over three inputs whose job and pool were kept. The files are
 * in {@code src/test/resources/state-folder}. They are never written again: that would hide a change of the format.
 */
class EarlierStateFolderTest {
    private static final JobId JOB = new JobId("fixture-job");

    @TempDir
    private Path folder;

    @BeforeEach
    void copyTheFolder() throws IOException {
        Path source = Path.of("src/test/resources/state-folder");
        for (String name : List.of("engine.db", "engine.key", "engine.saves")) {
            Files.copy(source.resolve(name), folder.resolve(name));
        }
    }

    @Test
    void itIsReadWithoutAnEngine() {
        StateFolderSnapshot snapshot = StateFolderSnapshot.at(LocalConfig.of(folder, folder.resolve("cache")));

        assertThat(snapshot.jobs().find(JOB).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
        assertThat(snapshot.jobs().counts(JOB)).isEqualTo(new TaskCounts(0, 0, 3, 0));
        assertThat(snapshot.pools().list())
                .singleElement()
                .satisfies(pool -> assertThat(pool.spec().id().value()).isEqualTo("fixture-pool"));
    }

    @Test
    void anEngineOpensItAndKeepsItsTasks() {
        try (LocalRig rig = new LocalRig(folder)) {
            Task task = rig.jobs().task(new TaskKey(JOB, "topNtask0")).orElseThrow();

            assertThat(task.status()).isInstanceOf(TaskStatus.Succeeded.class);
            assertThat(rig.jobs().tasks(JOB, TaskFilter.ALL)).hasSize(3);
        }
    }
}
