package io.twinbatch.api.time;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks again and again until something is there, a deadline passes, or the thread is interrupted.
 *
 * @param sleeper passes the time between two looks
 * @param interval how often it looks
 */
public record Waiter(Sleeper sleeper, PollInterval interval) {
    public Waiter {
        Objects.requireNonNull(sleeper, "sleeper");
        Objects.requireNonNull(interval, "interval");
    }

    /**
     * Returns the first value that a look finds. There is a look at once, and a last one when the deadline has passed.
     *
     * @param what what is waited for, for the message
     * @param look finds the value or not; what it throws ends the wait
     * @throws BatchException {@code TIMEOUT} when the last look found nothing
     * @throws InterruptedException when the thread is interrupted
     */
    public <T> T await(String what, Deadline deadline, Supplier<Optional<T>> look) throws InterruptedException {
        Duration pause = interval.first();
        while (true) {
            boolean last = deadline.hasPassed();
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (last) {
                throw new BatchException(ErrorCode.TIMEOUT, what, "the time limit was reached before it was there");
            }
            Duration remaining = deadline.remaining();
            sleeper.sleep(remaining.compareTo(pause) < 0 ? remaining : pause);
            pause = interval.after(pause);
        }
    }
}
