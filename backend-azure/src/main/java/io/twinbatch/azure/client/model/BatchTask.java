package io.twinbatch.azure.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A task as the service describes it.
 *
 * @param state {@code active}, {@code preparing}, {@code running} or {@code completed}
 * @param nodeInfo the node of its last try; null before the first
 */
public record BatchTask(
        String id,
        String displayName,
        String url,
        @JsonProperty("eTag") String etag,
        Instant lastModified,
        Instant creationTime,
        String state,
        Instant stateTransitionTime,
        String previousState,
        String commandLine,
        TaskConstraints constraints,
        Integer requiredSlots,
        TaskExecutionInfo executionInfo,
        TaskNodeInfo nodeInfo) {}
