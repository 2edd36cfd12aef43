package io.twinbatch.local.record;

import io.twinbatch.api.pool.ResizeError;
import java.time.Instant;
import java.util.List;

/**
 * What happened to a pool when.
 *
 * @param lastModified when a client changed it last
 * @param stateSince since when it has been active or being deleted
 * @param allocationSince since when it has been at rest or being resized
 * @param resizeErrors why its last resize fell short
 */
public record PoolHistory(
        Instant lastModified, Instant stateSince, Instant allocationSince, List<ResizeError> resizeErrors) {
    public PoolHistory {
        resizeErrors = List.copyOf(resizeErrors);
    }

    /** Of a pool that was just made. */
    public static PoolHistory begun(Instant now) {
        return new PoolHistory(ETags.tick(now), now, now, List.of());
    }

    /** After a client's change. */
    public PoolHistory modified(Instant now) {
        return new PoolHistory(ETags.next(lastModified, now), stateSince, allocationSince, resizeErrors);
    }

    /** After it has begun to be deleted. */
    public PoolHistory deleting(Instant now) {
        return new PoolHistory(ETags.next(lastModified, now), now, now, resizeErrors);
    }

    /** After a resize has begun or ended. */
    public PoolHistory allocated(Instant now, List<ResizeError> errors) {
        return new PoolHistory(lastModified, stateSince, now, errors);
    }
}
