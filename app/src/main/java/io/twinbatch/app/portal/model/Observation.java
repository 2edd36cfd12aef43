package io.twinbatch.app.portal.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a backend now.
 *
 * @param snapshot the last snapshot that could be taken
 * @param outage why there is no newer one; empty while the backend answers
 */
public record Observation(Snapshot snapshot, Optional<Outage> outage) {
    /**
     * The backend cannot be asked.
     *
     * @param reason why, in the words of the failure
     * @param since when it was first so
     */
    public record Outage(String reason, Instant since) {}

    /** Whether the backend was never seen. */
    public boolean isEmpty() {
        return snapshot.taken().equals(Instant.EPOCH);
    }
}
