package io.twinbatch.api.workflow.model;

import io.twinbatch.api.pool.IdlePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The time limits that parts of a run share, and how durations are written. */
public final class RunTimes {
    /** What is added to a run's time limit where something has to outlast it. */
    public static final Duration MARGIN = Duration.ofHours(1);

    /**
     * How long containers may take to be filled before the clock of the run's time limit starts, and to be emptied after
     * it.
     */
    public static final Duration STAGING = Duration.ofHours(24);

    /** How long the nodes of a run stay after its client has renewed their lease for the last time. */
    public static final Duration NODE_LEASE = Duration.ofMinutes(30);

    /**
     * What is left of a lease when it is renewed. A provider that is out of reach or busy with the pool leaves this much
     * time to try again.
     */
    public static final Duration NODE_LEASE_RENEWAL = Duration.ofMinutes(20);

    /** How long nodes can cost money after their client has died: the lease and the interval of its evaluation. */
    public static final Duration ABANDONED_NODES = NODE_LEASE.plus(IdlePolicy.EVALUATION_INTERVAL);

    /** How long a job may take to stop its tasks before what is done is collected. */
    public static final Duration STOPPING = Duration.ofSeconds(30);

    /**
     * How long the removal of what a run created may take before the rest is reported as left. A provider that throttles
     * names a pause of half a minute, perhaps several times, and a pool that is left costs money.
     */
    public static final Duration CLEANUP = Duration.ofMinutes(5);

    /** The same on a provider that is on this machine and throttles nobody. */
    public static final Duration CLEANUP_NEARBY = Duration.ofSeconds(30);

    private RunTimes() {}

    /** How long a run needs what it creates for its tasks. */
    public static Duration lifetime(RunPlan plan) {
        return plan.request().limits().timeLimit().plus(MARGIN);
    }

    /** A time as a person says it, such as {@code 1 h 20 min}. */
    public static String inWords(Duration time) {
        List<String> parts = new ArrayList<>();
        add(parts, time.toHours(), "h");
        add(parts, time.toMinutesPart(), "min");
        add(parts, time.toSecondsPart(), "s");
        return parts.isEmpty() ? time.toMillis() + " ms" : String.join(" ", parts);
    }

    private static void add(List<String> parts, long amount, String unit) {
        if (amount > 0) {
            parts.add(amount + " " + unit);
        }
    }
}
