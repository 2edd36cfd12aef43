package io.twinbatch.azure.client.model;

import java.util.List;

/** Why a job could not be started. */
public record SchedulingError(String category, String code, String message, List<NameValue> details) {}
