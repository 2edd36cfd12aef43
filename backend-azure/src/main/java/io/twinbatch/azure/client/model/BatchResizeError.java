package io.twinbatch.azure.client.model;

import java.util.List;

/** Why a pool did not reach its target counts. */
public record BatchResizeError(String code, String message, List<NameValue> values) {}
