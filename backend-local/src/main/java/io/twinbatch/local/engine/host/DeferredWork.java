package io.twinbatch.local.engine.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Work for which the system has no further process or thread. It waits without a thread, since that would take the room
 * that is missing, and is tried again one piece after the other: whenever other work has ended, and every now and then.
 */
final class DeferredWork {
    private static final int PAUSE_MILLIS = 100;

    private final ScheduledExecutorService timer;
    private final Consumer<WorkAttempt> again;

    // Guarded by this.
    private final Deque<WorkAttempt> attempts = new ArrayDeque<>();
    private boolean ticking;

    /**
     * No work so far.
     *
     * @param again has a piece of work tried again, on another thread
     */
    DeferredWork(ScheduledExecutorService timer, Consumer<WorkAttempt> again) {
        this.timer = timer;
        this.again = again;
    }

    synchronized void add(WorkAttempt attempt) {
        attempts.addLast(attempt);
        if (!ticking) {
            ticking = true;
            schedule();
        }
    }

    /** What has waited longest, to be tried again at once. */
    synchronized Optional<WorkAttempt> next() {
        return Optional.ofNullable(attempts.pollFirst());
    }

    private void schedule() {
        try {
            var unused = timer.schedule(this::tick, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The engine is being closed, and all its work ended: nobody waits for what this work makes of it.
            attempts.clear();
        }
    }

    private void tick() {
        takeDue().forEach(again);
    }

    /** What has waited longest, and what was ended from outside meanwhile and only has to say so. */
    private synchronized List<WorkAttempt> takeDue() {
        List<WorkAttempt> due = new ArrayList<>();
        next().ifPresent(due::add);
        for (Iterator<WorkAttempt> others = attempts.iterator(); others.hasNext(); ) {
            WorkAttempt attempt = others.next();
            if (attempt.work().isEnded()) {
                due.add(attempt);
                others.remove();
            }
        }
        ticking = !attempts.isEmpty();
        if (ticking) {
            schedule();
        }
        return due;
    }
}
