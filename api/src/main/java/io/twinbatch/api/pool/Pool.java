package io.twinbatch.api.pool;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A pool as it is now.
 *
 * @param spec what was asked for; the node counts are the present targets
 * @param state where it is in its life
 * @param currentDedicatedNodes how many dedicated nodes it has
 * @param currentSpotNodes how many spot nodes it has
 * @param created when it was created, by the provider's clock
 * @param resizeErrors why the last resize fell short; empty when it did not
 */
public record Pool(
        PoolSpec spec,
        PoolState state,
        int currentDedicatedNodes,
        int currentSpotNodes,
        Instant created,
        List<ResizeError> resizeErrors) {
    public Pool {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(created, "created");
        resizeErrors = List.copyOf(resizeErrors);
    }

    /** Its identifier. */
    public PoolId id() {
        return spec.id();
    }
}
