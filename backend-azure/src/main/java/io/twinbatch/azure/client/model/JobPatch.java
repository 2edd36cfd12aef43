package io.twinbatch.azure.client.model;

import java.util.List;

/** What of a job is replaced. A null part stays as it is; an empty list of metadata clears it. */
public record JobPatch(
        Integer priority,
        Integer maxParallelTasks,
        String onAllTasksComplete,
        JobConstraints constraints,
        PoolInfo poolInfo,
        List<NameValue> metadata) {}
