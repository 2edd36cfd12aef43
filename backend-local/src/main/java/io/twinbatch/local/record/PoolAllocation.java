package io.twinbatch.local.record;

/**
 * How far a pool is with a resize that takes its time.
 *
 * @param phase what it does
 * @param dedicatedToCome how many dedicated nodes were granted to it and have not joined yet
 * @param spotToCome how many spot nodes were granted to it and have not joined yet
 */
public record PoolAllocation(Phase phase, int dedicatedToCome, int spotToCome) {
    /** What a pool does about its nodes. */
    public enum Phase {
        /** Nothing; nodes may still be leaving that have tasks. */
        STEADY,
        /** It is being resized. */
        RESIZING,
        /** Its resize was stopped and is coming to its end. */
        STOPPING
    }

    /** Of a pool at rest. */
    public static final PoolAllocation STEADY = new PoolAllocation(Phase.STEADY, 0, 0);

    /** In a phase in which no nodes are to come yet. */
    public static PoolAllocation in(Phase phase) {
        return new PoolAllocation(phase, 0, 0);
    }

    /** How many nodes are to come. */
    public int toCome() {
        return dedicatedToCome + spotToCome;
    }

    /** With further nodes to come; with fewer when the number is negative. */
    public PoolAllocation coming(int nodes, boolean dedicated) {
        return dedicated
                ? new PoolAllocation(phase, dedicatedToCome + nodes, spotToCome)
                : new PoolAllocation(phase, dedicatedToCome, spotToCome + nodes);
    }
}
