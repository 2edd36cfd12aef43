package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Renews the lease of a pool while a run uses it, so that its nodes stay, well before the lease ends. A client that dies
 * renews nothing, and the provider takes the nodes away.
 */
public final class NodeLease {
    /** Between two tries: a provider refuses changes while it resizes the pool, and too many of them. */
    static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);

    /** A renewal that does not succeed is worth a warning when this much of the lease is left. */
    static final Duration WARNING = Duration.ofMinutes(10);

    private final ComputePool pools;
    private final Clock clock;
    private final RunEvents events;
    private Instant nextTry = Instant.MIN;
    private boolean warned;

    public NodeLease(ComputePool pools, Clock clock, RunEvents events) {
        this.pools = pools;
        this.clock = clock;
        this.events = events;
    }

    /** The policy of a pool whose lease begins now. */
    static IdlePolicy begin(Instant now) {
        return new IdlePolicy.Lease(now.plus(RunTimes.NODE_LEASE));
    }

    /** Renews the lease of a pool when it is time; a pool without a lease stays as it is. */
    public void renewWhenDue(Pool pool) {
        Instant now = clock.instant();
        if (!(pool.spec().idlePolicy() instanceof IdlePolicy.Lease lease) || now.isBefore(nextTry)) {
            return;
        }
        Duration left = Duration.between(now, lease.end());
        if (left.compareTo(RunTimes.NODE_LEASE_RENEWAL) > 0) {
            return;
        }
        nextTry = now.plus(RETRY_INTERVAL);
        try {
            pools.updateIdlePolicy(pool.id(), begin(now));
        } catch (BatchException e) {
            failed(pool, left, e);
            return;
        }
        warned = false;
        if (left.isNegative() || left.isZero()) {
            events.warn("the lease of pool " + pool.id() + " had ended, because nobody renewed it, so that the provider"
                    + " may have taken its nodes away. It is renewed now; the nodes come back within minutes, and tasks"
                    + " that ran start again");
        }
    }

    private void failed(Pool pool, Duration left, BatchException failure) {
        if (Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        if (!warned && left.compareTo(WARNING) <= 0) {
            warned = true;
            String when = left.isNegative() || left.isZero() ? "has ended" : "ends in " + RunTimes.inWords(left);
            events.warn("the lease of pool " + pool.id() + " " + when + " and could not be renewed; it is tried again"
                    + " every minute, and the provider takes the nodes away when it has ended: "
                    + failure.getMessage());
        }
    }
}
