package io.twinbatch.local.store;

import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.ScheduleRecord;
import io.twinbatch.local.record.TaskRecord;
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

    /** The changes of those records that other changes leave alone. */
    public ChangeSet except(ChangeSet others) {
        return new ChangeSet(
                except(pools, others.pools),
                except(nodes, others.nodes),
                except(jobs, others.jobs),
                except(tasks, others.tasks),
                except(schedules, others.schedules));
    }

    private static <T> Map<String, T> except(Map<String, T> changes, Map<String, T> others) {
        Map<String, T> rest = new LinkedHashMap<>(changes);
        rest.keySet().removeAll(others.keySet());
        return rest;
    }

    /** Whether nothing has changed. */
    public boolean isEmpty() {
        return pools.isEmpty() && nodes.isEmpty() && jobs.isEmpty() && tasks.isEmpty() && schedules.isEmpty();
    }
}
