package io.twinbatch.app.portal.pages;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.workflow.watch.PoolSnapshot;
import io.twinbatch.app.portal.model.JobCharts;
import io.twinbatch.app.portal.model.MatchingTasks;
import io.twinbatch.app.portal.model.Observation;
import io.twinbatch.app.portal.model.PortalJob;
import io.twinbatch.app.portal.model.SecretMask;
import io.twinbatch.app.portal.model.TaskListings.Drawn;
import io.twinbatch.app.portal.model.TaskListings.Listed;
import io.twinbatch.app.portal.model.TaskQuery;
import io.twinbatch.app.portal.model.TaskQuery.Sort;
import io.twinbatch.app.portal.model.TaskState;
import io.twinbatch.app.portal.pages.Frame.Crumb;
import io.twinbatch.app.portal.pages.Frame.Section;
import io.twinbatch.app.portal.server.Answer;
import io.twinbatch.app.portal.server.PageRoutes;
import io.twinbatch.app.portal.server.WebRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A job: its progress, its tasks, drawn and as a table, and what was asked for. */
public final class JobPages {
    private static final String DOWN = "down";

    private final PortalBackend backend;
    private final PortalActions actions;
    private final PageRenderer renderer;

    JobPages(PortalBackend backend, PortalActions actions, PageRenderer renderer) {
        this.backend = backend;
        this.actions = actions;
        this.renderer = renderer;
    }

    void register(PageRoutes routes) {
        routes.get("/jobs/*", (request, names) -> job(request, names.get(0)));
    }

    /**
     * What the page of a job shows.
     *
     * @param job the job
     * @param actions what can be done to it
     * @param tasks the tasks that were asked for
     * @param listed all tasks, as far as they are known
     * @param charts these, drawn; empty while many are drawn for the first time
     * @param waiting what its tasks wait for when none of them runs; empty when one does or none waits
     * @param unprepared the nodes on which its preparation task failed
     * @param preparation its preparation task; empty for none
     * @param release its release task; empty for none
     * @param environment the variables of all its tasks, secrets left out
     * @param metadata what is kept with it, secrets left out
     */
    public record JobDocument(
            PortalJob job,
            ActionBar actions,
            MatchingTasks tasks,
            Listed listed,
            Optional<JobCharts> charts,
            Optional<String> waiting,
            List<NodePreparation> unprepared,
            Optional<NodeTaskText> preparation,
            Optional<NodeTaskText> release,
            Map<String, String> environment,
            Map<String, String> metadata) {
        /** What was asked for. */
        public JobSpec spec() {
            return job.job().spec();
        }

        /** The pool. */
        public PoolId pool() {
            return spec().pool();
        }
    }

    private Answer job(WebRequest request, String id) {
        Observation observation = backend.snapshots().get();
        PortalJob job = backend.job(observation, id);
        JobSpec spec = job.job().spec();
        Drawn drawn = backend.listings().drawn(job);
        List<NodePreparation> unprepared = unprepared(job);
        JobDocument document = new JobDocument(
                job,
                actions.offer(job),
                MatchingTasks.of(drawn.tasks().byId(), query(request)),
                drawn.tasks(),
                drawn.charts(),
                waiting(observation, job, unprepared),
                unprepared,
                spec.preparation().map(NodeTaskText::of),
                spec.release().map(NodeTaskText::of),
                SecretMask.of(spec.environment()),
                SecretMask.of(spec.metadata()));
        return renderer.page(
                "job",
                backend.frame("Job " + id, Section.JOBS, List.of(new Crumb("Jobs", "/jobs")), observation),
                document);
    }

    /** Reads and renders the page of a job. */
    void prepare(PortalJob job) {
        String id = job.id().value();
        Answer unused = job(new WebRequest("GET", List.of("jobs", id), Map.of(), Map.of()), id);
    }

    static TaskQuery query(WebRequest request) {
        return new TaskQuery(
                request.parameter("state").flatMap(TaskState::named),
                request.parameter("q").orElse(""),
                request.parameter("sort").map(Sort::named).orElse(Sort.TASK),
                request.parameter("order").filter(DOWN::equals).isPresent(),
                request.number("page")
                        .map(page -> (int) Math.min(page, Integer.MAX_VALUE))
                        .orElse(1));
    }

    private static List<NodePreparation> unprepared(PortalJob job) {
        if (job.job().spec().preparation().isEmpty() || !job.isActive()) {
            return List.of();
        }
        try {
            return job.look().jobs().preparations(job.id()).stream()
                    .filter(NodePreparation::hasFailed)
                    .toList();
        } catch (BatchException e) {
            // The rest of the page is worth more.
            return List.of();
        }
    }

    private static Optional<String> waiting(Observation observation, PortalJob job, List<NodePreparation> unprepared) {
        if (!job.isActive() || job.counts().queued() == 0 || job.counts().running() > 0) {
            return Optional.empty();
        }
        return Optional.of(observation
                .snapshot()
                .poolOf(job.job())
                .map(pool -> new PoolSnapshot(
                                pool.pool(),
                                pool.nodes(),
                                unprepared.stream()
                                        .collect(Collectors.toMap(
                                                NodePreparation::node, Function.identity(), (first, second) -> second)))
                        .waiting())
                .orElse("there is no pool " + job.job().spec().pool()));
    }

    /**
     * A preparation or release task, secrets left out.
     *
     * @param commandLine its command line
     * @param environment its variables
     * @param files the paths of its resource files
     */
    public record NodeTaskText(String commandLine, Map<String, String> environment, List<String> files) {
        static NodeTaskText of(JobNodeTask task) {
            return new NodeTaskText(
                    SecretMask.commandLine(task.commandLine()),
                    SecretMask.of(task.environment()),
                    task.resourceFiles().stream().map(file -> file.path()).toList());
        }
    }
}
