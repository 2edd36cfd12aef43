/**
 * The local engine: executes commands on pools, nodes, jobs and tasks, and schedules tasks on nodes.
 *
 * <p>{@link io.twinbatch.local.engine.EngineLoop} runs every command and every event of a node on one thread. A second thread
 * commits the changes to disk, many at a time, and then answers the callers and publishes the new state to readers.
 * {@code model} is the state, {@code view} is what readers see, {@code host} runs work on nodes.
 */
package io.twinbatch.local.engine;
