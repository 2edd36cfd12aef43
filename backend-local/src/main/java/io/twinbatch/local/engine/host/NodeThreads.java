package io.twinbatch.local.engine.host;

import io.twinbatch.api.error.FailureReason;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what takes a moment on threads of its own; later, while the system has no room for a further thread. */
public final class NodeThreads {
    private static final Logger LOG = LoggerFactory.getLogger(NodeThreads.class);
    private static final int PAUSE_MILLIS = 500;

    private final ExecutorService threads;
    private final ScheduledExecutorService timer;

    public NodeThreads(ExecutorService threads, ScheduledExecutorService timer) {
        this.threads = threads;
        this.timer = timer;
    }

    void execute(Runnable action) {
        try {
            threads.execute(action);
        } catch (OutOfMemoryError e) {
            LOG.debug("No thread can be started ({}); trying again", FailureReason.of(e));
            later(action);
        }
    }

    private void later(Runnable action) {
        try {
            var unused = timer.schedule(() -> execute(action), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The engine is being closed; not tried again: {}", FailureReason.of(e));
        }
    }
}
