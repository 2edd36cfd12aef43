package io.twinbatch.azure.client.model;

import java.time.Instant;

/** When and why a job began and ended. */
public record JobExecutionInfo(
        Instant startTime, Instant endTime, String poolId, SchedulingError schedulingError, String terminateReason) {}
