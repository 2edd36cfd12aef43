package io.twinbatch.local.engine.host;

import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.local.faults.FaultPlan;
import io.twinbatch.local.node.ContainerFiles;
import io.twinbatch.local.node.FolderStart;
import io.twinbatch.local.node.NodeEnvironment;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.node.NodeServices;
import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.node.TaskUser;
import io.twinbatch.local.node.WorkSpec;
import io.twinbatch.local.record.ContainerSource;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.MultiInstance;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.NodeTaskRules;
import io.twinbatch.local.record.PoolRules;
import io.twinbatch.local.record.TaskRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;

/** Turns tasks of every kind into work for nodes. */
public final class WorkFactory {
    private final NodeFolders folders;
    private final NodeEnvironment environment;
    private final NodeServices tools;
    private final FaultPlan faults;
    private final TaskTokens tokens;

    private final Function<PoolId, PoolRules> pools;
    private final UserChoice users;

    public WorkFactory(
            NodeFolders folders,
            NodeEnvironment environment,
            NodeServices tools,
            FaultPlan faults,
            TaskTokens tokens,
            Function<PoolId, PoolRules> pools,
            UserChoice users) {
        this.folders = folders;
        this.environment = environment;
        this.tools = tools;
        this.faults = faults;
        this.tokens = tokens;
        this.pools = pools;
        this.users = users;
    }

    public NodeWork startTask(NodeRecord node, StartTask task, PoolRules rules) {
        NodeFolder folder = folders.node(node.pool(), node.id());
        Map<String, String> variables =
                nodeVariables(node, folder, task.container().isPresent());
        NodeEnvironment.addFolder(variables, folder.startup());
        variables.putAll(task.environment());
        OptionalInt failure = faults.startTaskFailure(node.pool(), node.id());
        WorkSpec spec = new WorkSpec(
                newId(),
                failure.isEmpty() ? task.commandLine() : "/bin/sh -c 'exit " + failure.getAsInt() + "'",
                folder.root(),
                folder.startup(),
                FolderStart.EMPTY,
                failure.isEmpty() ? task.resourceFiles() : List.of(),
                failure.isEmpty() ? files(rules.containers()) : List.of(),
                List.of(),
                variables,
                Optional.empty(),
                true,
                List.of(),
                users.of(rules, rules.document(), UserChoice.Kind.START_TASK),
                failure.isEmpty() ? task.container() : Optional.empty());
        return new NodeWork(spec, tools, NodeWork.Listener.NONE);
    }

    public NodeWork preparation(NodeRecord node, JobRecord job) {
        return nodeTask(
                node,
                job,
                job.rules().preparation(),
                job.spec().preparation().orElseThrow(),
                UserChoice.Kind.PREPARATION);
    }

    public NodeWork release(NodeRecord node, JobRecord job) {
        return nodeTask(node, job, job.rules().release(), job.spec().release().orElseThrow(), UserChoice.Kind.RELEASE);
    }

    private NodeWork nodeTask(
            NodeRecord node, JobRecord job, NodeTaskRules rules, JobNodeTask task, UserChoice.Kind kind) {
        NodeFolder nodeFolder = folders.node(node.pool(), node.id());
        Path folder = nodeFolder.task(job.spec().id().value(), rules.id());
        boolean inContainer = task.container().isPresent();
        Map<String, String> variables = taskVariables(node, nodeFolder, job.spec(), rules.id(), folder, inContainer);
        if (!rules.id().equals(job.rules().preparation().id())) {
            addPreparation(variables, nodeFolder, job);
        }
        variables.putAll(task.environment());
        WorkSpec spec = new WorkSpec(
                newId(),
                task.commandLine(),
                nodeFolder.root(),
                folder,
                FolderStart.EMPTY,
                task.resourceFiles(),
                files(rules.containers()),
                List.of(),
                variables,
                rules.maxWallClockTime(),
                true,
                List.of(),
                users.of(pools.apply(node.pool()), job.rules().document(), kind),
                task.container());
        return new NodeWork(spec, tools, NodeWork.Listener.NONE);
    }

    /**
     * A task on a node of its own.
     *
     * @param lastTry whether it is not tried again when it fails
     * @param listener hears how far it has come
     */
    public NodeWork task(NodeRecord node, JobRecord job, TaskRecord task, boolean lastTry, NodeWork.Listener listener) {
        String workId = newId();
        Map<String, String> variables = variables(workId, node, job, task, Map.of());
        WorkSpec spec = command(
                workId,
                node,
                job,
                task,
                FolderStart.EMPTY,
                variables,
                task.spec().maxWallClockTime(),
                lastTry);
        return new NodeWork(spec, tools, listener, faults(node, task));
    }

    /** The coordination command of a task on several nodes, on one of them. */
    public NodeWork coordination(InstancePlace place, JobRecord job, TaskRecord task) {
        MultiInstance settings = task.rules().multiInstance().orElseThrow();
        NodeFolder nodeFolder = folders.node(place.node().pool(), place.node().id());
        Path folder = nodeFolder.task(job.spec().id().value(), task.spec().id());
        String workId = newId();
        FolderStart start = new FolderStart.Anew(settings.commonFiles(), files(settings.commonContainers()));
        WorkSpec spec = new WorkSpec(
                workId,
                settings.coordinationCommandLine(),
                nodeFolder.root(),
                folder,
                start,
                place.isPrimary() ? task.spec().resourceFiles() : List.of(),
                place.isPrimary() ? files(task.rules().containers()) : List.of(),
                List.of(),
                variables(workId, place.node(), job, task, place.variables(folder)),
                task.spec().maxWallClockTime(),
                true,
                task.rules().applications(),
                user(place.node(), task),
                Optional.empty());
        return new NodeWork(spec, tools, NodeWork.Listener.NONE, faults(place.node(), task));
    }

    /**
     * The command line of a task on several nodes, on that of the primary, after the coordination command.
     *
     * @param timeLeft how long it may take
     * @param lastTry whether it is not tried again when it fails
     * @param listener hears how far it has come
     */
    public NodeWork application(
            InstancePlace place,
            JobRecord job,
            TaskRecord task,
            Optional<Duration> timeLeft,
            boolean lastTry,
            NodeWork.Listener listener) {
        NodeRecord node = place.node();
        Path folder = folders.node(node.pool(), node.id())
                .task(job.spec().id().value(), task.spec().id());
        String workId = newId();
        Map<String, String> variables = variables(workId, node, job, task, place.variables(folder));
        WorkSpec spec = command(workId, node, job, task, new FolderStart.Kept(), variables, timeLeft, lastTry);
        return new NodeWork(spec, tools, listener, faults(node, task));
    }

    private WorkSpec command(
            String workId,
            NodeRecord node,
            JobRecord job,
            TaskRecord task,
            FolderStart start,
            Map<String, String> variables,
            Optional<Duration> timeLimit,
            boolean lastTry) {
        NodeFolder nodeFolder = folders.node(node.pool(), node.id());
        return new WorkSpec(
                workId,
                task.spec().commandLine(),
                nodeFolder.root(),
                nodeFolder.task(job.spec().id().value(), task.spec().id()),
                start,
                task.spec().resourceFiles(),
                files(task.rules().containers()),
                task.spec().outputFiles(),
                variables,
                timeLimit,
                lastTry,
                task.rules().applications(),
                user(node, task),
                task.spec().container());
    }

    private TaskUser user(NodeRecord node, TaskRecord task) {
        return users.of(pools.apply(node.pool()), task.rules().document(), UserChoice.Kind.TASK);
    }

    /** The variables of a task; those of its own take the place of all others. */
    private Map<String, String> variables(
            String workId, NodeRecord node, JobRecord job, TaskRecord task, Map<String, String> ofInstance) {
        NodeFolder nodeFolder = folders.node(node.pool(), node.id());
        String id = task.spec().id();
        Path folder = nodeFolder.task(job.spec().id().value(), id);
        boolean inContainer = task.spec().container().isPresent();
        Map<String, String> variables = taskVariables(node, nodeFolder, job.spec(), id, folder, inContainer);
        addPreparation(variables, nodeFolder, job);
        if (task.rules().usesJob()) {
            variables.put(
                    "AZ_BATCH_AUTHENTICATION_TOKEN",
                    tokens.issue(workId, job.spec().id()));
        }
        variables.putAll(ofInstance);
        variables.putAll(task.spec().environment());
        return variables;
    }

    private static void addPreparation(Map<String, String> variables, NodeFolder nodeFolder, JobRecord job) {
        if (job.spec().preparation().isPresent()) {
            String id = job.rules().preparation().id();
            NodeEnvironment.addPreparation(
                    variables, nodeFolder.task(job.spec().id().value(), id));
        }
    }

    private TaskFaultInjection faults(NodeRecord node, TaskRecord task) {
        return new TaskFaultInjection(faults, node, task.key());
    }

    private static List<ContainerFiles> files(List<ContainerSource> sources) {
        return sources.stream()
                .map(source -> new ContainerFiles(source.container(), source.prefix(), source.folder()))
                .toList();
    }

    private Map<String, String> nodeVariables(NodeRecord node, NodeFolder folder, boolean inContainer) {
        NodeEnvironment surroundings = inContainer ? environment.inContainer() : environment;
        Map<String, String> variables =
                surroundings.ofNode(node.pool().value(), node.id().value(), node.dedicated(), folder);
        node.packages().forEach(installed -> variables.putAll(installed.variables(folder.root())));
        return variables;
    }

    private Map<String, String> taskVariables(
            NodeRecord node, NodeFolder nodeFolder, JobSpec job, String taskId, Path folder, boolean inContainer) {
        Map<String, String> variables = new HashMap<>(nodeVariables(node, nodeFolder, inContainer));
        NodeEnvironment.addFolder(variables, folder);
        NodeEnvironment.addTask(variables, job.id().value(), taskId);
        variables.putAll(job.environment());
        return variables;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
