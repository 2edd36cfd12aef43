package io.twinbatch.azure.storage;

import java.util.Map;

/** Signs what a SAS grants. */
@FunctionalInterface
interface SasSigner {
    /**
     * The signature, and what the service needs to know to check it.
     *
     * @return fields of a URL's query, not yet encoded
     * @throws io.twinbatch.api.error.BatchException {@code INVALID} when no signature holds until the end that is asked
     *     for
     */
    Map<String, String> sign(SasValues values);
}
