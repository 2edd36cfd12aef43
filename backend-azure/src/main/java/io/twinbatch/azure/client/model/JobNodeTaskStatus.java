package io.twinbatch.azure.client.model;

/** How a job's preparation and release task went on one node, which may be gone. */
public record JobNodeTaskStatus(
        String poolId,
        String nodeId,
        String nodeUrl,
        JobNodeTaskInfo jobPreparationTaskExecutionInfo,
        JobNodeTaskInfo jobReleaseTaskExecutionInfo) {}
