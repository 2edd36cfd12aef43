package io.twinbatch.azure.client.model;

import io.twinbatch.azure.client.model.PoolModel.BatchStartTask;
import io.twinbatch.azure.client.model.TaskModel.TaskFailureInfo;
import java.time.Instant;
import java.util.List;

/** Nodes of pools in requests and answers of the service. */
public final class NodeModel {
    private NodeModel() {}

    /**
     * A node as the service describes it.
     *
     * @param state such as {@code idle}, {@code starttaskfailed} or {@code preempted}
     * @param schedulingState {@code enabled} or {@code disabled}
     * @param startTaskInfo how its start task went; null when it has none or has not begun it
     * @param errors what is wrong with it; null when nothing is
     */
    public record BatchNode(
            String id,
            String url,
            String state,
            String schedulingState,
            Instant stateTransitionTime,
            Instant lastBootTime,
            Instant allocationTime,
            String ipAddress,
            String affinityId,
            String vmSize,
            Integer totalTasksRun,
            Integer runningTasksCount,
            Integer runningTaskSlotsCount,
            Integer totalTasksSucceeded,
            BatchStartTask startTask,
            StartTaskInfo startTaskInfo,
            List<NodeError> errors,
            Boolean isDedicated) {}

    /** Something that is wrong with a node. */
    public record NodeError(String code, String message, List<NameValue> errorDetails) {}

    /** How a start task went on one node; {@code state} is {@code running} or {@code completed}. */
    public record StartTaskInfo(
            String state,
            Instant startTime,
            Instant endTime,
            Integer exitCode,
            TaskFailureInfo failureInfo,
            Integer retryCount,
            Instant lastRetryTime,
            String result) {}
}
