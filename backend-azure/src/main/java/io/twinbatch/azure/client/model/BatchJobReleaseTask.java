package io.twinbatch.azure.client.model;

import java.time.Duration;
import java.util.List;

/** What a node runs after a job's end. A null part is left to the service's default. */
public record BatchJobReleaseTask(
        String id,
        String commandLine,
        List<BatchResourceFile> resourceFiles,
        List<NameValue> environmentSettings,
        Duration maxWallClockTime,
        Duration retentionTime,
        UserIdentity userIdentity) {}
