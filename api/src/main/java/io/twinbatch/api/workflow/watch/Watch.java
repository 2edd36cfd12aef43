package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.model.Cancellation;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunResult.Ending;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches the tasks of one job until they have ended, the time limit is reached, or nothing is going to run them. One
 * poll is a fixed number of requests, however many tasks there are.
 */
public final class Watch {
    private final JobId job;
    private final JobQueue queue;
    private final PoolWatch pool;
    private final TaskFailures failures;
    private final Waiter waiter;
    private final ProviderOutage outage;
    private final Cancellation cancellation;
    private final RunEvents events;

    public Watch(
            JobId job,
            JobQueue queue,
            PoolWatch pool,
            TaskFailures failures,
            Waiter waiter,
            ProviderOutage outage,
            Cancellation cancellation,
            RunEvents events) {
        this.job = job;
        this.queue = queue;
        this.pool = pool;
        this.failures = failures;
        this.waiter = waiter;
        this.outage = outage;
        this.cancellation = cancellation;
        this.events = events;
    }

    /**
     * Why the watch has ended.
     *
     * @param ending the kind of end
     * @param failure more about {@link Ending#FAILED}; empty otherwise
     */
    public record End(Ending ending, Optional<BatchException> failure) {
        public static End of(Ending ending) {
            return new End(ending, Optional.empty());
        }
    }

    /**
     * Watches until so many tasks have ended.
     *
     * @param expected how many tasks the job has
     * @param limit the time limit, for the progress
     * @param deadline when it is reached
     */
    public End until(int expected, Duration limit, Deadline deadline) throws InterruptedException {
        // The last poll comes when the deadline has passed and always finds an end, so that this wait never times out.
        End end = waiter.await("job " + job, deadline, () -> poll(expected, limit, deadline));
        if (end.ending() == Ending.INTERRUPTED) {
            throw new InterruptedException("the run was cancelled");
        }
        return end;
    }

    private Optional<End> poll(int expected, Duration limit, Deadline deadline) {
        if (cancellation.isRequested()) {
            return Optional.of(End.of(Ending.INTERRUPTED));
        }
        // Asked before the poll: what ended until now counts, even when the time is up by the end of the poll.
        boolean timeIsUp = deadline.hasPassed();
        Optional<End> end = Optional.empty();
        try {
            end = poll(expected, limit, limit.minus(deadline.remaining()));
            outage.over();
        } catch (BatchException e) {
            if (cancellation.explains(e)) {
                throw e;
            }
            outage.failed(e);
        }
        return end.isEmpty() && timeIsUp ? Optional.of(End.of(Ending.TIMED_OUT)) : end;
    }

    private Optional<End> poll(int expected, Duration limit, Duration elapsed) {
        TaskCounts counts = queue.counts(job);
        events.publish(new RunEvent.Progress(counts, elapsed, limit));
        failures.update(counts.failed());
        if (counts.completed() >= expected) {
            return Optional.of(End.of(Ending.COMPLETED));
        }
        Optional<BatchException> failure = pool.poll(counts).or(this::jobFailure);
        return failure.map(reason -> new End(Ending.FAILED, Optional.of(reason)));
    }

    private Optional<BatchException> jobFailure() {
        Optional<Job> found = queue.find(job);
        if (found.isEmpty() || found.get().state() == JobState.DELETING) {
            return Optional.of(jobFailure("it was deleted while it had tasks to run"));
        }
        if (found.get().state() == JobState.ACTIVE) {
            return Optional.empty();
        }
        String reason = found.get().endReason().map(text -> ": " + text).orElse("");
        return Optional.of(jobFailure("it was terminated while it had tasks to run" + reason));
    }

    private BatchException jobFailure(String message) {
        return new BatchException(ErrorCode.CONFLICT, "job " + job, message);
    }
}
