package io.twinbatch.local.state;

import java.util.List;

/**
 * All records of a store, each kind in no particular order.
 *
 * @param pools all pools
 * @param nodes all nodes
 * @param jobs all jobs
 * @param tasks all tasks
 * @param schedules all job schedules
 */
public record StoredState(
        List<PoolRecord> pools,
        List<NodeRecord> nodes,
        List<JobRecord> jobs,
        List<TaskRecord> tasks,
        List<ScheduleRecord> schedules) {}
