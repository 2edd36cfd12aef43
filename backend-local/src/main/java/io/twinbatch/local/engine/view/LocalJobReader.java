package io.twinbatch.local.engine.view;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskDetails;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.local.engine.host.NodeFolders;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.TaskRecord;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What can be seen of jobs whose tasks are processes of this machine, from a view of the engine's records. */
public class LocalJobReader implements JobReader {
    private final Supplier<EngineView> view;
    private final NodeFolders folders;

    /**
     * The jobs of an engine, which may be at work in another process.
     *
     * @param view the records as they are now
     * @param folders where the nodes of that engine are
     */
    public LocalJobReader(Supplier<EngineView> view, NodeFolders folders) {
        this.view = view;
        this.folders = folders;
    }

    @Override
    public Optional<Job> find(JobId id) {
        return view.get().job(id).map(JobRecord::toJob);
    }

    @Override
    public Stream<Job> list() {
        return view.get().jobs().map(JobRecord::toJob);
    }

    @Override
    public TaskCounts counts(JobId job) {
        return view.get().counts(job);
    }

    @Override
    public Stream<Task> tasks(JobId job, TaskFilter filter) {
        return view.get()
                .tasks(job)
                .filter(task -> matches(task.status(), filter))
                .map(TaskRecord::toTask);
    }

    private static boolean matches(TaskStatus status, TaskFilter filter) {
        return switch (filter) {
            case ALL -> true;
            case UNFINISHED -> !status.isFinal();
            case SUCCEEDED -> status instanceof TaskStatus.Succeeded;
            case FAILED -> status.isFailure();
        };
    }

    @Override
    public List<NodePreparation> preparations(JobId job) {
        return view.get().preparations(job);
    }

    @Override
    public Optional<Task> task(TaskKey key) {
        return view.get().task(key).map(TaskRecord::toTask);
    }

    @Override
    public Optional<TaskDetails> details(TaskKey key) {
        return view.get().task(key).map(task -> TaskDetails.of(task.spec()));
    }

    @Override
    public List<TaskFile> files(TaskKey key) {
        return NodeFiles.list("task " + key, folder(key), "", true);
    }

    @Override
    public InputStream readFile(TaskKey key, String path, long offset) {
        return NodeFiles.read("task " + key, folder(key), path, offset);
    }

    private Path folder(TaskKey key) {
        TaskRecord task = view.get()
                .task(key)
                .orElseThrow(() -> new BatchException(ErrorCode.NOT_FOUND, "task " + key, "there is no such task"));
        if (task.node().isEmpty()) {
            throw new BatchException(ErrorCode.NOT_FOUND, "task " + key, "it has not been on a node");
        }
        JobRecord job = view.get()
                .job(key.job())
                .orElseThrow(() -> new BatchException(ErrorCode.NOT_FOUND, "job " + key.job(), "there is no such job"));
        return folders.node(task.pool().orElseThrow(), task.node().orElseThrow())
                .task(job.spec().id().value(), task.spec().id());
    }
}
