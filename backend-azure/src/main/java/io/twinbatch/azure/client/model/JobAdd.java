package io.twinbatch.azure.client.model;

import java.util.List;

/** The job that is asked for. A null part is left to the service's default. */
public record JobAdd(
        String id,
        String displayName,
        PoolInfo poolInfo,
        Integer priority,
        Integer maxParallelTasks,
        JobConstraints constraints,
        BatchJobPreparationTask jobPreparationTask,
        BatchJobReleaseTask jobReleaseTask,
        List<NameValue> commonEnvironmentSettings,
        String onAllTasksComplete,
        String onTaskFailure,
        List<NameValue> metadata,
        Boolean usesTaskDependencies) {}
