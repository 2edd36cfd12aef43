package io.twinbatch.local.engine;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.local.disk.FolderTree;
import io.twinbatch.local.store.StateFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures whether a task of a large job costs more than one of a small job, how much memory and disk a large job takes,
 * and how long the next engine takes to open. Small jobs run before and after the large one; the ratio to their median
 * is what counts. Run it through {@code docs/benchmarks/engine/load.sh}.
 */
public final class LoadBenchmark {
    private static final int SMALL = 1000;
    private static final int ROUNDS = 5;
    private static final PoolId POOL = new PoolId("pool");

    private LoadBenchmark() {}

    /** Arguments: how many tasks the large job has, and how many run at a time. */
    public static void main(String[] arguments) throws Exception {
        int large = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("twinbatch-benchmark");
        Path state = folder.resolve("state");
        try {
            measure(state, large, Integer.parseInt(arguments[1]));
            double seconds = openingSeconds(state, large);
            System.out.printf("the next engine opens in %.2f s%n", seconds);
        } finally {
            FolderTree.delete(folder);
        }
    }

    private static void measure(Path state, int large, int slots) throws Exception {
        double[] small = new double[2 * ROUNDS];
        double largeMillis;
        try (StateFolder taken = StateFolder.take(state);
                Engine engine = Engine.open(taken, System.getenv(), Clock.systemUTC())) {
            new LocalComputePool(engine).create(PoolSpec.of(POOL, 1).withSlotsPerNode(slots));
            LocalJobQueue jobs = new LocalJobQueue(engine);
            // The first rounds warm up.
            for (int round = -2; round < ROUNDS; round++) {
                double millis = round(jobs, "before" + (round + 2), SMALL, true);
                small[Math.max(0, round)] = millis;
            }
            largeMillis = round(jobs, "large", large, false);
            System.out.printf("after %d tasks: %s, store %.1f MB%n", large, memory(), megabytes(state, "engine.db"));
            for (int round = 0; round < ROUNDS; round++) {
                small[ROUNDS + round] = round(jobs, "after" + round, SMALL, true);
            }
        }
        System.out.printf("jobs of %d tasks, ms per task: %s%n", SMALL, Arrays.toString(small));
        Arrays.sort(small);
        double median = (small[ROUNDS - 1] + small[ROUNDS]) / 2;
        System.out.printf(
                "%d tasks: %.3f ms per task; %d tasks: %.3f ms per task; ratio %.2f%n",
                large, largeMillis, SMALL, median, largeMillis / median);
        System.out.printf("store after it was closed %.1f MB%n", megabytes(state, "engine.db"));
    }

    private static double round(LocalJobQueue jobs, String name, int tasks, boolean delete)
            throws InterruptedException {
        JobId job = new JobId(name);
        jobs.create(JobSpec.of(job, POOL));
        List<TaskSpec> specs = IntStream.range(0, tasks)
                .mapToObj(i -> TaskSpec.builder("t" + i, "/bin/true").build())
                .toList();
        long start = System.nanoTime();
        jobs.submit(job, specs);
        new Waiter(Sleeper.REAL, new PollInterval(Duration.ofMillis(2), Duration.ofMillis(20)))
                .await(
                        "job " + job,
                        Deadline.after(Clock.systemUTC(), Duration.ofHours(1)),
                        () -> Optional.of(jobs.counts(job)).filter(counts -> counts.succeeded() == tasks));
        double millis = (System.nanoTime() - start) / 1e6 / tasks;
        if (delete) {
            jobs.delete(job);
        }
        return millis;
    }

    private static double openingSeconds(Path state, int large) throws IOException {
        long start = System.nanoTime();
        try (StateFolder taken = StateFolder.take(state);
                Engine engine = Engine.open(taken, System.getenv(), Clock.systemUTC())) {
            double seconds = (System.nanoTime() - start) / 1e9;
            if (new LocalJobQueue(engine).counts(new JobId("large")).succeeded() != large) {
                throw new IllegalStateException("tasks are missing");
            }
            return seconds;
        }
    }

    private static String memory() throws IOException {
        System.gc();
        long live = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("unknown");
        return String.format("live heap %.0f MB, peak resident %s", live / 1e6, peak);
    }

    private static double megabytes(Path state, String file) throws IOException {
        return Files.size(state.resolve(file)) / 1e6;
    }
}
