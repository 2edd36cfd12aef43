package io.twinbatch.local.store;

import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.ScheduleRecord;
import io.twinbatch.local.record.TaskRecord;
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
