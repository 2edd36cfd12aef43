package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskFile;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.local.state.JobRecord;
import io.twinbatch.local.state.JobRules;
import io.twinbatch.local.state.TaskRecord;
import io.twinbatch.local.state.TaskRules;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Jobs whose tasks are processes of this machine. */
public final class LocalJobQueue implements JobQueue {
    private final Engine engine;

    /** The jobs of an engine. */
    public LocalJobQueue(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void create(JobSpec spec) {
        engine.orders().createJob(JobOrder.of(spec, JobRules.DEFAULT));
    }

    @Override
    public Optional<Job> find(JobId id) {
        return engine.view().job(id).map(JobRecord::toJob);
    }

    @Override
    public Stream<Job> list() {
        return engine.view().jobs().map(JobRecord::toJob);
    }

    @Override
    public void updateMetadata(JobId id, Map<String, String> metadata) {
        engine.orders().changeJobMetadata(id, metadata);
    }

    @Override
    public void submit(JobId job, List<TaskSpec> tasks) {
        engine.orders()
                .submitAll(
                        job,
                        tasks.stream()
                                .map(task -> new TaskOrder(task, TaskRules.DEFAULT))
                                .toList());
    }

    @Override
    public TaskCounts counts(JobId job) {
        return engine.view().counts(job);
    }

    @Override
    public Stream<Task> tasks(JobId job, TaskFilter filter) {
        return engine.view()
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
        return engine.view().preparations(job);
    }

    @Override
    public Optional<Task> task(TaskKey key) {
        return engine.view().task(key).map(TaskRecord::toTask);
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
        TaskRecord task = engine.view()
                .task(key)
                .orElseThrow(() -> new BatchException(ErrorCode.NOT_FOUND, "task " + key, "there is no such task"));
        if (task.node().isEmpty()) {
            throw new BatchException(ErrorCode.NOT_FOUND, "task " + key, "it has not been on a node");
        }
        JobRecord job = engine.view()
                .job(key.job())
                .orElseThrow(() -> new BatchException(ErrorCode.NOT_FOUND, "job " + key.job(), "there is no such job"));
        return engine.nodeFolder(task.pool().orElseThrow(), task.node().orElseThrow())
                .task(job.spec().id().value(), task.spec().id());
    }

    @Override
    public void terminateTask(TaskKey key) {
        engine.orders().terminateTask(key, Unchanged.ANY);
    }

    @Override
    public void reactivateTask(TaskKey key) {
        engine.orders().reactivateTask(key, Unchanged.ANY);
    }

    @Override
    public boolean deleteTask(TaskKey key) {
        return engine.orders().deleteTask(key, Unchanged.ANY);
    }

    @Override
    public void terminate(JobId id) {
        engine.orders().terminateJob(id, Unchanged.ANY, "UserTerminate");
    }

    @Override
    public boolean delete(JobId id) {
        return engine.orders().deleteJob(id, Unchanged.ANY);
    }
}
