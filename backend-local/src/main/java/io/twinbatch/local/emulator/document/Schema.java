package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.http.ServiceFault;

/** What a value in a document must be. */
@FunctionalInterface
public interface Schema {
    /**
     * Returns the value as the service keeps it: without what is null, names of choices in the service's own case.
     *
     * @param name where it stands in the document, such as {@code poolInfo.poolId}
     * @throws ServiceFault 400 when it is not
     */
    JsonNode check(String name, JsonNode value);
}
