package io.twinbatch.azure.client.model;

import java.time.Duration;
import java.util.List;

/** The pool that is asked for. A null part is left to the service's default. */
public record PoolAdd(
        String id,
        String displayName,
        String vmSize,
        VirtualMachineConfiguration virtualMachineConfiguration,
        Duration resizeTimeout,
        Integer targetDedicatedNodes,
        Integer targetLowPriorityNodes,
        Boolean enableAutoScale,
        String autoScaleFormula,
        Duration autoScaleEvaluationInterval,
        Boolean enableInterNodeCommunication,
        BatchStartTask startTask,
        Integer taskSlotsPerNode,
        TaskSchedulingPolicy taskSchedulingPolicy,
        List<NameValue> metadata,
        String targetNodeCommunicationMode) {}
