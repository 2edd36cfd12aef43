/**
 * The local engine: pools, jobs and tasks as one state that a single thread changes, a scheduler that places tasks on
 * nodes, and the bridge to the work that nodes do.
 *
 * <p>Every command and every event from a node runs on the engine's thread ({@link EngineLoop}), which settles what has
 * come to an end, places what can run, and sets nodes to work. A second thread writes what has changed to disk, many
 * changes at once, and only then answers callers and shows the new state to readers ({@link EngineView}).
 */
package io.twinbatch.local.engine;
