package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.ResultPart;
import io.twinbatch.api.workflow.model.RunEvent.JobCreated;
import io.twinbatch.api.workflow.model.RunEvent.TasksSubmitted;
import io.twinbatch.api.workflow.model.RunEvent.TotalStarted;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.api.workflow.model.TaskCommand;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Creates the job, and adds the tasks with what they need: files, rights, and no more of either. */
public final class TaskSubmission {
    /** Writing as well as creating: a task that is tried again replaces what its first try had stored. */
    private static final Set<AccessRight> OUTPUT_RIGHTS = Set.of(AccessRight.CREATE, AccessRight.WRITE);

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
        List<ResourceFile> files = plan.request().program().applicationNames().stream()
                .map(name -> resource(plan, plan.containers().application(), name, name))
                .toList();
        return spec.preparation()
                .map(task -> new JobNodeTask(task.commandLine(), files, task.environment(), task.elevated()))
                .map(task -> spec.withNodeTasks(task, spec.release()))
                .orElse(spec);
    }

    /**
     * Adds the tasks of the first phase.
     *
     * @param finished those that the job is to do without
     */
    public void submit(RunPlan plan, Set<String> finished, RunEvents events) {
        SignedUrl output = signOutput(plan);
        List<PlannedTask> tasks = plan.tasks().stream()
                .filter(task -> !finished.contains(task.id()))
                .toList();
        List<TaskSpec> specs = new ArrayList<>(tasks.size());
        for (PlannedTask task : tasks) {
            List<ResourceFile> files = new ArrayList<>();
            for (PlannedInput input : task.inputs()) {
                input.files()
                        .forEach(file ->
                                files.add(resource(plan, plan.containers().input(), file.object(), file.nodePath())));
            }
            specs.add(spec(plan, task.id(), task.command(), files, output));
        }
        queue.submit(plan.job().id(), specs);
        events.publish(new TasksSubmitted(specs.size()));
    }

    /**
     * Adds the task of the second phase, which reads what those of the first have stored.
     *
     * @param parts the results of the inputs, for a total that is made of these; otherwise none
     */
    public void submitTotal(RunPlan plan, PlannedTotal total, List<ResultPart> parts, RunEvents events) {
        List<ResourceFile> files = parts.isEmpty() ? storedParts(plan, total) : results(plan, total, parts);
        queue.submit(plan.job().id(), List.of(spec(plan, total.id(), total.command(), files, signOutput(plan))));
        events.publish(new TotalStarted(total.id()));
    }

    private List<ResourceFile> results(RunPlan plan, PlannedTotal total, List<ResultPart> parts) {
        List<ResourceFile> files = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (ResultPart part : parts) {
            String path = "part-" + (paths.size() + 1);
            paths.add(path);
            files.add(resource(plan, plan.containers().output(), part.object(), path));
        }
        plan.request().program().total().orElseThrow().partLists(parts, paths).forEach((path, text) -> {
            String object = Staging.commandFileObject(total.id(), path);
            new SmallObjects(store).put(new ObjectKey(plan.containers().input(), object), text, TransferListener.NONE);
            files.add(resource(plan, plan.containers().input(), object, path));
        });
        return files;
    }

    private List<ResourceFile> storedParts(RunPlan plan, PlannedTotal total) {
        List<ResourceFile> files = new ArrayList<>();
        for (int i = 0; i < plan.tasks().size(); i++) {
            String counts = plan.tasks().get(i).work().countsObject().orElseThrow();
            files.add(resource(
                    plan,
                    plan.containers().output(),
                    counts,
                    total.work().countsPaths().get(i)));
        }
        return files;
    }

    private TaskSpec spec(
            RunPlan plan, String taskId, TaskCommand command, List<ResourceFile> inputs, SignedUrl output) {
        List<ResourceFile> files = new ArrayList<>(inputs);
        for (String path : command.files().keySet()) {
            files.add(resource(plan, plan.containers().input(), Staging.commandFileObject(taskId, path), path));
        }
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.putAll(plan.request().program().outputEnvironment(output));
        List<OutputFile> outputs = new ArrayList<>();
        command.outputs()
                .forEach(file -> outputs.add(new OutputFile(file.pattern(), output, file.object(), file.condition())));
        outputs.add(log(taskId, TaskFile.STDOUT, output));
        outputs.add(log(taskId, TaskFile.STDERR, output));
        TaskSpec.Builder builder = TaskSpec.builder(taskId, command.commandLine())
                .resourceFiles(files)
                .outputFiles(outputs)
                .environment(environment)
                .requiredSlots(plan.request().pool().slotsPerTask());
        plan.request().limits().taskTimeLimit().ifPresent(builder::maxWallClockTime);
        plan.request().program().container().ifPresent(builder::container);
        return builder.build();
    }

    /** What a failing task said outlives its node. */
    private static OutputFile log(String taskId, String fileName, SignedUrl output) {
        return new OutputFile("../" + fileName, output, logObject(taskId, fileName), OutputFile.Condition.FAILURE);
    }

    private ResourceFile resource(RunPlan plan, ContainerName container, String object, String path) {
        return new ResourceFile(store.signRead(new ObjectKey(container, object), RunTimes.lifetime(plan)), path);
    }

    private SignedUrl signOutput(RunPlan plan) {
        return store.signContainer(plan.containers().output(), OUTPUT_RIGHTS, RunTimes.lifetime(plan));
    }
}
