package io.twinbatch.local.record;

import java.time.Instant;
import java.util.Optional;

/**
 * Since when something has been in its state, what it was before, and when a client changed it last.
 *
 * @param since since when it has been in its present state
 * @param previous the state before; empty when there was none
 * @param previousSince since when it had been in the state before
 * @param lastModified when a client changed it last; what happens by itself does not count
 */
public record StateHistory<P extends Enum<P>>(
        Instant since, Optional<P> previous, Optional<Instant> previousSince, Instant lastModified) {
    /** Something that a client has just made. */
    public static <T extends Enum<T>> StateHistory<T> begun(Instant now) {
        return new StateHistory<T>(now, Optional.empty(), Optional.empty(), ETags.tick(now));
    }

    /** After a state was left for another. */
    public StateHistory<P> left(P state, Instant now) {
        return new StateHistory<>(now, Optional.of(state), Optional.of(since), lastModified);
    }

    /** After a state between two others has come to its end; it is not remembered as the one before. */
    public StateHistory<P> passed(Instant now) {
        return new StateHistory<>(now, previous, previousSince, lastModified);
    }

    /** After a client's change. */
    public StateHistory<P> modified(Instant now) {
        return new StateHistory<>(since, previous, previousSince, ETags.next(lastModified, now));
    }
}
