package io.twinbatch.azure.client.model;

import java.time.Duration;

/** The limits of a task; null parts are left to the job's or the service's defaults. */
public record TaskConstraints(Duration maxWallClockTime, Duration retentionTime, Integer maxTaskRetryCount) {}
