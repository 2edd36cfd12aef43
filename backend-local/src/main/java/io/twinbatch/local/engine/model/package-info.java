/**
 * The engine's state in memory and the arguments of its commands. Only the engine's thread changes the state. Uses
 * {@link io.twinbatch.local.record}.
 */
package io.twinbatch.local.engine.model;
