package io.twinbatch.azure.client.model;

import java.time.Instant;

/**
 * What a formula came to.
 *
 * @param results the variables and their values, such as {@code $TargetDedicatedNodes=2;$NodeDeallocationOption=requeue}
 * @param error why it came to nothing; null when it did not fail
 */
public record AutoScaleRun(Instant timestamp, String results, AutoScaleError error) {}
