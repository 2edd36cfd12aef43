package io.twinbatch.api.workflow.resume;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.api.workflow.plan.RunPlanner;
import io.twinbatch.api.workflow.stage.Staging;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out where a run was cut off. Changes nothing. */
public final class ResumePlanner {
    private static final Pattern SUCCESSOR = Pattern.compile("(.+)" + ResumePlan.NEXT_JOB + "([1-9][0-9]{0,5})");
    private static final int MAX_JOB_ID = 64;

    private final ObjectStore store;
    private final Staging staging;
    private final ComputePool pools;
    private final JobQueue queue;
    private final Clock clock;

    public ResumePlanner(ObjectStore store, Staging staging, ComputePool pools, JobQueue queue, Clock clock) {
        this.store = store;
        this.staging = staging;
        this.pools = pools;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Looks at what there is of a run.
     *
     * @throws BatchException {@code CONFLICT} while the run's pool is being deleted
     */
    public ResumePlan plan(RunRecord record, TaskProgram program, Path outputFolder) {
        RunPlan plan = RunPlanner.again(record, program, outputFolder);
        refuseDeletedPool(plan);
        Optional<Job> found = queue.find(plan.job().id());
        if (found.isEmpty()) {
            return anew(record, program, outputFolder, Optional.empty());
        }
        Job job = found.get();
        Instant until = job.created().plus(RunTimes.lifetime(plan));
        boolean usable = plan.id().owns(job.spec().metadata()) && job.state() != JobState.DELETING;
        if (usable) {
            TaskCounts counts = queue.counts(job.id());
            Set<String> elsewhere = finishedElsewhere(plan, counts);
            if (isOver(plan, elsewhere, counts) || canGoOn(plan, job, until)) {
                return new ResumePlan(record, plan, Optional.empty(), elsewhere, Optional.of(until));
            }
        }
        return anew(record, program, outputFolder, Optional.of(job));
    }

    /**
     * Resumes a run whose store has lost outputs of its tasks: in a new job, without the tasks whose results
     * are still there.
     *
     * @param contents as in {@link RunRecord}
     */
    public ResumePlan again(RunPlan plan, Map<String, String> contents) {
        RunPlan next = plan.withJob(successor(plan.job().id()));
        RunRecord record = RunRecord.of(next, contents);
        return new ResumePlan(record, next, Optional.of(plan.job().id()), finished(next), Optional.empty());
    }

    private void refuseDeletedPool(RunPlan plan) {
        boolean going = pools.find(plan.pool().id())
                .filter(pool -> pool.state() == PoolState.DELETING)
                .isPresent();
        if (going) {
            throw new BatchException(
                    ErrorCode.CONFLICT,
                    "pool " + plan.pool().id(),
                    "it is being deleted; resume the run when it is deleted, which takes some minutes");
        }
    }

    private boolean canGoOn(RunPlan plan, Job job, Instant until) {
        return job.state() == JobState.ACTIVE
                && isInTime(plan, until)
                && isStoreWhereItWas(plan, job)
                && staging.isWhole(plan);
    }

    private boolean isInTime(RunPlan plan, Instant until) {
        Duration limit = plan.request().limits().timeLimit();
        Duration worth = limit.compareTo(ResumePlan.WORTH_GOING_ON) < 0 ? limit : ResumePlan.WORTH_GOING_ON;
        return !clock.instant().plus(worth).isAfter(until);
    }

    /** Whether the signed URLs of a job lead to the store: a local one may have had to move to another port. */
    private boolean isStoreWhereItWas(RunPlan plan, Job job) {
        return job.spec().preparation().stream()
                .flatMap(task -> task.resourceFiles().stream())
                .map(file -> file.source().url())
                .findFirst()
                .map(url -> url.getRawAuthority().equals(authority(plan)))
                .orElse(true);
    }

    private String authority(RunPlan plan) {
        ObjectKey any = new ObjectKey(plan.containers().application(), "any");
        return store.signRead(any, Duration.ofMinutes(1)).url().getRawAuthority();
    }

    /** Whether nothing is left but to collect the results. */
    private boolean isOver(RunPlan plan, Set<String> elsewhere, TaskCounts counts) {
        int tasks = plan.tasks().size() - elsewhere.size();
        if (plan.total().isEmpty()) {
            return counts.completed() >= tasks;
        }
        TaskKey total = new TaskKey(plan.job().id(), plan.total().get().id());
        return counts.completed() > tasks
                && queue.task(total)
                        .filter(task -> task.status() instanceof TaskStatus.Succeeded)
                        .isPresent();
    }

    /** The tasks that a former job has finished, so that this one was to do without them. */
    private Set<String> finishedElsewhere(RunPlan plan, TaskCounts counts) {
        if (counts.total() >= plan.tasks().size()) {
            return Set.of();
        }
        Set<String> elsewhere = finished(plan);
        try (Stream<Task> tasks = queue.tasks(plan.job().id(), TaskFilter.ALL)) {
            tasks.forEach(task -> elsewhere.remove(task.key().task()));
        }
        return elsewhere;
    }

    /** In a job that is still to be created: of the same identifier, when no job of that identifier is in the way. */
    private ResumePlan anew(RunRecord record, TaskProgram program, Path outputFolder, Optional<Job> inTheWay) {
        RunRecord next = inTheWay.isEmpty() ? record : record.withJob(successor(record.job()));
        RunPlan plan = RunPlanner.again(next, program, outputFolder);
        Optional<JobId> former =
                inTheWay.filter(job -> plan.id().owns(job.spec().metadata())).map(Job::id);
        return new ResumePlan(next, plan, former, finished(plan), Optional.empty());
    }

    private JobId successor(JobId job) {
        Matcher match = SUCCESSOR.matcher(job.value());
        String first = match.matches() ? match.group(1) : job.value();
        int number = match.matches() ? Integer.parseInt(match.group(2)) + 1 : 2;
        JobId next = numbered(first, number);
        while (queue.find(next).isPresent()) {
            number++;
            next = numbered(first, number);
        }
        return next;
    }

    private static JobId numbered(String first, int number) {
        String end = ResumePlan.NEXT_JOB + number;
        return new JobId(first.substring(0, Math.min(first.length(), MAX_JOB_ID - end.length())) + end);
    }

    /** A task's manifest is the last thing that it stores. */
    private Set<String> finished(RunPlan plan) {
        Set<ObjectKey> stored = staging.objects(plan.containers().output());
        return plan.tasks().stream()
                .filter(task -> stored.contains(
                        new ObjectKey(plan.containers().output(), task.work().manifestObject())))
                .map(RunPlan.PlannedTask::id)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
