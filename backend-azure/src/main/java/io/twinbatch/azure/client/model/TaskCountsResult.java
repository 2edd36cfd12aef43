package io.twinbatch.azure.client.model;

/** How many tasks of a job, and how many slots of theirs, are in which state. */
public record TaskCountsResult(TaskStateCounts taskCounts, TaskStateCounts taskSlotCounts) {}
