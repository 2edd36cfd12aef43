package io.twinbatch.it.example;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.local.LocalBackend;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.LocalModule;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

public final class HelloBatch {
    public static void main(String[] arguments) throws Exception {
        LocalConfig config = LocalConfig.of(Path.of(arguments[0], "state"), Path.of(arguments[0], "cache"));
        Injector injector = Guice.createInjector(new LocalModule(config, System.err::println));
        try (LocalBackend backend = injector.getInstance(LocalBackend.class)) {
            ComputePool pools = injector.getInstance(ComputePool.class);
            JobQueue jobs = injector.getInstance(JobQueue.class);

            PoolId pool = new PoolId("hello-pool");
            pools.create(PoolSpec.of(pool, 2));
            JobId job = new JobId("hello");
            jobs.create(JobSpec.of(job, pool));
            jobs.submit(
                    job,
                    List.of(TaskSpec.builder("greet", CommandLine.shell("echo Hello from task $AZ_BATCH_TASK_ID"))
                            .build()));

            new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                    .await(
                            "job " + job,
                            Deadline.after(Clock.systemUTC(), Duration.ofMinutes(1)),
                            () -> Optional.of(jobs.counts(job)).filter(counts -> counts.completed() == 1));
            try (InputStream output = jobs.readFile(new TaskKey(job, "greet"), TaskFile.STDOUT, 0)) {
                output.transferTo(System.out);
            }
            jobs.delete(job);
            pools.delete(pool);
        }
    }
}
