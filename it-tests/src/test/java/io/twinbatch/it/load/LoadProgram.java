package io.twinbatch.it.load;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.LocalComputePool;
import io.twinbatch.local.engine.LocalJobQueue;
import io.twinbatch.local.store.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/** An engine that runs a job of many tasks that do nothing, and says how many have succeeded; then so does the next one. */
final class LoadProgram {
    private static final PoolId POOL = new PoolId("load");
    private static final JobId JOB = new JobId("load");
    private static final int SLOTS = 4;

    private LoadProgram() {}

    /** Arguments: the state folder, and the number of tasks. */
    public static void main(String[] arguments) throws Exception {
        Path state = Path.of(arguments[0]);
        int tasks = Integer.parseInt(arguments[1]);
        try (StateFolder folder = StateFolder.take(state);
                Engine engine = Engine.open(folder, System.getenv(), Clock.systemUTC())) {
            run(engine, tasks);
            tell(engine);
        }
        try (StateFolder folder = StateFolder.take(state);
                Engine engine = Engine.open(folder, System.getenv(), Clock.systemUTC())) {
            tell(engine);
        }
    }

    private static void run(Engine engine, int tasks) throws InterruptedException {
        LocalJobQueue jobs = new LocalJobQueue(engine);
        new LocalComputePool(engine).create(PoolSpec.of(POOL, 1).withSlotsPerNode(SLOTS));
        jobs.create(JobSpec.of(JOB, POOL));
        jobs.submit(
                JOB,
                IntStream.range(0, tasks)
                        .mapToObj(task ->
                                TaskSpec.builder("task" + task, "/bin/true").build())
                        .toList());
        boolean unused = new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await(
                        "the job",
                        Deadline.after(Clock.systemUTC(), Duration.ofMinutes(5)),
                        () -> Optional.of(jobs.counts(JOB).completed() == tasks).filter(ended -> ended));
    }

    private static void tell(Engine engine) {
        System.out.println("succeeded " + new LocalJobQueue(engine).counts(JOB).succeeded());
    }
}
