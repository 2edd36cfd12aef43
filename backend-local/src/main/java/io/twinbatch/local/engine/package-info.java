/**
 * The local engine: pools, jobs and tasks as one state that a single thread changes, a scheduler that places tasks on
 * nodes, and the bridge to the work that nodes do.
 *
 * <p>Every command and every event from a node runs on the engine's thread ({@link EngineLoop}), which takes as many as
 * wait, applies them, settles what has come to an end, places what can run, writes all that to disk at once, and only
 * then answers the callers, shows the new state to readers ({@link EngineView}) and sets nodes to work.
 */
package io.twinbatch.local.engine;
