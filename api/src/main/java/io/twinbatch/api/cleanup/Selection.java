package io.twinbatch.api.cleanup;

import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunOwner;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a cleanup is to delete. Something whose deletion has been ordered is never chosen again.
 *
 * @param run everything of this run, whatever its lease; empty for no certain run
 * @param owner everything of this owner, whatever its lease; empty for no certain owner
 * @param olderThan of that, only what was created longer ago than this; empty for any age
 */
public record Selection(Optional<RunId> run, Optional<RunOwner> owner, Optional<Duration> olderThan) {
    /** Resources past their lease, of any owner. */
    public static final Selection PAST_ITS_LEASE = new Selection(Optional.empty(), Optional.empty(), Optional.empty());

    public Selection {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(olderThan, "olderThan");
    }

    /** Everything of one run. */
    public static Selection ofRun(RunId run) {
        return new Selection(Optional.of(run), Optional.empty(), Optional.empty());
    }

    /** Everything of one owner. */
    public static Selection ofOwner(RunOwner owner) {
        return new Selection(Optional.empty(), Optional.of(owner), Optional.empty());
    }

    /** The same choice, but only of what is older. */
    public Selection olderThan(Duration age) {
        return new Selection(run, owner, Optional.of(age));
    }

    /** Whether something is to be deleted, at a given time. */
    public boolean contains(Leftover leftover, Instant now) {
        boolean oldEnough =
                olderThan.map(age -> leftover.created().plus(age).isBefore(now)).orElse(true);
        return !leftover.deleting() && oldEnough && isNamed(leftover, now);
    }

    private boolean isNamed(Leftover leftover, Instant now) {
        if (run.isEmpty() && owner.isEmpty()) {
            return leftover.lease(now) == LeaseState.PAST;
        }
        boolean ofRun = run.map(leftover.tags().run()::equals).orElse(true);
        boolean ofOwner = owner.map(who -> leftover.tags().owner().equals(Optional.of(who)))
                .orElse(true);
        return ofRun && ofOwner;
    }
}
