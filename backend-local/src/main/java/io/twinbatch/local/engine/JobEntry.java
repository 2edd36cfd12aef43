package io.twinbatch.local.engine;

import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.local.state.JobRecord;
import io.twinbatch.local.state.TaskRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A job with its tasks, those that could run now, and those that wait for others. */
final class JobEntry {
    private JobRecord record;

    /** By task, in the order of submission. */
    private final Map<String, TaskRecord> tasks = new LinkedHashMap<>();

    private final Deque<String> ready = new ArrayDeque<>();

    /** For a task that has not succeeded yet, the tasks that wait for it. */
    private final Map<String, List<String>> waitingFor = new HashMap<>();

    /** For a task that waits, those that it still waits for. */
    private final Map<String, Set<String>> missing = new HashMap<>();

    /** Tasks that are deleted as soon as they have stopped. */
    private final Set<String> deletedWhenStopped = new HashSet<>();

    /** How many tasks are on nodes. */
    private int assigned;

    /** How many release tasks run; -1 before they have been started. */
    private int releasing = -1;

    /** What will end it when its time is up. */
    private Future<?> timeLimit = CompletableFuture.completedFuture(null);

    JobEntry(JobRecord record) {
        this.record = record;
    }

    JobRecord record() {
        return record;
    }

    void record(JobRecord newRecord) {
        record = newRecord;
    }

    String key() {
        return Keys.of(record.spec().id());
    }

    boolean isActive() {
        return record.state() == JobState.ACTIVE;
    }

    Map<String, TaskRecord> tasks() {
        return tasks;
    }

    Set<String> deletedWhenStopped() {
        return deletedWhenStopped;
    }

    int assigned() {
        return assigned;
    }

    void assigned(int change) {
        assigned += change;
    }

    int releasing() {
        return releasing;
    }

    void releasing(int count) {
        releasing = count;
    }

    Future<?> timeLimit() {
        return timeLimit;
    }

    void timeLimit(Future<?> ending) {
        timeLimit = ending;
    }

    /** Puts a queued task in line, at the end, or where it waits for others. */
    void enqueue(TaskRecord task) {
        String key = Keys.ofTask(task.spec().id());
        Set<String> open = new HashSet<>();
        for (String dependency : task.spec().dependsOn()) {
            String other = Keys.ofTask(dependency);
            TaskRecord found = tasks.get(other);
            if (found == null || !(found.status() instanceof TaskStatus.Succeeded)) {
                waitingFor.computeIfAbsent(other, any -> new ArrayList<>()).add(key);
                open.add(other);
            }
        }
        if (open.isEmpty()) {
            missing.remove(key);
            ready.addLast(key);
        } else {
            missing.put(key, open);
        }
    }

    /** Puts a task that a node has given back at the head of the line. */
    void enqueueFirst(String taskKey) {
        ready.addFirst(taskKey);
    }

    /** Puts those in line that waited for nothing but this task. */
    void succeeded(String taskKey) {
        List<String> waiting = waitingFor.remove(taskKey);
        if (waiting == null) {
            return;
        }
        for (String other : waiting) {
            // One that was deleted or stopped and given again may be in the list twice, or no longer wait for this
            // task.
            Set<String> open = missing.getOrDefault(other, Set.of());
            if (open.contains(taskKey) && open.remove(taskKey) && open.isEmpty()) {
                missing.remove(other);
                ready.addLast(other);
            }
        }
    }

    /** The first task in line that is still queued and takes no more slots than a node has; null when there is none. */
    TaskRecord firstReady(int mostSlots) {
        Iterator<String> line = ready.iterator();
        while (line.hasNext()) {
            TaskRecord task = tasks.get(line.next());
            if (task == null || !isQueued(task)) {
                line.remove();
            } else if (task.spec().requiredSlots() <= mostSlots) {
                return task;
            }
        }
        return null;
    }

    /** Takes a task out of the line. */
    void take(TaskRecord task) {
        ready.removeFirstOccurrence(Keys.ofTask(task.spec().id()));
    }

    static boolean isQueued(TaskRecord task) {
        return task.status() instanceof TaskStatus.Queued || task.status() instanceof TaskStatus.Requeued;
    }
}
