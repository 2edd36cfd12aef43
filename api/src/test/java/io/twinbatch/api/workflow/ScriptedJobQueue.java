package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskDetails;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.TaskFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/** A queue that runs the next waiting task at each look at its counts, with a program that the test gives it. */
public final class ScriptedJobQueue implements JobQueue {
    private final Function<TaskSpec, TaskStatus> program;
    private final Map<String, JobSpec> jobs = new HashMap<>();
    private final Map<String, JobState> states = new HashMap<>();
    private final Map<String, Map<String, TaskSpec>> tasks = new HashMap<>();
    private final Map<TaskKey, TaskStatus> statuses = new HashMap<>();
    private final Map<String, String> stderr = new HashMap<>();
    private final Map<String, Instant> created = new HashMap<>();
    private List<NodePreparation> preparations = List.of();
    private InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    public final CallHook hook = new CallHook();

    /** A queue whose tasks end as the program says; a status that is not final leaves the task waiting. */
    public ScriptedJobQueue(Function<TaskSpec, TaskStatus> program) {
        this.program = program;
    }

    /** When jobs are created; otherwise long ago. */
    synchronized void clock(InstantSource newClock) {
        clock = newClock;
    }

    synchronized void wrote(String taskId, String text) {
        stderr.put(taskId, text);
    }

    public synchronized void preparations(List<NodePreparation> found) {
        preparations = found;
    }

    /** Puts a job there, as somebody else would. */
    public synchronized void add(JobSpec spec) {
        jobs.put(spec.id().value(), spec);
        states.put(spec.id().value(), JobState.ACTIVE);
        created.put(spec.id().value(), clock.instant());
        tasks.put(spec.id().value(), new LinkedHashMap<>());
    }

    synchronized void end(JobId id) {
        states.put(id.value(), JobState.COMPLETED);
    }

    synchronized List<TaskSpec> submitted(JobId id) {
        return List.copyOf(tasks.get(id.value()).values());
    }

    @Override
    public synchronized void create(JobSpec spec) {
        hook.before("create", spec.id());
        if (jobs.containsKey(spec.id().value())) {
            throw new BatchException(ErrorCode.ALREADY_EXISTS, "job " + spec.id(), "there is one");
        }
        add(spec);
    }

    @Override
    public synchronized Optional<Job> find(JobId id) {
        return Optional.ofNullable(jobs.get(id.value()))
                .map(spec -> new Job(
                        spec,
                        states.get(id.value()),
                        created.get(id.value()),
                        Optional.empty(),
                        Optional.of("AskedFor")));
    }

    @Override
    public synchronized Stream<Job> list() {
        return jobs.values().stream().flatMap(spec -> find(spec.id()).stream()).toList().stream();
    }

    @Override
    public synchronized void updateMetadata(JobId id, Map<String, String> metadata) {
        hook.before("updateMetadata", id);
        jobs.computeIfPresent(id.value(), (key, spec) -> spec.withMetadata(metadata));
    }

    @Override
    public synchronized void submit(JobId job, List<TaskSpec> specs) {
        hook.before("submit", job);
        for (TaskSpec spec : specs) {
            if (tasksOf(job).putIfAbsent(spec.id(), spec) == null) {
                statuses.put(new TaskKey(job, spec.id()), new TaskStatus.Queued());
            }
        }
    }

    private Map<String, TaskSpec> tasksOf(JobId job) {
        Map<String, TaskSpec> found = tasks.get(job.value());
        if (found == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "job " + job, "there is none");
        }
        return found;
    }

    @Override
    public synchronized TaskCounts counts(JobId job) {
        hook.before("counts", job);
        Map<String, TaskSpec> specs = tasksOf(job);
        if (states.get(job.value()) == JobState.ACTIVE) {
            runNext(job, specs);
        }
        int[] counts = new int[4];
        for (String id : specs.keySet()) {
            TaskStatus status = statuses.get(new TaskKey(job, id));
            counts[status.isFailure() ? 3 : status.isFinal() ? 2 : status instanceof TaskStatus.Queued ? 0 : 1]++;
        }
        return new TaskCounts(counts[0], counts[1], counts[2], counts[3]);
    }

    private void runNext(JobId job, Map<String, TaskSpec> specs) {
        for (TaskSpec spec : specs.values()) {
            TaskKey key = new TaskKey(job, spec.id());
            if (statuses.get(key) instanceof TaskStatus.Queued) {
                statuses.put(key, program.apply(spec));
                return;
            }
        }
    }

    @Override
    public synchronized Stream<Task> tasks(JobId job, TaskFilter filter) {
        hook.before("tasks", filter);
        return tasksOf(job).keySet().stream()
                .map(id -> task(new TaskKey(job, id)).orElseThrow())
                .filter(task -> switch (filter) {
                    case ALL -> true;
                    case UNFINISHED -> !task.status().isFinal();
                    case SUCCEEDED -> task.status().isFinal() && !task.status().isFailure();
                    case FAILED -> task.status().isFailure();
                })
                .toList()
                .stream();
    }

    @Override
    public synchronized List<NodePreparation> preparations(JobId id) {
        return preparations;
    }

    @Override
    public Optional<TaskDetails> details(TaskKey key) {
        throw new UnsupportedOperationException("a run does not ask for it");
    }

    @Override
    public synchronized Optional<Task> task(TaskKey key) {
        return Optional.ofNullable(statuses.get(key))
                .map(status -> new Task(
                        key,
                        status,
                        Optional.empty(),
                        Instant.EPOCH,
                        status instanceof TaskStatus.Queued ? Optional.empty() : Optional.of(Instant.EPOCH),
                        Optional.empty(),
                        OptionalInt.empty(),
                        0,
                        0));
    }

    @Override
    public synchronized List<TaskFile> files(TaskKey key) {
        int length = text(key).getBytes(StandardCharsets.UTF_8).length;
        return List.of(new TaskFile(TaskFile.STDERR, false, length, Instant.EPOCH));
    }

    private String text(TaskKey key) {
        String text = stderr.get(key.task());
        if (text == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "task " + key, "its node is gone");
        }
        return text;
    }

    @Override
    public synchronized InputStream readFile(TaskKey key, String path, long offset) {
        byte[] bytes = text(key).getBytes(StandardCharsets.UTF_8);
        int from = (int) Math.min(offset, bytes.length);
        return new ByteArrayInputStream(bytes, from, bytes.length - from);
    }

    @Override
    public void terminateTask(TaskKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reactivateTask(TaskKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean deleteTask(TaskKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void terminate(JobId id) {
        hook.before("terminate", id);
        states.put(id.value(), JobState.COMPLETED);
        statuses.replaceAll((key, status) -> status instanceof TaskStatus.Running
                ? new TaskStatus.Stopped(FailureInfo.of("TaskEnded", "the job was terminated"))
                : status);
    }

    @Override
    public synchronized boolean delete(JobId id) {
        hook.before("delete", id);
        tasks.remove(id.value());
        return jobs.remove(id.value()) != null;
    }
}
