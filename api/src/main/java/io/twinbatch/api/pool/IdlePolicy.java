package io.twinbatch.api.pool;

import java.time.Duration;

/** What happens to a pool's nodes that have nothing to do. */
public sealed interface IdlePolicy {
    /** Nodes stay until the pool is resized or deleted. */
    record Keep() implements IdlePolicy {}

    /**
     * Nodes leave the pool after they had nothing to do for a while, and come back when tasks wait.
     *
     * @param idleTime how long a node waits for work; at least five minutes, the shortest time in which the provider
     *     looks
     */
    record Release(Duration idleTime) implements IdlePolicy {
        private static final Duration MIN_DURATION = Duration.ofMinutes(5);

        public Release {
            if (idleTime.compareTo(MIN_DURATION) < 0) {
                throw new IllegalArgumentException("an idle time is at least 5 minutes, not " + idleTime);
            }
        }
    }
}
