package io.twinbatch.local.store;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.disk.FolderTree;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.record.TaskRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Measures how many transitions of tasks the store keeps in a second, each save flushed to the disk, and what becomes of
 * the file meanwhile. Run it through {@code docs/benchmarks/engine/load.sh}.
 */
public final class TransitionBenchmark {
    private static final JobId JOB = new JobId("job");
    private static final int SUBMITTED_AT_ONCE = 1000;

    private TransitionBenchmark() {}

    /** Arguments: how many tasks, and for each round how many transitions are saved at once. */
    public static void main(String[] arguments) throws Exception {
        int tasks = Integer.parseInt(arguments[0]);
        for (String atOnce : List.of(arguments).subList(1, arguments.length)) {
            Path folder = Files.createTempDirectory("twinbatch-benchmark");
            try {
                measure(folder.resolve("state"), tasks, Integer.parseInt(atOnce));
            } finally {
                FolderTree.delete(folder);
            }
        }
    }

    private static void measure(Path path, int tasks, int atOnce) throws IOException {
        Path file = path.resolve("engine.db");
        try (StateFolder folder = StateFolder.take(path);
                EngineStore store = EngineStore.open(folder)) {
            List<TaskRecord> records = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                TaskSpec spec = TaskSpec.builder("t" + i, "/bin/true")
                        .environment(Map.of("URL", "http://127.0.0.1:10000/account/container?" + "s".repeat(200)))
                        .build();
                records.add(TaskRecord.submitted(JOB, spec, TaskRules.DEFAULT, i, Instant.now()));
            }
            for (int i = 0; i < tasks; i += SUBMITTED_AT_ONCE) {
                save(store, records.subList(i, Math.min(tasks, i + SUBMITTED_AT_ONCE)));
            }
            long start = System.nanoTime();
            int saves = 0;
            for (int i = 0; i < tasks; i += atOnce) {
                List<TaskRecord> group = records.subList(i, Math.min(tasks, i + atOnce));
                Instant now = Instant.now();
                group.replaceAll(task ->
                        task.on(new PoolId("pool"), new NodeId("tvm-1-d"), List.of(), new TaskStatus.Running(), now));
                save(store, group);
                group.replaceAll(task -> task.ended(new TaskStatus.Succeeded(), OptionalInt.of(0), now));
                save(store, group);
                saves += 2;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%d transitions, %d at once: %.0f a second, %.2f ms for each save, store %.1f MB%n",
                    2 * tasks, atOnce, 2 * tasks / seconds, seconds * 1e3 / saves, Files.size(file) / 1e6);
        }
        long start = System.nanoTime();
        try (StateFolder folder = StateFolder.take(path);
                EngineStore store = EngineStore.open(folder)) {
            int read = store.read().tasks().size();
            System.out.printf(
                    "  closed %.1f MB; %d tasks read in %.2f s%n",
                    Files.size(file) / 1e6, read, (System.nanoTime() - start) / 1e9);
        }
    }

    private static void save(EngineStore store, List<TaskRecord> tasks) {
        ChangeSet changes = ChangeSet.empty();
        tasks.forEach(task -> changes.tasks().put("job/" + task.spec().id(), Optional.of(task)));
        store.save(List.of(changes));
    }
}
