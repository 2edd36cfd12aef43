package io.twinbatch.azure.client.model;

import java.util.List;

/** Why the evaluation of a formula failed. */
public record AutoScaleError(String code, String message, List<NameValue> values) {}
