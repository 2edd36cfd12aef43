package io.twinbatch.local.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a group of commands has changed: for each kind of record, the new record under its key, or nothing where it was
 * deleted.
 *
 * @param pools by pool
 * @param nodes by pool and node
 * @param jobs by job
 * @param tasks by job and task
 * @param schedules by schedule
 */
public record ChangeSet(
        Map<String, Optional<PoolRecord>> pools,
        Map<String, Optional<NodeRecord>> nodes,
        Map<String, Optional<JobRecord>> jobs,
        Map<String, Optional<TaskRecord>> tasks,
        Map<String, Optional<ScheduleRecord>> schedules) {
    /** Nothing changed yet. */
    public static ChangeSet empty() {
        return new ChangeSet(
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    /** Whether nothing has changed. */
    public boolean isEmpty() {
        return pools.isEmpty() && nodes.isEmpty() && jobs.isEmpty() && tasks.isEmpty() && schedules.isEmpty();
    }
}
