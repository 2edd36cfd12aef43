package io.twinbatch.local.record;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import java.util.Locale;

/** What records are kept under. Identifiers keep their case and are compared without it, as on Azure Batch. */
public final class RecordKeys {
    private RecordKeys() {}

    public static String of(PoolId pool) {
        return pool.value().toLowerCase(Locale.ROOT);
    }

    public static String of(PoolId pool, NodeId node) {
        return of(pool) + "/" + node.value();
    }

    public static String of(JobId job) {
        return job.value().toLowerCase(Locale.ROOT);
    }

    public static String of(TaskKey task) {
        return of(task.job(), task.task());
    }

    public static String of(JobId job, String task) {
        return of(job) + "/" + ofTask(task);
    }

    public static String ofSchedule(String schedule) {
        return schedule.toLowerCase(Locale.ROOT);
    }

    /** A task within its job. */
    public static String ofTask(String task) {
        return task.toLowerCase(Locale.ROOT);
    }
}
