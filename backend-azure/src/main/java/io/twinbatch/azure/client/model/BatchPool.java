package io.twinbatch.azure.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A pool as the service describes it.
 *
 * @param state {@code active} or {@code deleting}
 * @param allocationState {@code steady}, {@code resizing} or {@code stopping}
 * @param resizeErrors why the last resize fell short; null when it did not
 */
public record BatchPool(
        String id,
        String displayName,
        String url,
        @JsonProperty("eTag") String etag,
        Instant lastModified,
        Instant creationTime,
        String state,
        Instant stateTransitionTime,
        String allocationState,
        Instant allocationStateTransitionTime,
        String vmSize,
        VirtualMachineConfiguration virtualMachineConfiguration,
        Duration resizeTimeout,
        List<BatchResizeError> resizeErrors,
        Integer currentDedicatedNodes,
        Integer currentLowPriorityNodes,
        Integer targetDedicatedNodes,
        Integer targetLowPriorityNodes,
        Boolean enableAutoScale,
        String autoScaleFormula,
        Duration autoScaleEvaluationInterval,
        AutoScaleRun autoScaleRun,
        Boolean enableInterNodeCommunication,
        BatchStartTask startTask,
        Integer taskSlotsPerNode,
        TaskSchedulingPolicy taskSchedulingPolicy,
        List<NameValue> metadata,
        String targetNodeCommunicationMode,
        String currentNodeCommunicationMode) {}
