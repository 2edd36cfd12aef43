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
 * @param sleeper waits between two polls
 * @param interval how often it polls
 */
public record Waiter(Sleeper sleeper, PollInterval interval) {
    public Waiter {
        Objects.requireNonNull(sleeper, "sleeper");
        Objects.requireNonNull(interval, "interval");
    }

    /**
     * Returns the first value that a poll finds. The first poll is at once, the last one when the deadline has passed.
     *
     * @param what what is waited for, for the message
     * @param poll finds the value or not; what it throws ends the wait
     * @throws BatchException {@code TIMEOUT} when the last poll found nothing
     * @throws InterruptedException when the thread is interrupted
     */
    public <T> T await(String what, Deadline deadline, Supplier<Optional<T>> poll) throws InterruptedException {
        Duration pause = interval.first();
        while (true) {
            boolean last = deadline.hasPassed();
            Optional<T> found = poll.get();
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
