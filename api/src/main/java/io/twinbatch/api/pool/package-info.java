/**
 * Pools of nodes: their specification, their state, and the start task that prepares a node.
 *
 * <p>{@link io.twinbatch.api.pool.ComputePool} is one of the three interfaces that a provider implements.
 */
package io.twinbatch.api.pool;
