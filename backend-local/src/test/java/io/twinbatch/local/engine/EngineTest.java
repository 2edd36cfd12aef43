package io.twinbatch.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.local.store.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    private static final PoolId POOL = new PoolId("pool");
    private static final JobId JOB = new JobId("job");

    @TempDir
    private Path folder;

    @Test
    void allTasksOfAJobRunToTheirEnd() throws Exception {
        try (StateFolder taken = StateFolder.take(folder.resolve("state"));
                Engine engine = Engine.open(taken, System.getenv(), Clock.systemUTC())) {
            LocalComputePool pools = new LocalComputePool(engine);
            LocalJobQueue jobs = new LocalJobQueue(engine);
            pools.create(PoolSpec.of(POOL, 2));
            jobs.create(JobSpec.of(JOB, POOL));
            int count = 300;
            List<TaskSpec> tasks = IntStream.range(0, count)
                    .mapToObj(i -> TaskSpec.builder("t" + i, CommandLine.of(List.of("/bin/true")))
                            .build())
                    .toList();
            jobs.submit(JOB, tasks);
            new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                    .await(
                            "all",
                            Deadline.after(Clock.systemUTC(), Duration.ofSeconds(60)),
                            () -> jobs.counts(JOB).completed() == count ? Optional.of(true) : Optional.empty());
            assertThat(jobs.counts(JOB).succeeded()).isEqualTo(count);
            assertThat(jobs.tasks(JOB, TaskFilter.FAILED)).isEmpty();
            jobs.delete(JOB);
            pools.delete(POOL);
        }
    }
}
