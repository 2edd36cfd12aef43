package io.twinbatch.azure.client.model;

import java.time.Instant;

/**
 * How a task ran.
 *
 * @param exitCode null before its end, and when its process never ran
 * @param failureInfo why it failed; null when it did not
 * @param result {@code success} or {@code failure}; null before its end
 */
public record TaskExecutionInfo(
        Instant startTime,
        Instant endTime,
        Integer exitCode,
        TaskFailureInfo failureInfo,
        Integer retryCount,
        Instant lastRetryTime,
        Integer requeueCount,
        Instant lastRequeueTime,
        String result) {}
