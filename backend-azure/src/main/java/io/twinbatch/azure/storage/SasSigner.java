package io.twinbatch.azure.storage;

import java.time.Instant;
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

    /** The end of a lifetime that is to be as long as possible, and no longer than what is asked for. */
    default Instant expiry(Instant wanted) {
        return wanted;
    }
}
