package io.twinbatch.local.engine.view;

import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.local.record.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node does and has done since the engine was opened.
 *
 * @param running how many tasks it runs
 * @param slots how many slots they take
 * @param total how many tasks have come to an end on it
 * @param succeeded how many of them ended well
 * @param since since when it has had tasks, or none
 * @param recent its last tasks, the newest first
 */
public record NodeActivity(
        int running, int slots, int total, int succeeded, Optional<Instant> since, List<TaskKey> recent) {
    /** Nothing yet. */
    public static final NodeActivity NONE = new NodeActivity(0, 0, 0, 0, Optional.empty(), List.of());

    private static final int MOST_RECENT = 10;

    public NodeActivity {
        recent = List.copyOf(recent);
    }

    NodeActivity entered(TaskRecord task) {
        List<TaskKey> latest = new ArrayList<>();
        latest.add(task.key());
        recent.stream()
                .filter(key -> !key.equals(task.key()))
                .limit(MOST_RECENT - 1)
                .forEach(latest::add);
        Optional<Instant> begun = running == 0 ? task.started() : since;
        return new NodeActivity(running + 1, slots + task.spec().requiredSlots(), total, succeeded, begun, latest);
    }

    /** After a task has left, to be gone, ended, or queued again. */
    NodeActivity left(TaskRecord before, TaskRecord after) {
        boolean ended = after != null && after.status().isFinal();
        boolean well = ended && after.status() instanceof TaskStatus.Succeeded;
        Optional<Instant> freed = running > 1
                ? since
                : Optional.ofNullable(after).flatMap(TaskRecord::ended).or(() -> since);
        return new NodeActivity(
                running - 1,
                slots - before.spec().requiredSlots(),
                total + (ended ? 1 : 0),
                succeeded + (well ? 1 : 0),
                freed,
                recent);
    }
}
