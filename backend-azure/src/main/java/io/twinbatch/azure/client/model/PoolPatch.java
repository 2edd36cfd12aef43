package io.twinbatch.azure.client.model;

import java.util.List;

/** What of a pool is replaced. A null part stays as it is; an empty list of metadata clears it. */
public record PoolPatch(BatchStartTask startTask, List<NameValue> metadata, String targetNodeCommunicationMode) {}
