package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.workflow.model.ResultPart;
import io.twinbatch.api.workflow.model.RunEvent.JobCreated;
import io.twinbatch.api.workflow.model.RunEvent.TasksSubmitted;
import io.twinbatch.api.workflow.model.RunEvent.TotalStarted;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.model.RunTimes;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Creates the job, and adds the tasks. */
public final class TaskSubmission {
    private final ObjectStore store;
    private final JobQueue queue;
    private final Clock clock;

    public TaskSubmission(ObjectStore store, JobQueue queue, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.clock = clock;
    }

    /** The name under which a task's standard output or error is stored when it failed. */
    public static String logObject(String taskId, String fileName) {
        return taskId + ".log/" + fileName;
    }

    /**
     * Refuses a run whose job is there already, before anything is created.
     *
     * @throws BatchException {@code ALREADY_EXISTS}
     */
    public void refuseExisting(RunPlan plan) {
        JobId id = plan.job().id();
        if (plan.request().jobId().isPresent() && queue.find(id).isPresent()) {
            throw new BatchException(
                    ErrorCode.ALREADY_EXISTS, "job " + id, "a job of that id exists; choose another id, or none");
        }
    }

    /** Creates the job; one of that id that this run had created before is as good. */
    public void createJob(RunPlan plan, CreatedResources owned, RunEvents events) {
        JobSpec spec = complete(plan);
        owned.askedForJob();
        try {
            queue.create(spec);
        } catch (BatchException e) {
            boolean ours = e.code() == ErrorCode.ALREADY_EXISTS
                    && queue.find(plan.job().id())
                            .filter(job -> plan.id().owns(job.spec().metadata()))
                            .isPresent();
            if (!ours) {
                throw e;
            }
        }
        owned.created(Resource.JOB, spec.id().value());
        events.publish(new JobCreated(spec));
    }

    /**
     * The job of the plan with what is known only now: where the preparation task finds the program, and the time until
     * which the job is needed.
     */
    private JobSpec complete(RunPlan plan) {
        RunTags tags = RunTags.unleased(plan);
        if (!plan.request().keepJob()) {
            tags = tags.until(clock.instant().plus(RunTimes.lifetime(plan)));
        }
        JobSpec spec = plan.job().withMetadata(tags.toMetadata());
        List<ResourceFile> files = new SignedTasks(store, plan).programFiles();
        return spec.preparation()
                .map(task -> task.withResourceFiles(files))
                .map(task -> spec.withNodeTasks(task, spec.release()))
                .orElse(spec);
    }

    /**
     * Adds the tasks of the first phase.
     *
     * @param finished those that the job is to do without
     */
    public void submit(RunPlan plan, Set<String> finished, RunEvents events) {
        SignedTasks tasks = new SignedTasks(store, plan);
        List<TaskSpec> specs = plan.tasks().stream()
                .filter(task -> !finished.contains(task.id()))
                .map(tasks::of)
                .toList();
        queue.submit(plan.job().id(), specs);
        events.publish(new TasksSubmitted(specs.size()));
    }

    /**
     * Adds the task of the second phase, which reads what those of the first have stored.
     *
     * @param parts the results of the inputs, for a total that is made of these; otherwise none
     */
    public void submitTotal(RunPlan plan, PlannedTotal total, List<ResultPart> parts, RunEvents events) {
        SignedTasks tasks = new SignedTasks(store, plan);
        tasks.partLists(parts).forEach((path, text) -> {
            String object = Staging.commandFileObject(total.id(), path);
            new SmallObjects(store).put(new ObjectKey(plan.containers().input(), object), text, TransferListener.NONE);
        });
        queue.submit(plan.job().id(), List.of(tasks.of(total, parts)));
        events.publish(new TotalStarted(total.id()));
    }
}
