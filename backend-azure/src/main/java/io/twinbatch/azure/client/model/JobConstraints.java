package io.twinbatch.azure.client.model;

import java.time.Duration;

/** The limits of a job; no limit of time is an absurdly long one in answers. */
public record JobConstraints(Duration maxWallClockTime, Integer maxTaskRetryCount) {}
