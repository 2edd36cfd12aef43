package io.twinbatch.api.workflow.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How a run went.
 *
 * @param id the run's identifier
 * @param pool the pool that it used
 * @param job its job
 * @param started when it began
 * @param ended when it had cleaned up
 * @param inputs what became of each input, in the order of the request
 * @param total what became of the total; empty when none was wanted
 * @param ending what ended the watch over the tasks
 * @param failure why the pool or the job could not finish the work; present exactly when {@code ending} is
 *     {@link Ending#FAILED}
 * @param remaining what is still there at the provider, and why
 * @param logs the logs of tasks that are beside the results; empty when there are none
 */
public record RunResult(
        RunId id,
        PoolId pool,
        JobId job,
        Instant started,
        Instant ended,
        List<InputResult> inputs,
        Optional<Outcome> total,
        Ending ending,
        Optional<BatchException> failure,
        List<Remaining> remaining,
        Optional<Logs> logs) {
    /** What ended the watch over the tasks. */
    public enum Ending {
        /** All tasks have ended, well or badly. */
        COMPLETED,
        /** The time limit was reached. */
        TIMED_OUT,
        /** The run was cancelled, or its thread interrupted. */
        INTERRUPTED,
        /** The pool or the job could not finish the work. */
        FAILED
    }

    public RunResult {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(ended, "ended");
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(failure, "failure");
        remaining = List.copyOf(remaining);
        Objects.requireNonNull(logs, "logs");
    }

    /**
     * The result of a plan whose inputs need no task, so that there is nothing to be done for it.
     *
     * @param now the present time
     */
    public static RunResult upToDate(RunPlan plan, Instant now) {
        List<InputResult> inputs = plan.inputs().stream()
                .map(input ->
                        new InputResult(input, Optional.empty(), plan.upToDate().get(input.outputObject())))
                .toList();
        return new RunResult(
                plan.id(),
                plan.pool().id(),
                plan.job().id(),
                now,
                now,
                inputs,
                plan.upToDateTotal(),
                Ending.COMPLETED,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** How long it took, cleaning up included. */
    public Duration elapsed() {
        return Duration.between(started, ended);
    }

    /** Whether the time limit was reached. */
    public boolean timedOut() {
        return ending == Ending.TIMED_OUT;
    }

    /** Whether the run was cancelled, or its thread interrupted. */
    public boolean interrupted() {
        return ending == Ending.INTERRUPTED;
    }

    /** Whether every input, and the total when one was wanted, has its result in the output folder. */
    public boolean allDone() {
        return ending == Ending.COMPLETED
                && inputs.stream().allMatch(input -> input.outcome().isDone())
                && total.map(Outcome::isDone).orElse(true);
    }

    /**
     * What became of one input.
     *
     * @param input the input
     * @param taskId the task that had it; empty when it needed none
     * @param outcome what became of it
     */
    public record InputResult(PlannedInput input, Optional<String> taskId, Outcome outcome) {
        public InputResult {
            Objects.requireNonNull(input, "input");
            Objects.requireNonNull(taskId, "taskId");
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * Logs of tasks in the output folder.
     *
     * @param folder the folder, with one for each task in it
     * @param tasks how many tasks have some there
     * @param omitted how many further tasks there are whose logs were left out
     * @param cut whether of some files only the end is there
     */
    public record Logs(Path folder, int tasks, int omitted, boolean cut) {
        public Logs {
            Objects.requireNonNull(folder, "folder");
        }
    }

    /**
     * Something at the provider that outlives the run.
     *
     * @param resource what it is
     * @param id its identifier or name
     * @param reason why it is still there
     */
    public record Remaining(Resource resource, String id, Reason reason) {
        public Remaining {
            Objects.requireNonNull(resource, "resource");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The kinds of things that a run creates or uses. */
    public enum Resource {
        /** A container. */
        CONTAINER,
        /** A pool. */
        POOL,
        /** A job. */
        JOB;

        /** The kind as it is named to a person, in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why something is still there. */
    public enum Reason {
        /** The user wanted to keep it. */
        KEPT,
        /** It was there before the run. */
        NOT_OURS,
        /** It holds results that could not be downloaded, or what a resumed run needs to fetch them. */
        HOLDS_RESULTS,
        /** Deleting it failed or took too long. */
        CLEANUP_FAILED
    }
}
