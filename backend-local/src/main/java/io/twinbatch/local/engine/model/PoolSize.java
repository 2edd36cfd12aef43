package io.twinbatch.local.engine.model;

/**
 * How many nodes a pool is to have.
 *
 * @param dedicated dedicated ones
 * @param spot such as may be taken away
 */
public record PoolSize(int dedicated, int spot) {
    /** The most nodes of all pools of a machine together: each is a folder. */
    public static final int MAX_NODES = 1_000;
}
