package io.twinbatch.api.pool;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When a provider takes the nodes of a pool away by itself. */
public sealed interface IdlePolicy {
    /** How often a provider compares a pool with its policy, at least. */
    Duration EVALUATION_INTERVAL = Duration.ofMinutes(5);

    /** Nodes stay until the pool is resized or deleted. */
    record Keep() implements IdlePolicy {}

    /**
     * Nodes stay, busy or not, until a lease ends. Then the provider takes all of them away, and tasks that run on them
     * are queued again. A lease that is renewed later brings nodes back. A client that is alive renews the lease; the
     * nodes of one that has died stop costing money without anybody's cleanup.
     *
     * @param end when the lease ends, in whole seconds
     */
    record Lease(Instant end) implements IdlePolicy {
        public Lease {
            end = end.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /**
     * Nodes leave the pool after they had nothing to do for a while, and come back when tasks wait.
     *
     * @param idleTime how long a node waits for work; at least {@link #EVALUATION_INTERVAL}
     */
    record Release(Duration idleTime) implements IdlePolicy {
        public Release {
            if (idleTime.compareTo(EVALUATION_INTERVAL) < 0) {
                throw new IllegalArgumentException("an idle time is at least 5 minutes, not " + idleTime);
            }
        }
    }
}
