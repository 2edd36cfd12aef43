package io.twinbatch.azure.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One page of a listing.
 *
 * @param value its items; the service sends an empty list when there are none
 * @param nextLink where the next page is; null on the last page
 * @param <T> what is listed
 */
public record ItemPage<T>(
        List<T> value, @JsonProperty("odata.nextLink") String nextLink) {}
