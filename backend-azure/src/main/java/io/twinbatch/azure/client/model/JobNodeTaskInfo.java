package io.twinbatch.azure.client.model;

import java.time.Instant;

/**
 * How one of the two tasks went.
 *
 * @param state {@code running} or {@code completed}
 * @param result {@code success} or {@code failure}; null while it runs
 */
public record JobNodeTaskInfo(
        String state,
        Instant startTime,
        Instant endTime,
        String taskRootDirectory,
        String taskRootDirectoryUrl,
        Integer exitCode,
        TaskFailureInfo failureInfo,
        Integer retryCount,
        Instant lastRetryTime,
        String result) {}
