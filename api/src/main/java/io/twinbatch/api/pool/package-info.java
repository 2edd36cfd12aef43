/** Pools of nodes: what is asked for, what is there, and the start task that makes a node ready. */
package io.twinbatch.api.pool;
