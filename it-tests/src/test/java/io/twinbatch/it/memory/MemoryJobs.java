package io.twinbatch.it.memory;

import io.twinbatch.api.error.BatchException;
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
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.task.TaskFile;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The jobs of a cluster. */
final class MemoryJobs implements JobQueue {
    private final MemoryCluster cluster;

    MemoryJobs(MemoryCluster cluster) {
        this.cluster = cluster;
    }

    private static BatchException refusal(ErrorCode code, Object what, String message) {
        return new BatchException(code, what.toString(), message);
    }

    private Optional<MemoryJob> known(JobId id) {
        return Optional.ofNullable(cluster.jobs.get(MemoryCluster.lower(id)));
    }

    private MemoryJob job(JobId id) {
        return known(id).orElseThrow(() -> refusal(ErrorCode.NOT_FOUND, "job " + id, "there is none"));
    }

    private Optional<MemoryTask> known(TaskKey key) {
        return known(key.job()).map(job -> job.tasks.get(MemoryCluster.lower(key.task())));
    }

    private MemoryTask existing(TaskKey key) {
        return known(key).orElseThrow(() -> refusal(ErrorCode.NOT_FOUND, "task " + key, "there is none"));
    }

    @Override
    public void create(JobSpec spec) {
        synchronized (cluster) {
            MemoryJob job = new MemoryJob(spec);
            if (cluster.jobs.putIfAbsent(MemoryCluster.lower(spec.id()), job) != null) {
                throw refusal(ErrorCode.ALREADY_EXISTS, "job " + spec.id(), "there is one of that id");
            }
            cluster.endAfterItsTime(job);
        }
    }

    @Override
    public void updateMetadata(JobId id, Map<String, String> metadata) {
        synchronized (cluster) {
            MemoryJob job = job(id);
            job.spec = job.spec.withMetadata(metadata);
        }
    }

    @Override
    public void submit(JobId id, List<TaskSpec> tasks) {
        synchronized (cluster) {
            MemoryJob job = job(id);
            if (!job.isActive()) {
                throw refusal(ErrorCode.CONFLICT, "job " + id, "it takes no more tasks");
            }
            List<String> refused = new ArrayList<>();
            for (TaskSpec task : tasks) {
                if (isTaken(job, task)) {
                    job.tasks.putIfAbsent(MemoryCluster.lower(task.id()), new MemoryTask(job, task));
                } else {
                    refused.add(task.id());
                }
            }
            cluster.schedule();
            if (!refused.isEmpty()) {
                throw refusal(
                        ErrorCode.INVALID,
                        "job " + id,
                        refused.size() + " tasks cannot be taken, such as "
                                + refused.stream().limit(5).toList());
            }
        }
    }

    private boolean isTaken(MemoryJob job, TaskSpec task) {
        boolean fits = Optional.ofNullable(cluster.pools.get(MemoryCluster.lower(job.spec.pool())))
                .map(pool -> task.requiredSlots() <= pool.spec.slotsPerNode())
                .orElse(true);
        boolean free = job.spec.preparation().isEmpty()
                || !MemoryCluster.lower(task.id()).equals(MemoryJob.PREPARATION);
        boolean mayDepend = task.dependsOn().isEmpty() || job.spec.usesTaskDependencies();
        return fits && free && mayDepend && task.container().isEmpty();
    }

    @Override
    public void terminateTask(TaskKey key) {
        synchronized (cluster) {
            MemoryTask task = existing(key);
            if (task.status().isFinal()) {
                throw refusal(ErrorCode.CONFLICT, "task " + key, "it has ended");
            }
            cluster.stop(task, "it was terminated");
            cluster.schedule();
        }
    }

    @Override
    public void reactivateTask(TaskKey key) {
        synchronized (cluster) {
            MemoryTask task = existing(key);
            if (!task.status().isFailure() || !task.job.isActive()) {
                throw refusal(ErrorCode.CONFLICT, "task " + key, "it has not ended badly, or its job has ended");
            }
            task.reactivated();
            cluster.schedule();
        }
    }

    @Override
    public boolean deleteTask(TaskKey key) {
        synchronized (cluster) {
            Optional<MemoryTask> found = known(key);
            found.ifPresent(task -> {
                task.attempt.ifPresent(run -> cluster.stop(task, "it was deleted"));
                task.node.ifPresent(node -> FolderReader.delete(node.folder(task.job, task.spec)));
                task.job.tasks.remove(MemoryCluster.lower(key.task()));
                cluster.schedule();
            });
            return found.isPresent();
        }
    }

    @Override
    public void terminate(JobId id) {
        synchronized (cluster) {
            cluster.terminate(job(id), "it was terminated");
            cluster.schedule();
        }
    }

    @Override
    public boolean delete(JobId id) {
        synchronized (cluster) {
            Optional<MemoryJob> found = known(id);
            found.ifPresent(cluster::delete);
            return found.isPresent();
        }
    }

    @Override
    public Optional<Job> find(JobId id) {
        synchronized (cluster) {
            return known(id).map(MemoryJob::snapshot);
        }
    }

    @Override
    public Stream<Job> list() {
        synchronized (cluster) {
            return cluster.jobs.values().stream().map(MemoryJob::snapshot).toList().stream();
        }
    }

    @Override
    public TaskCounts counts(JobId id) {
        synchronized (cluster) {
            MemoryJob job = job(id);
            int queued = count(job, MemoryTask::isQueued);
            int running = count(job, task -> task.attempt.isPresent());
            int succeeded = count(job, task -> task.status() instanceof TaskStatus.Succeeded);
            return new TaskCounts(
                    queued, running, succeeded, count(job, task -> task.status().isFailure()));
        }
    }

    private static int count(MemoryJob job, Predicate<MemoryTask> which) {
        return (int) job.tasks.values().stream().filter(which).count();
    }

    @Override
    public Stream<Task> tasks(JobId id, TaskFilter filter) {
        synchronized (cluster) {
            return job(id).tasks.values().stream()
                    .filter(task -> switch (filter) {
                        case ALL -> true;
                        case UNFINISHED -> !task.status().isFinal();
                        case SUCCEEDED -> task.status() instanceof TaskStatus.Succeeded;
                        case FAILED -> task.status().isFailure();
                    })
                    .map(MemoryTask::snapshot)
                    .toList()
                    .stream();
        }
    }

    @Override
    public List<NodePreparation> preparations(JobId id) {
        synchronized (cluster) {
            MemoryJob job = job(id);
            return cluster.pools.values().stream()
                    .flatMap(pool -> pool.nodes.stream())
                    .filter(node -> node.preparations.containsKey(job))
                    .map(node -> node.preparations.get(job).snapshot(node.id))
                    .toList();
        }
    }

    @Override
    public Optional<Task> task(TaskKey key) {
        synchronized (cluster) {
            return known(key).map(MemoryTask::snapshot);
        }
    }

    @Override
    public Optional<TaskDetails> details(TaskKey key) {
        synchronized (cluster) {
            return known(key).map(task -> TaskDetails.of(task.spec));
        }
    }

    private FolderReader folder(TaskKey key) {
        MemoryTask task = existing(key);
        return task.node
                .filter(cluster::has)
                .map(node -> new FolderReader("task " + key, node.folder(task.job, task.spec)))
                .orElseThrow(() -> refusal(ErrorCode.NOT_FOUND, "task " + key, "it is on no node"));
    }

    @Override
    public List<TaskFile> files(TaskKey key) {
        synchronized (cluster) {
            return folder(key).list("");
        }
    }

    @Override
    public InputStream readFile(TaskKey key, String path, long offset) {
        synchronized (cluster) {
            return folder(key).read(path, offset);
        }
    }
}
