package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.ResultPart;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.api.workflow.model.TaskCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Describes the work of a plan as a job queue takes it: with the signed URLs of the files that it needs and of the container
 * that it writes to, and no more of either.
 */
public final class SignedTasks {
    /** Writing as well as creating: a task that is tried again replaces what its first try had stored. */
    private static final Set<AccessRight> OUTPUT_RIGHTS = Set.of(AccessRight.CREATE, AccessRight.WRITE);

    private final ObjectStore store;
    private final RunPlan plan;
    private SignedUrl output;

    /**
     * Describes the tasks of a plan.
     *
     * @param store signs the URLs; nothing is stored
     */
    public SignedTasks(ObjectStore store, RunPlan plan) {
        this.store = store;
        this.plan = plan;
    }

    /** One right for all tasks, granted when the first of them needs it. */
    private SignedUrl output() {
        if (output == null) {
            output = store.signContainer(plan.containers().output(), OUTPUT_RIGHTS, RunTimes.lifetime(plan));
        }
        return output;
    }

    /** The files of the program, which the job's preparation task brings to each node. */
    public List<ResourceFile> programFiles() {
        return plan.request().program().applicationNames().stream()
                .map(name -> resource(plan.containers().application(), name, name))
                .toList();
    }

    /** A task of the first phase. */
    public TaskSpec of(PlannedTask task) {
        List<ResourceFile> files = new ArrayList<>();
        for (PlannedInput input : task.inputs()) {
            input.files()
                    .forEach(file -> files.add(resource(plan.containers().input(), file.object(), file.nodePath())));
        }
        return spec(task.id(), task.command(), files);
    }

    /**
     * The task of the second phase, which reads what those of the first have stored.
     *
     * @param parts the results of the inputs, for a total that is made of these; otherwise none
     */
    public TaskSpec of(PlannedTotal total, List<ResultPart> parts) {
        return spec(total.id(), total.command(), parts.isEmpty() ? storedParts(total) : results(total, parts));
    }

    /** The texts that name the results to the task of the second phase: path on the node, and content. */
    Map<String, String> partLists(List<ResultPart> parts) {
        return parts.isEmpty()
                ? Map.of()
                : plan.request().program().total().orElseThrow().partLists(parts, paths(parts));
    }

    private static List<String> paths(List<ResultPart> parts) {
        return IntStream.rangeClosed(1, parts.size())
                .mapToObj(number -> "part-" + number)
                .toList();
    }

    private List<ResourceFile> results(PlannedTotal total, List<ResultPart> parts) {
        List<ResourceFile> files = new ArrayList<>();
        List<String> paths = paths(parts);
        for (int i = 0; i < parts.size(); i++) {
            files.add(resource(plan.containers().output(), parts.get(i).object(), paths.get(i)));
        }
        partLists(parts).keySet().forEach(path -> files.add(commandFile(total.id(), path)));
        return files;
    }

    private List<ResourceFile> storedParts(PlannedTotal total) {
        List<ResourceFile> files = new ArrayList<>();
        for (int i = 0; i < plan.tasks().size(); i++) {
            String counts = plan.tasks().get(i).work().countsObject().orElseThrow();
            files.add(resource(
                    plan.containers().output(),
                    counts,
                    total.work().countsPaths().get(i)));
        }
        return files;
    }

    private TaskSpec spec(String taskId, TaskCommand command, List<ResourceFile> inputs) {
        List<ResourceFile> files = new ArrayList<>(inputs);
        command.files().keySet().forEach(path -> files.add(commandFile(taskId, path)));
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.putAll(plan.request().program().outputEnvironment(output()));
        List<OutputFile> outputs = new ArrayList<>();
        command.outputs()
                .forEach(
                        file -> outputs.add(new OutputFile(file.pattern(), output(), file.object(), file.condition())));
        outputs.add(log(taskId, TaskFile.STDOUT, output()));
        outputs.add(log(taskId, TaskFile.STDERR, output()));
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
        return new OutputFile(
                "../" + fileName, output, TaskSubmission.logObject(taskId, fileName), OutputFile.Condition.FAILURE);
    }

    private ResourceFile commandFile(String taskId, String path) {
        return resource(plan.containers().input(), Staging.commandFileObject(taskId, path), path);
    }

    private ResourceFile resource(ContainerName container, String object, String path) {
        return new ResourceFile(store.signRead(new ObjectKey(container, object), RunTimes.lifetime(plan)), path);
    }
}
