package io.twinbatch.app.portal.pages;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.workflow.watch.PoolSnapshot;
import io.twinbatch.app.portal.model.LogPart;
import io.twinbatch.app.portal.model.LogReader;
import io.twinbatch.app.portal.model.Observation;
import io.twinbatch.app.portal.model.PortalJob;
import io.twinbatch.app.portal.model.PortalPool;
import io.twinbatch.app.portal.model.SecretMask;
import io.twinbatch.app.portal.model.Snapshot;
import io.twinbatch.app.portal.model.TaskState;
import io.twinbatch.app.portal.pages.Frame.Crumb;
import io.twinbatch.app.portal.pages.Frame.Section;
import io.twinbatch.app.portal.server.Answer;
import io.twinbatch.app.portal.server.PageRoutes;
import io.twinbatch.app.portal.server.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pools, their nodes, and what a node runs. */
public final class PoolPages {
    /** The folder of the start task below the root folder of a node, as the service has it. */
    private static final String START_TASK_FOLDER = "startup";

    private static final int JOBS = 3;
    private static final int TASKS = 20;

    private final PortalBackend backend;
    private final PortalActions actions;
    private final PageRenderer renderer;

    PoolPages(PortalBackend backend, PortalActions actions, PageRenderer renderer) {
        this.backend = backend;
        this.actions = actions;
        this.renderer = renderer;
    }

    void register(PageRoutes routes) {
        routes.get("/pools", (request, names) -> pools());
        routes.get("/pools/*", (request, names) -> pool(names.get(0)));
        routes.get("/pools/*/node", (request, names) -> node(request, names.get(0)));
    }

    /** What a node does, in a few words. */
    public static String describe(Node node) {
        return PoolSnapshot.describe(node);
    }

    private Answer pools() {
        Observation observation = backend.snapshots().get();
        return renderer.page(
                "pools",
                backend.frame("Pools and nodes", Section.POOLS, List.of(), observation),
                observation.snapshot());
    }

    /**
     * What the page of a pool shows.
     *
     * @param view the pool
     * @param actions what can be done to it
     * @param jobs the jobs on it
     * @param running the tasks that its nodes run, by node
     * @param complete whether these are all of them
     * @param startTask its start task; empty for none
     * @param metadata what is kept with it, secrets left out
     */
    public record PoolDocument(
            PortalPool view,
            ActionBar actions,
            List<PortalJob> jobs,
            Map<NodeId, List<Task>> running,
            boolean complete,
            Optional<StartTaskText> startTask,
            Map<String, String> metadata) {
        /** What a node runs. */
        public List<Task> on(Node node) {
            return running.getOrDefault(node.id(), List.of());
        }
    }

    /**
     * A start task, secrets left out.
     *
     * @param commandLine its command line
     * @param environment its variables
     * @param files the paths of its resource files
     */
    public record StartTaskText(String commandLine, Map<String, String> environment, List<String> files) {
        static StartTaskText of(StartTask task) {
            return new StartTaskText(
                    SecretMask.commandLine(task.commandLine()),
                    SecretMask.of(task.environment()),
                    task.resourceFiles().stream().map(file -> file.path()).toList());
        }
    }

    private Answer pool(String id) {
        Observation observation = backend.snapshots().get();
        PortalPool view = backend.pool(observation, id);
        List<PortalJob> jobs = observation.snapshot().jobs().stream()
                .filter(job -> job.job().spec().pool().equals(view.pool().id()))
                .toList();
        List<Task> tasks = new ArrayList<>();
        boolean complete = tasks(jobs, tasks);
        Map<NodeId, List<Task>> running = tasks.stream()
                .filter(task ->
                        TaskState.of(task) == TaskState.RUNNING && task.node().isPresent())
                .collect(Collectors.groupingBy(task -> task.node().orElseThrow()));
        PoolDocument document = new PoolDocument(
                view,
                actions.offer(view),
                jobs,
                running,
                complete,
                view.pool().spec().startTask().map(StartTaskText::of),
                SecretMask.of(view.pool().spec().metadata()));
        return renderer.page(
                "pool",
                backend.frame(
                        "Pool " + id, Section.POOLS, List.of(new Crumb("Pools and nodes", "/pools")), observation),
                document);
    }

    /** Adds the tasks of the jobs that are at work, and returns whether these are all of them. */
    private boolean tasks(List<PortalJob> jobs, List<Task> all) {
        List<PortalJob> atWork = jobs.stream().filter(PortalJob::isActive).toList();
        boolean complete = atWork.size() <= JOBS;
        for (PortalJob job : atWork.stream().limit(JOBS).toList()) {
            try {
                var listed = backend.listings().of(job);
                all.addAll(listed.byId());
                complete &= listed.complete();
            } catch (BatchException e) {
                complete = false;
            }
        }
        return complete;
    }

    /**
     * What the page of a node shows.
     *
     * @param view its pool
     * @param node the node
     * @param running the tasks that it runs
     * @param ended the last tasks that ended on it, the newest first
     * @param logs the files of its start task
     */
    public record NodeDocument(PortalPool view, Node node, List<Task> running, List<Task> ended, List<NodeLog> logs) {}

    /**
     * A file of a start task.
     *
     * @param title what it is
     * @param part its end; empty when it cannot be had
     * @param note why not
     */
    public record NodeLog(String title, Optional<LogPart> part, String note) {}

    private Answer node(WebRequest request, String poolId) {
        Observation observation = backend.snapshots().get();
        PortalPool view = backend.pool(observation, poolId);
        String id = request.parameter("id").orElse("");
        Node node = view.nodes().stream()
                .filter(one -> one.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new BatchException(
                        ErrorCode.NOT_FOUND,
                        "node " + QuotedValue.of(id),
                        "pool " + poolId + " has no such node, or not any more"));
        List<Task> tasks = new ArrayList<>();
        tasks(
                observation.snapshot().jobs().stream()
                        .filter(job ->
                                job.job().spec().pool().equals(view.pool().id()))
                        .toList(),
                tasks);
        List<Task> here = tasks.stream()
                .filter(task -> task.node().filter(node.id()::equals).isPresent())
                .toList();
        NodeDocument document = new NodeDocument(
                view,
                node,
                here.stream()
                        .filter(task -> TaskState.of(task) == TaskState.RUNNING)
                        .toList(),
                here.stream()
                        .filter(task -> task.status().isFinal())
                        .sorted(Snapshot.newestFirst())
                        .limit(TASKS)
                        .toList(),
                List.of(
                        log(view, node, "Standard error of the start task", TaskFile.STDERR),
                        log(view, node, "Standard output of the start task", TaskFile.STDOUT)));
        List<Crumb> crumbs = List.of(
                new Crumb("Pools and nodes", "/pools"),
                new Crumb("Pool " + poolId, new Links().pool(view.pool().id())));
        return renderer.page("node", backend.frame("Node " + id, Section.POOLS, crumbs, observation), document);
    }

    private static NodeLog log(PortalPool view, Node node, String title, String file) {
        if (view.pool().spec().startTask().isEmpty()) {
            return new NodeLog(title, Optional.empty(), "The pool has no start task.");
        }
        String path = START_TASK_FOLDER + "/" + file;
        LogReader reader = LogReader.ofFile(
                path,
                () -> view.look().pools().files(view.pool().id(), node.id(), START_TASK_FOLDER),
                offset -> view.look().pools().readFile(view.pool().id(), node.id(), path, offset));
        try {
            return new NodeLog(title, Optional.of(reader.end()), "");
        } catch (BatchException e) {
            return new NodeLog(title, Optional.empty(), e.getMessage() + ".");
        }
    }
}
