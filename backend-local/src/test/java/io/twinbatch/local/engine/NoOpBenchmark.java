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
import io.twinbatch.local.store.StateFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures what a task that does nothing costs in the engine, against {@code xargs -P} starting the same program as
 * often and as many at a time. Both take turns; the ratio of their medians is what counts. Run it through
 * {@code docs/benchmarks/engine/run.sh}.
 */
public final class NoOpBenchmark {
    private static final int ROUNDS = 7;

    private final int tasks;
    private final int slots;
    private final List<String> command;

    private NoOpBenchmark(int tasks, int slots, List<String> command) {
        this.tasks = tasks;
        this.slots = slots;
        this.command = command;
    }

    /** Arguments: how many tasks, how many at a time, and the command. */
    public static void main(String[] arguments) throws Exception {
        NoOpBenchmark benchmark = new NoOpBenchmark(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                List.of(arguments).subList(2, arguments.length));
        benchmark.run();
    }

    private void run() throws Exception {
        Path folder = Files.createTempDirectory("twinbatch-benchmark");
        double[] engine = new double[ROUNDS];
        double[] xargs = new double[ROUNDS];
        try (StateFolder taken = StateFolder.take(folder.resolve("state"));
                Engine opened = Engine.open(taken, System.getenv(), Clock.systemUTC())) {
            PoolId pool = new PoolId("pool");
            new LocalComputePool(opened).create(PoolSpec.of(pool, 1).withSlotsPerNode(slots));
            for (int round = -1; round < ROUNDS; round++) {
                double engineMillis = engineRound(new LocalJobQueue(opened), pool, "job" + (round + 1));
                double xargsMillis = xargsRound(folder);
                // The first round warms both up.
                if (round >= 0) {
                    engine[round] = engineMillis;
                    xargs[round] = xargsMillis;
                }
                System.out.printf(
                        "round %d: engine %.3f ms, xargs %.3f ms per task%n", round, engineMillis, xargsMillis);
            }
        }
        System.out.printf(
                "median of %d rounds of %d tasks, %d at a time: engine %.3f ms, xargs %.3f ms, ratio %.2f%n",
                ROUNDS, tasks, slots, median(engine), median(xargs), median(engine) / median(xargs));
    }

    private double engineRound(LocalJobQueue jobs, PoolId pool, String name) throws InterruptedException {
        JobId job = new JobId(name);
        jobs.create(JobSpec.of(job, pool));
        String commandLine = io.twinbatch.api.task.CommandLine.of(command);
        List<TaskSpec> specs = IntStream.range(0, tasks)
                .mapToObj(i -> TaskSpec.builder("t" + i, commandLine).build())
                .toList();
        long start = System.nanoTime();
        jobs.submit(job, specs);
        new Waiter(Sleeper.REAL, new PollInterval(Duration.ofMillis(2), Duration.ofMillis(5)))
                .await(
                        "job " + job,
                        Deadline.after(Clock.systemUTC(), Duration.ofMinutes(10)),
                        () -> Optional.of(jobs.counts(job)).filter(counts -> counts.succeeded() == tasks));
        double millis = (System.nanoTime() - start) / 1e6 / tasks;
        jobs.delete(job);
        return millis;
    }

    private double xargsRound(Path folder) throws Exception {
        Path input = folder.resolve("numbers");
        Files.writeString(
                input,
                IntStream.range(0, tasks).mapToObj(Integer::toString).collect(Collectors.joining("\n", "", "\n")),
                StandardCharsets.US_ASCII);
        List<String> words = new java.util.ArrayList<>(List.of("xargs", "-P", Integer.toString(slots), "-I", "{}"));
        words.addAll(command);
        long start = System.nanoTime();
        int exitCode = new ProcessBuilder(words)
                .redirectInput(input.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("xargs ended with exit code " + exitCode);
        }
        return (System.nanoTime() - start) / 1e6 / tasks;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
