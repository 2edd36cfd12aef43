/**
 * Runs the work of nodes on threads of its own and reports how it ended. Uses {@link io.twinbatch.local.node}; knows nothing
 * of the engine's state.
 */
package io.twinbatch.local.engine.host;
