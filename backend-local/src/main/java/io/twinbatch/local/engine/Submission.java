package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.local.application.ApplicationPackages;
import io.twinbatch.local.engine.model.EngineErrors;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.NewTask;
import io.twinbatch.local.engine.model.PoolEntry;
import io.twinbatch.local.engine.model.SubmissionResult;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes tasks into a job. */
final class Submission {
    private final EngineState state;
    private final ApplicationPackages applications;
    private final Clock clock;

    Submission(EngineState state, ApplicationPackages applications, Clock clock) {
        this.applications = applications;
        this.state = state;
        this.clock = clock;
    }

    /** Adds tasks to a job, each for itself. */
    List<SubmissionResult> add(JobEntry job, List<NewTask> orders) {
        requireOpen(job.record());
        List<SubmissionResult> answers = new ArrayList<>();
        for (NewTask order : orders) {
            String id = order.spec().id();
            Optional<BatchException> problem = problem(job, order);
            answers.add(problem.map(why -> SubmissionResult.refused(id, why)).orElseGet(() -> add(job, order)));
        }
        return answers;
    }

    /** Adds the first task of a job. */
    void addFirst(JobEntry job, NewTask order) {
        SubmissionResult unused = add(job, order);
    }

    private SubmissionResult add(JobEntry job, NewTask order) {
        TaskRecord record = TaskRecord.submitted(
                job.record().spec().id(), order.spec(), order.rules(), state.nextSequence(), clock.instant());
        state.put(job, record);
        job.enqueue(record);
        return SubmissionResult.added(
                order.spec().id(), record.history().phases().lastModified());
    }

    private static void requireOpen(JobRecord job) {
        if (job.state().takesTasks()) {
            return;
        }
        String code = switch (job.state()) {
            case DELETING -> "JobBeingDeleted";
            case TERMINATING -> "JobBeingTerminated";
            default -> "JobCompleted";
        };
        throw EngineErrors.conflict(
                code,
                "job " + job.spec().id(),
                "it is " + job.state().name().toLowerCase(Locale.ROOT) + " and takes no more tasks");
    }

    private Optional<BatchException> problem(JobEntry job, NewTask order) {
        TaskSpec task = order.spec();
        JobRecord record = job.record();
        if (job.tasks().containsKey(RecordKeys.ofTask(task.id()))) {
            return Optional.of(new BatchException(
                    ErrorCode.ALREADY_EXISTS,
                    "task " + record.spec().id() + "/" + task.id(),
                    "the job has a task of that id"));
        }
        if (record.spec().preparation().isPresent()
                && task.id().equalsIgnoreCase(record.rules().preparation().id())) {
            return conflict(task, "TaskIdSameAsJobPreparationTask", "its id is that of the job's preparation task");
        }
        if (record.spec().preparation().isPresent()
                && task.id().equalsIgnoreCase(record.rules().release().id())) {
            return conflict(task, "TaskIdSameAsJobReleaseTask", "its id is that of the job's release task");
        }
        boolean depends =
                !task.dependsOn().isEmpty() || !order.rules().dependsOn().isEmpty();
        if (depends && !record.spec().usesTaskDependencies()) {
            return conflict(
                    task,
                    "TaskDependenciesNotSpecifiedOnJob",
                    "it depends on other tasks, and its job was created without task dependencies");
        }
        PoolEntry pool = state.pools().get(RecordKeys.of(record.spec().pool()));
        return PackageRules.problem("task " + task.id(), order.rules().applications(), applications)
                .or(() -> pool == null ? Optional.empty() : misfit(pool, task));
    }

    /** Why a pool cannot run a task. */
    private static Optional<BatchException> misfit(PoolEntry pool, TaskSpec task) {
        int slots = pool.record().spec().slotsPerNode();
        return ContainerRules.problem(task, pool.id(), pool.record().runsContainers())
                .or(() -> task.requiredSlots() <= slots
                        ? Optional.empty()
                        : invalid(
                                task,
                                "it takes " + task.requiredSlots() + " slots, and a node of pool " + pool.id() + " has "
                                        + slots));
    }

    private static Optional<BatchException> invalid(TaskSpec task, String message) {
        return Optional.of(new BatchException(ErrorCode.INVALID, "task " + task.id(), message));
    }

    private static Optional<BatchException> conflict(TaskSpec task, String code, String message) {
        return Optional.of(EngineErrors.conflict(code, "task " + task.id(), message));
    }
}
