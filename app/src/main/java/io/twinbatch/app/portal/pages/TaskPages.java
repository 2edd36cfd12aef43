package io.twinbatch.app.portal.pages;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskDetails;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.stage.StoredLogs;
import io.twinbatch.app.portal.model.LogPart;
import io.twinbatch.app.portal.model.LogReader;
import io.twinbatch.app.portal.model.Observation;
import io.twinbatch.app.portal.model.PortalJob;
import io.twinbatch.app.portal.model.SecretMask;
import io.twinbatch.app.portal.pages.Frame.Crumb;
import io.twinbatch.app.portal.pages.Frame.Section;
import io.twinbatch.app.portal.server.Answer;
import io.twinbatch.app.portal.server.PageRoutes;
import io.twinbatch.app.portal.server.WebRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task: how it went and why, what was asked for, and its files, its output first. */
public final class TaskPages {
    private static final int LISTED_FILES = 200;

    private final PortalBackend backend;
    private final PortalActions actions;
    private final PageRenderer renderer;

    TaskPages(PortalBackend backend, PortalActions actions, PageRenderer renderer) {
        this.backend = backend;
        this.actions = actions;
        this.renderer = renderer;
    }

    void register(PageRoutes routes) {
        routes.get("/jobs/*/tasks/*", (request, names) -> task(names.get(0), names.get(1)));
        routes.get("/jobs/*/tasks/*/file", (request, names) -> file(request, names.get(0), names.get(1)));
    }

    /**
     * What the page of a task shows.
     *
     * @param job its job
     * @param task the task
     * @param actions what can be done to it
     * @param details what was asked for; empty when it is gone by now
     * @param commandLine the command line, secrets left out
     * @param environment its variables, secrets left out
     * @param logs what it wrote to standard output and error
     * @param files the files in its folder; empty when that is gone
     * @param omittedFiles how many files are not listed
     */
    public record TaskDocument(
            PortalJob job,
            Task task,
            ActionBar actions,
            Optional<TaskDetails> details,
            String commandLine,
            Map<String, String> environment,
            List<Log> logs,
            List<TaskFile> files,
            int omittedFiles) {
        /** Why it failed, in the provider's words; empty when it did not, or its exit code says it all. */
        public Optional<FailureInfo> failure() {
            return task.status().cause();
        }

        /** How long its last try took; empty before its end. */
        public Optional<Duration> duration() {
            return task.duration();
        }
    }

    /**
     * A file with what the task writes.
     *
     * @param title what it is
     * @param path its path
     * @param part its end; empty when it cannot be had
     * @param note what is to be said about it
     */
    public record Log(String title, String path, Optional<LogPart> part, Optional<String> note) {}

    private Answer task(String jobId, String taskId) {
        Observation observation = backend.snapshots().get();
        PortalJob job = backend.job(observation, jobId);
        Task task = find(job, taskId);
        TaskKey key = task.key();
        Optional<TaskDetails> details = job.look().jobs().details(key);
        List<TaskFile> files = new ArrayList<>(files(job, task));
        files.sort(Comparator.comparing(TaskFile::path));
        int shown = Math.min(LISTED_FILES, files.size());
        TaskDocument document = new TaskDocument(
                job,
                task,
                actions.offer(job, task),
                details,
                details.map(asked -> SecretMask.commandLine(asked.commandLine()))
                        .orElse(""),
                details.map(asked -> SecretMask.of(asked.environment())).orElse(Map.of()),
                List.of(
                        log(job, task, files, "Standard error", TaskFile.STDERR),
                        log(job, task, files, "Standard output", TaskFile.STDOUT)),
                files.subList(0, shown),
                files.size() - shown);
        return renderer.page("task", backend.frame("Task " + taskId, Section.JOBS, crumbs(job), observation), document);
    }

    private static List<Crumb> crumbs(PortalJob job) {
        return List.of(new Crumb("Jobs", "/jobs"), new Crumb("Job " + job.id(), new Links().job(job.id())));
    }

    private static Task find(PortalJob job, String id) {
        TaskKey key = new TaskKey(job.id(), id);
        return job.look()
                .jobs()
                .task(key)
                .orElseThrow(() -> new BatchException(ErrorCode.NOT_FOUND, "task " + key, "there is no such task"));
    }

    /** The files of a task; none before its start, and after its folder is gone. */
    private static List<TaskFile> files(PortalJob job, Task task) {
        if (task.node().isEmpty()) {
            return List.of();
        }
        try {
            return job.look().jobs().files(task.key());
        } catch (BatchException e) {
            if (e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.CONFLICT) {
                return List.of();
            }
            throw e;
        }
    }

    private Log log(PortalJob job, Task task, List<TaskFile> files, String title, String path) {
        if (task.node().isEmpty()) {
            return new Log(title, path, Optional.empty(), Optional.of("The task has not started."));
        }
        boolean listed = files.stream().anyMatch(file -> file.path().equals(path));
        if (listed) {
            try {
                return new Log(
                        title,
                        path,
                        Optional.of(reader(job, task.key(), path, files).end()),
                        Optional.empty());
            } catch (BatchException e) {
                return new Log(title, path, Optional.empty(), Optional.of(e.getMessage() + "."));
            }
        }
        if (!task.status().isFinal()) {
            return new Log(title, path, Optional.empty(), Optional.of("Nothing has been written yet."));
        }
        return stored(job, task, title, path);
    }

    private static LogReader reader(PortalJob job, TaskKey key, String path, List<TaskFile> files) {
        return LogReader.ofFile(path, () -> files, offset -> job.look().jobs().readFile(key, path, offset));
    }

    /** The copy that a failed task leaves in the object store. */
    private Log stored(PortalJob job, Task task, String title, String path) {
        Optional<RunTags> tags = job.tags();
        Optional<ObjectStore> store =
                tags.isPresent() && task.status().isFailure() ? job.look().store() : Optional.empty();
        if (store.isEmpty()) {
            return new Log(title, path, Optional.empty(), Optional.of("The file is gone with its node."));
        }
        try {
            ObjectInfo copy = backend.objects()
                    .info(
                            store.get(),
                            StoredLogs.place(tags.get().run(), task.key().task(), path));
            return new Log(
                    title,
                    path,
                    Optional.of(backend.objects().end(store.get(), copy)),
                    Optional.of("The file is gone with its node; this is its copy in the object store."));
        } catch (BatchException e) {
            return new Log(
                    title,
                    path,
                    Optional.empty(),
                    Optional.of("The file is gone with its node, and there is no copy in the object store."));
        }
    }

    /**
     * What the page of a file shows.
     *
     * @param key the task
     * @param path the path of the file
     * @param part the part of it
     * @param end whether that is its end, which changes as the file grows
     */
    public record FileDocument(TaskKey key, String path, LogPart part, boolean end) {}

    private Answer file(WebRequest request, String jobId, String taskId) {
        Observation observation = backend.snapshots().get();
        PortalJob job = backend.job(observation, jobId);
        TaskKey key = new TaskKey(job.id(), taskId);
        String path = request.parameter("path").orElse(TaskFile.STDOUT);
        LogReader reader = LogReader.ofFile(
                path,
                () -> job.look().jobs().files(key),
                offset -> job.look().jobs().readFile(key, path, offset));
        Optional<Long> at = request.number("at");
        LogPart part = at.map(reader::from).orElseGet(reader::end);
        List<Crumb> crumbs = new ArrayList<>(crumbs(job));
        crumbs.add(new Crumb("Task " + taskId, new Links().task(key)));
        return renderer.page(
                "file",
                backend.frame(path, Section.JOBS, crumbs, observation),
                new FileDocument(key, path, part, at.isEmpty()));
    }
}
