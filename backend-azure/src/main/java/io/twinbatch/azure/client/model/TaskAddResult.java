package io.twinbatch.azure.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What became of one task of a collection.
 *
 * @param status {@code success}, {@code clienterror} (the same request fails again) or {@code servererror} (it may not)
 * @param error why it failed; null when it did not
 */
public record TaskAddResult(
        String status,
        String taskId,
        @JsonProperty("eTag") String etag,
        Instant lastModified,
        String location,
        ErrorBody error) {}
