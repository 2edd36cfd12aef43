package io.twinbatch.azure.client.model;

import java.util.List;

/** What became of each task of a collection, in no particular order. */
public record TaskAddCollectionResult(List<TaskAddResult> value) {}
