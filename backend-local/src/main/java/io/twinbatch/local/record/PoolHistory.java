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
 * @param nodesBefore how long nodes were in it that have left
 */
public record PoolHistory(
        Instant lastModified,
        Instant stateSince,
        Instant allocationSince,
        List<ResizeError> resizeErrors,
        NodeTime nodesBefore) {
    /** Completes a record that was written before nodes were timed. */
    public PoolHistory {
        resizeErrors = List.copyOf(resizeErrors);
        nodesBefore = nodesBefore == null ? NodeTime.NONE : nodesBefore;
    }

    /** Of a pool that was just made. */
    public static PoolHistory begun(Instant now) {
        return new PoolHistory(ETags.tick(now), now, now, List.of(), NodeTime.NONE);
    }

    /** After a client's change. */
    public PoolHistory modified(Instant now) {
        return new PoolHistory(ETags.next(lastModified, now), stateSince, allocationSince, resizeErrors, nodesBefore);
    }

    /** After it has begun to be deleted. */
    public PoolHistory deleting(Instant now) {
        return new PoolHistory(ETags.next(lastModified, now), now, now, resizeErrors, nodesBefore);
    }

    /** After a resize has begun or ended. */
    public PoolHistory allocated(Instant now, List<ResizeError> errors) {
        return new PoolHistory(lastModified, stateSince, now, errors, nodesBefore);
    }

    /** After a node has left. */
    public PoolHistory left(NodeRecord node, Instant now) {
        return new PoolHistory(lastModified, stateSince, allocationSince, resizeErrors, nodesBefore.with(node, now));
    }
}
