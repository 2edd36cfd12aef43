package io.twinbatch.azure.client.model;

/** A formula that is evaluated without effect. */
public record AutoScaleEvaluate(String autoScaleFormula) {}
