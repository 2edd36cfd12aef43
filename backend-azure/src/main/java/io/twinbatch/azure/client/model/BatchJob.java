package io.twinbatch.azure.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * A job as the service describes it.
 *
 * @param state such as {@code active}, {@code terminating} or {@code completed}
 */
public record BatchJob(
        String id,
        String displayName,
        String url,
        @JsonProperty("eTag") String etag,
        Instant lastModified,
        Instant creationTime,
        String state,
        Instant stateTransitionTime,
        String previousState,
        Integer priority,
        Integer maxParallelTasks,
        JobConstraints constraints,
        BatchJobPreparationTask jobPreparationTask,
        BatchJobReleaseTask jobReleaseTask,
        List<NameValue> commonEnvironmentSettings,
        PoolInfo poolInfo,
        String onAllTasksComplete,
        String onTaskFailure,
        List<NameValue> metadata,
        JobExecutionInfo executionInfo,
        Boolean usesTaskDependencies) {}
