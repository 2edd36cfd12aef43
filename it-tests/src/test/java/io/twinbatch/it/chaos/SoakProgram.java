package io.twinbatch.it.chaos;

import io.twinbatch.local.disk.FolderTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Runs job after job on an engine that is killed every few seconds, for as long as it is told, and tells what has
 * happened. Run it through {@code docs/benchmarks/soak/run.sh}.
 */
public final class SoakProgram {
    private static final int TASKS = 2000;
    private static final Duration MAX_LIFETIME = Duration.ofSeconds(6);

    private SoakProgram() {}

    /** Arguments: how many minutes, and, to have the same moments again, a seed. */
    public static void main(String[] arguments) throws Exception {
        long minutes = Long.parseLong(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : new Random().nextInt();
        System.out.println("soak of " + minutes + " minutes with seed " + seed);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        Path folder = Files.createTempDirectory("twinbatch-soak");
        try (ChaosBench bench = ChaosBench.open(folder)) {
            KillPlan plan = KillPlan.until(new Random(seed), end, MAX_LIFETIME);
            for (int number = 0; System.nanoTime() < end; number++) {
                ChaosJob job = new ChaosJob(bench.folder(), number, TASKS);
                job.openGate();
                bench.run().run(job, plan);
                System.out.println(
                        "job " + number + " done after " + bench.run().tally());
            }
        }
        FolderTree.delete(folder);
    }
}
