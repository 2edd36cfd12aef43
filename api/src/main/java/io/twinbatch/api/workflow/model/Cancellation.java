package io.twinbatch.api.workflow.model;

import java.nio.channels.ClosedByInterruptException;

/** Whether the run in progress is to end early, and the thread that has to hear of it. */
public final class Cancellation {
    private Thread runner;
    private boolean requested;

    /** A run begins on this thread. */
    public synchronized void begin() {
        if (runner != null) {
            throw new IllegalStateException("a run is in progress; a workflow does one at a time");
        }
        runner = Thread.currentThread();
        requested = false;
    }

    /** The run has ended; an interruption that was meant for it does not reach what follows. */
    public synchronized void end() {
        runner = null;
        if (requested) {
            clearInterrupt();
        }
    }

    /** Asks the run in progress to end; returns whether there is one, whose thread is then interrupted. */
    public synchronized boolean request() {
        if (runner == null) {
            return false;
        }
        requested = true;
        runner.interrupt();
        return true;
    }

    /** Whether the run was asked to end. */
    public synchronized boolean isRequested() {
        return requested;
    }

    /**
     * Ends a step early when the run is to end.
     *
     * @throws InterruptedException when it is; the thread's interrupt flag is then clear
     */
    public void check() throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        if (interrupted || isRequested()) {
            throw new InterruptedException("the run was cancelled");
        }
    }

    /** Whether a failure is no more than the echo of an interruption in something that does not declare it. */
    public boolean explains(Throwable failure) {
        if (isRequested() || Thread.currentThread().isInterrupted()) {
            return true;
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof InterruptedException || t instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }

    /** Clears the thread's interrupt flag, so that cleaning up can block. */
    public void clearInterrupt() {
        boolean ignored = Thread.interrupted();
    }
}
