package io.twinbatch.azure.batch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.client.BatchServiceException;
import io.twinbatch.azure.client.model.TaskModel.TaskAdd;
import io.twinbatch.azure.client.model.TaskModel.TaskAddCollection;
import io.twinbatch.azure.client.model.TaskModel.TaskAddResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Adds any number of tasks to one job, in collections of the size that the service takes, a few of them at once. A
 * collection that is too large is halved. A task that the service could not take this time is sent again; one that the
 * job has already counts as taken, because an earlier answer may have been lost.
 */
public final class TaskUpload {
    /**
     * The most bytes of a request that adds tasks, also of one with a single task (<a
     * href="https://learn.microsoft.com/rest/api/batchservice/task/add-task-collection">Add Task Collection</a>).
     */
    public static final int MAX_REQUEST_BYTES = 1 << 20;

    /** As many as the service takes in one request. */
    static final int MAX_COLLECTION_SIZE = 100;

    private static final int AT_ONCE = 8;
    private static final int TOO_LARGE = 413;

    private final BatchRestClient client;
    private final ObjectAccess access;
    private final JobId job;

    TaskUpload(BatchRestClient client, ObjectAccess access, JobId job) {
        this.client = client;
        this.access = access;
        this.job = job;
    }

    /** How many bytes a request has that adds a task alone. */
    public static long requestBytes(BatchRestClient client, ObjectAccess access, TaskSpec task) {
        return client.tasks().size(new TaskAddCollection(List.of(TaskMapping.request(task, access))));
    }

    /** Adds the tasks; throws what {@link io.twinbatch.api.job.JobQueue#submit} says. */
    void submit(List<TaskSpec> tasks) {
        List<List<TaskAdd>> collections = split(tasks);
        List<RejectedTask> refusals = new ArrayList<>();
        if (collections.size() == 1) {
            refusals.addAll(send(collections.get(0)));
        }
        if (collections.size() > 1) {
            refusals.addAll(sendAtOnce(collections));
        }
        if (!refusals.isEmpty()) {
            throw RejectedTask.report(job, tasks, refusals);
        }
    }

    private List<List<TaskAdd>> split(List<TaskSpec> tasks) {
        List<TaskAdd> requests =
                tasks.stream().map(task -> TaskMapping.request(task, access)).toList();
        List<List<TaskAdd>> collections = new ArrayList<>();
        for (int start = 0; start < requests.size(); start += MAX_COLLECTION_SIZE) {
            collections.add(requests.subList(start, Math.min(requests.size(), start + MAX_COLLECTION_SIZE)));
        }
        return collections;
    }

    private List<RejectedTask> sendAtOnce(List<List<TaskAdd>> collections) {
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(AT_ONCE, collections.size()), this::worker);
        try {
            CompletionService<List<RejectedTask>> sent = new ExecutorCompletionService<>(workers);
            collections.forEach(collection -> sent.submit(() -> send(collection)));
            List<RejectedTask> refusals = new ArrayList<>();
            for (int i = 0; i < collections.size(); i++) {
                refusals.addAll(result(sent.take()));
            }
            return refusals;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            // After a failure the other collections are of no use: all are sent again, or none.
            workers.shutdownNow();
        }
    }

    private Thread worker(Runnable work) {
        Thread thread = new Thread(work, "submission to job " + job);
        thread.setDaemon(true);
        return thread;
    }

    private List<RejectedTask> result(Future<List<RejectedTask>> sent) throws InterruptedException {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw BatchErrors.translate(resource(), e.getCause());
        }
    }

    private List<RejectedTask> send(List<TaskAdd> collection) {
        List<RejectedTask> refusals = new ArrayList<>();
        Deque<List<TaskAdd>> open = new ArrayDeque<>(List.of(collection));
        while (!open.isEmpty()) {
            List<TaskAdd> part = open.pop();
            try {
                refusals.addAll(sendPart(part));
            } catch (BatchServiceException e) {
                if (e.status() != TOO_LARGE) {
                    throw BatchErrors.translate(resource(), e);
                }
                if (part.size() == 1) {
                    refusals.add(RejectedTask.tooLarge(part.get(0), e));
                    continue;
                }
                open.push(part.subList(part.size() / 2, part.size()));
                open.push(part.subList(0, part.size() / 2));
            } catch (RuntimeException e) {
                throw BatchErrors.translate(resource(), e);
            }
        }
        return refusals;
    }

    private List<RejectedTask> sendPart(List<TaskAdd> part) {
        List<RejectedTask> refusals = new ArrayList<>();
        List<TaskAdd> open = part;
        for (int attempt = 1; ; attempt++) {
            Map<TaskAdd, RejectedTask> notTaken = sendOnce(open);
            boolean last = attempt >= client.limits().tries();
            notTaken.values().stream()
                    .filter(refusal -> last || !refusal.isPassing())
                    .forEach(refusals::add);
            open = open.stream()
                    .filter(task ->
                            notTaken.containsKey(task) && notTaken.get(task).isPassing())
                    .toList();
            if (last || open.isEmpty()) {
                return refusals;
            }
            sleep(attempt);
        }
    }

    /** Sends the tasks and returns those that are not in the job now, with the reason. */
    private Map<TaskAdd, RejectedTask> sendOnce(List<TaskAdd> tasks) {
        List<TaskAddResult> results = CommonMapping.orEmpty(client.tasks()
                .addCollection(job.value(), new TaskAddCollection(tasks))
                .value());
        Map<String, TaskAddResult> byId = new HashMap<>();
        results.stream()
                .filter(result -> result.taskId() != null)
                .forEach(result -> byId.put(result.taskId().toLowerCase(Locale.ROOT), result));
        Map<TaskAdd, RejectedTask> notTaken = new HashMap<>();
        for (TaskAdd task : tasks) {
            RejectedTask.of(task, byId.get(task.id().toLowerCase(Locale.ROOT)))
                    .ifPresent(refusal -> notTaken.put(task, refusal));
        }
        return notTaken;
    }

    private void sleep(int attempt) {
        try {
            client.sleeper().sleep(client.limits().after(attempt));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private BatchException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new BatchException(ErrorCode.UNKNOWN, resource(), "interrupted before all tasks were submitted", cause);
    }

    private String resource() {
        return "job " + job;
    }
}
