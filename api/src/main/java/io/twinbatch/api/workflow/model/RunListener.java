package io.twinbatch.api.workflow.model;

/**
 * Receives the events of a run. Calls come one at a time, though from several threads; a listener returns quickly and
 * throws nothing.
 */
@FunctionalInterface
public interface RunListener {
    /** Hears nothing. */
    RunListener NONE = event -> {};

    /** Something has happened. */
    void on(RunEvent event);
}
