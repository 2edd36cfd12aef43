package io.twinbatch.api.workflow.model;

import io.twinbatch.api.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What remains of a run whose client ended.
 *
 * @param record what the run has noted
 * @param plan what is to be done, the job among it that has the tasks or is to have them
 * @param former the job that had the tasks, when it cannot be continued: it has ended, what it was given to read
 *     and write with is about to expire or leads nowhere any more, or the store has lost what its tasks had stored. A new job then takes its place. Empty when its
 *     tasks continue in it
 * @param finished the tasks whose results are stored already, so that the new job does without them
 * @param until when the signed URLs of the job's tasks expire; empty when the tasks are still to be submitted
 */
public record ResumePlan(
        RunRecord record, RunPlan plan, Optional<JobId> former, Set<String> finished, Optional<Instant> until) {
    /** What stands between a job's identifier and the number of its successor. */
    public static final String NEXT_JOB = "-r";

    /** A job is continued only when its signed URLs stay valid at least so long, or as long as the time limit. */
    public static final Duration WORTH_GOING_ON = Duration.ofMinutes(30);

    public ResumePlan {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(former, "former");
        finished = Set.copyOf(finished);
        Objects.requireNonNull(until, "until");
    }

    /** How many tasks of the first phase the job has, or is to have. */
    public int openTasks() {
        return plan.tasks().size() - finished.size();
    }
}
