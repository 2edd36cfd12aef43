package io.twinbatch.api.time;

import java.time.Duration;

/** How a wait waits between two polls; replaced in tests so that they never wait. */
@FunctionalInterface
public interface Sleeper {
    /** Sleeps for real. */
    Sleeper REAL = duration -> Thread.sleep(duration.toMillis());

    /**
     * Returns after the given time.
     *
     * @throws InterruptedException when the thread is interrupted before or while it sleeps
     */
    void sleep(Duration duration) throws InterruptedException;
}
