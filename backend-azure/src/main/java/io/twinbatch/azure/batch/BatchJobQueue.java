package io.twinbatch.azure.batch;

import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskDetails;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.client.BatchServiceException;
import io.twinbatch.azure.client.ListOptions;
import io.twinbatch.azure.client.model.FileModel.BatchFile;
import io.twinbatch.azure.client.model.JobModel.JobPatch;
import io.twinbatch.azure.client.model.TaskModel.TaskStateCounts;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Jobs of the Azure Batch service. */
public final class BatchJobQueue implements JobQueue {
    private static final String JOB_EXISTS = "JobExists";
    private static final String BEING_DELETED = "JobBeingDeleted";
    private static final String NO_PREPARATION = "JobPreparationTaskNotSpecified";

    /** A job in one of these states needs no order to end. */
    private static final Set<String> ENDED = Set.of("JobCompleted", "JobBeingTerminated");

    private final BatchRestClient client;
    private final ObjectAccess access;

    /** The jobs of the account that the client speaks for; nodes reach objects by signed URLs. */
    public BatchJobQueue(BatchRestClient client) {
        this(client, ObjectAccess.SIGNED);
    }

    /**
     * The jobs of the account that the client speaks for.
     *
     * @param access how nodes reach objects
     */
    public BatchJobQueue(BatchRestClient client, ObjectAccess access) {
        this.client = client;
        this.access = access;
    }

    @Override
    public void create(JobSpec spec) {
        ServiceCalls calls = calls(spec.id());
        calls.run(() -> client.jobs().add(JobMapping.request(spec, access)), refusal -> {
            boolean exists = refusal.code().equals(JOB_EXISTS);
            if (exists && refusal.mayHaveBeenDone() && isOurs(spec)) {
                return;
            }
            if (exists || refusal.code().equals(BEING_DELETED)) {
                throw BatchErrors.of(ErrorCode.ALREADY_EXISTS, calls.resource(), refusal);
            }
            throw refusal;
        });
    }

    private boolean isOurs(JobSpec spec) {
        return find(spec.id()).filter(job -> JobMapping.isSame(spec, job)).isPresent();
    }

    @Override
    public Optional<Job> find(JobId id) {
        return calls(id).find(() -> client.jobs().get(id.value())).flatMap(JobMapping::read);
    }

    @Override
    public Stream<Job> list() {
        return new ServiceCalls("jobs")
                .list(() -> client.jobs().list(ListOptions.ALL))
                .flatMap(job -> JobMapping.read(job).stream());
    }

    @Override
    public void updateMetadata(JobId id, Map<String, String> metadata) {
        calls(id)
                .run(() -> client.jobs()
                        .patch(
                                id.value(),
                                new JobPatch(null, null, null, null, null, CommonMapping.allPairs(metadata))));
    }

    @Override
    public void submit(JobId job, List<TaskSpec> tasks) {
        new TaskUpload(client, access, job).submit(tasks);
    }

    @Override
    public TaskCounts counts(JobId job) {
        TaskStateCounts counts = calls(job)
                .get(() -> Objects.requireNonNull(
                        client.jobs().taskCounts(job.value()).taskCounts(), "the service told no numbers"));
        return new TaskCounts(counts.active(), counts.running(), counts.succeeded(), counts.failed());
    }

    @Override
    public Stream<Task> tasks(JobId job, TaskFilter filter) {
        ListOptions options = new ListOptions(TaskMapping.filter(filter), TaskMapping.PROPERTIES, null);
        return calls(job)
                .list(() -> client.tasks().list(job.value(), options))
                .map(task -> TaskMapping.read(job, task));
    }

    @Override
    public List<NodePreparation> preparations(JobId job) {
        return calls(job).get(() -> {
            try {
                return client.jobs()
                        .preparationAndReleaseStatus(job.value(), ListOptions.ALL)
                        .flatMap(status -> JobMapping.readPreparation(status).stream())
                        .toList();
            } catch (BatchServiceException e) {
                if (e.code().equals(NO_PREPARATION)) {
                    return List.of();
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<Task> task(TaskKey key) {
        return calls(key)
                .find(() -> client.tasks().get(key.job().value(), key.task()))
                .map(task -> TaskMapping.read(key.job(), task));
    }

    @Override
    public Optional<TaskDetails> details(TaskKey key) {
        return calls(key)
                .find(() -> client.tasks().get(key.job().value(), key.task()))
                .map(TaskMapping::readDetails);
    }

    @Override
    public List<TaskFile> files(TaskKey key) {
        return onNode(
                key,
                () -> FileMapping.read(
                        client.tasks()
                                .files(key.job().value(), key.task(), true, ListOptions.ALL)
                                .toList(),
                        ""));
    }

    @Override
    public InputStream readFile(TaskKey key, String path, long offset) {
        String job = key.job().value();
        return onNode(
                key,
                () -> NodeFile.read("task " + key, path, offset, new NodeFile() {
                    @Override
                    public InputStream all() {
                        return client.tasks().file(job, key.task(), path);
                    }

                    @Override
                    public InputStream part(long first, long last) {
                        return client.tasks().file(job, key.task(), path, first, last);
                    }

                    @Override
                    public BatchFile properties() {
                        return client.tasks().fileProperties(job, key.task(), path);
                    }
                }));
    }

    /** The service calls it a conflict when a task has not been on a node, or its node is gone: no file is there. */
    private <T> T onNode(TaskKey key, Supplier<T> call) {
        ServiceCalls calls = calls(key);
        return calls.get(() -> {
            try {
                return call.get();
            } catch (BatchServiceException e) {
                if (BatchErrors.codeOf(e) == ErrorCode.CONFLICT) {
                    throw BatchErrors.of(ErrorCode.NOT_FOUND, calls.resource(), e);
                }
                throw e;
            }
        });
    }

    @Override
    public void terminateTask(TaskKey key) {
        calls(key).run(() -> client.tasks().terminate(key.job().value(), key.task()), refusal -> {
            if (!refusal.mayHaveBeenDone() || !hasEnded(key, refusal)) {
                throw refusal;
            }
        });
    }

    @Override
    public void reactivateTask(TaskKey key) {
        calls(key).run(() -> client.tasks().reactivate(key.job().value(), key.task()), refusal -> {
            boolean conflict = BatchErrors.codeOf(refusal) == ErrorCode.CONFLICT;
            if (!conflict || !refusal.mayHaveBeenDone() || hasEnded(key, refusal)) {
                throw refusal;
            }
        });
    }

    private boolean hasEnded(TaskKey key, BatchServiceException refusal) {
        return BatchErrors.codeOf(refusal) == ErrorCode.CONFLICT
                && task(key).filter(task -> task.status().isFinal()).isPresent();
    }

    @Override
    public boolean deleteTask(TaskKey key) {
        return calls(key).delete(() -> client.tasks().delete(key.job().value(), key.task()), Set.of());
    }

    @Override
    public void terminate(JobId id) {
        calls(id).run(() -> client.jobs().terminate(id.value(), null), refusal -> {
            if (!ENDED.contains(refusal.code())) {
                throw refusal;
            }
        });
    }

    @Override
    public boolean delete(JobId id) {
        return calls(id).delete(() -> client.jobs().delete(id.value()), Set.of(BEING_DELETED));
    }

    private static ServiceCalls calls(JobId id) {
        return new ServiceCalls("job " + id);
    }

    private static ServiceCalls calls(TaskKey key) {
        return new ServiceCalls("task " + key);
    }
}
