package io.twinbatch.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost when the engine is killed a hundred times during a job. Longer with {@code -Dtwinbatch.chaos.kills} and
 * {@code -Dtwinbatch.chaos.tasks}; the same moments again with {@code -Dtwinbatch.chaos.seed}.
 */
@Tag("long")
class ChaosIT {
    private static final int TASKS = 2000;
    private static final int KILLS = 100;

    @TempDir
    private Path folder;

    @Test
    void everyTaskIsDoneOnceAndEveryResultIsThereHoweverOftenTheEngineIsKilled() throws Exception {
        long seed = Long.getLong("twinbatch.chaos.seed", new Random().nextInt());
        int tasks = Integer.getInteger("twinbatch.chaos.tasks", TASKS);
        int kills = Integer.getInteger("twinbatch.chaos.kills", KILLS);
        System.out.println("chaos with seed " + seed);
        try (ChaosBench bench = ChaosBench.open(folder)) {
            ChaosJob job = new ChaosJob(bench.folder(), 0, tasks);
            bench.run().run(job, KillPlan.spread(new Random(seed), kills, job));
            System.out.println("chaos with seed " + seed + ", " + bench.run().tally());
            assertThat(bench.run().tally().kills()).isEqualTo(kills);
        }
    }
}
