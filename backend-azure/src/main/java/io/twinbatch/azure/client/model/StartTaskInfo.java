package io.twinbatch.azure.client.model;

import java.time.Instant;

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
