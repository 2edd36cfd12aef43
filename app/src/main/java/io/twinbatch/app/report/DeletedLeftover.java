package io.twinbatch.app.report;

import io.twinbatch.api.cleanup.LeaseState;
import io.twinbatch.api.cleanup.Leftover;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that a run has left, and what a cleanup did about it.
 *
 * @param leftover what it is
 * @param lease whether it is needed
 * @param chosen whether it is to be deleted
 * @param deleted whether its deletion was ordered
 * @param failure why it could not be deleted; empty when that was not tried, or went well
 */
public record DeletedLeftover(
        Leftover leftover, LeaseState lease, boolean chosen, boolean deleted, Optional<String> failure) {
    /** Something that was found just now. */
    public static DeletedLeftover found(Leftover leftover, Instant now, boolean chosen) {
        return new DeletedLeftover(leftover, leftover.lease(now), chosen, false, Optional.empty());
    }

    /** The same, deleted. */
    public DeletedLeftover asDeleted() {
        return new DeletedLeftover(leftover, lease, chosen, true, Optional.empty());
    }

    /** The same, which could not be deleted. */
    public DeletedLeftover asFailed(String reason) {
        return new DeletedLeftover(leftover, lease, chosen, false, Optional.of(reason));
    }
}
