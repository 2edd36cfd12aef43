package io.twinbatch.azure.client.model;

import java.time.Duration;

/** The formula that sets a pool's target counts from now on, and how often it is evaluated. */
public record AutoScaleEnable(String autoScaleFormula, Duration autoScaleEvaluationInterval) {}
