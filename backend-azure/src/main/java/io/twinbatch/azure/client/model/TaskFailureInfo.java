package io.twinbatch.azure.client.model;

import java.util.List;

/** Why a task failed; {@code category} is {@code usererror} or {@code servererror}. */
public record TaskFailureInfo(String category, String code, String message, List<NameValue> details) {}
