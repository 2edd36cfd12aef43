package io.twinbatch.local.engine;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.local.engine.model.NewJob;
import io.twinbatch.local.engine.model.NewTask;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.engine.view.LocalJobReader;
import io.twinbatch.local.record.JobRules;
import io.twinbatch.local.record.TaskRules;
import java.util.List;
import java.util.Map;

/** Jobs whose tasks are processes of this machine. */
public final class LocalJobQueue extends LocalJobReader implements JobQueue {
    private final Engine engine;

    /** The jobs of an engine. */
    public LocalJobQueue(Engine engine) {
        super(engine::view, engine.nodeFolders());
        this.engine = engine;
    }

    @Override
    public void create(JobSpec spec) {
        engine.orders().createJob(NewJob.of(spec, JobRules.DEFAULT));
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
                                .map(task -> new NewTask(task, TaskRules.DEFAULT))
                                .toList());
    }

    @Override
    public void terminateTask(TaskKey key) {
        engine.orders().terminateTask(key, Precondition.ANY);
    }

    @Override
    public void reactivateTask(TaskKey key) {
        engine.orders().reactivateTask(key, Precondition.ANY);
    }

    @Override
    public boolean deleteTask(TaskKey key) {
        return engine.orders().deleteTask(key, Precondition.ANY);
    }

    @Override
    public void terminate(JobId id) {
        engine.orders().terminateJob(id, Precondition.ANY, "UserTerminate");
    }

    @Override
    public boolean delete(JobId id) {
        return engine.orders().deleteJob(id, Precondition.ANY);
    }
}
