package io.twinbatch.local.engine.model;

import io.twinbatch.local.record.JobPhase;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** A job with its tasks, those that could run now, and those that wait for others. */
public final class JobEntry {
    private JobRecord record;

    /** By task, in the order of submission. */
    private final Map<String, TaskRecord> tasks = new LinkedHashMap<>();

    private final Deque<String> ready = new ArrayDeque<>();

    private final Dependencies dependencies = new Dependencies();

    /** How many tasks are on nodes. */
    private int assigned;

    /** How many tasks have not ended. */
    private int unfinished;

    /** What is to happen to it because of its tasks, when the present commands are through. */
    private Optional<Consequence> consequence = Optional.empty();

    /** How many release tasks run; -1 before they have been started. */
    private int releasing = -1;

    /** What will end it when its time is up. */
    private Future<?> timeLimit = CompletableFuture.completedFuture(null);

    JobEntry(JobRecord record) {
        this.record = record;
    }

    public JobRecord record() {
        return record;
    }

    public void record(JobRecord newRecord) {
        record = newRecord;
    }

    public String key() {
        return RecordKeys.of(record.spec().id());
    }

    public boolean isActive() {
        return record.state() == JobPhase.ACTIVE;
    }

    public Map<String, TaskRecord> tasks() {
        return tasks;
    }

    public int assigned() {
        return assigned;
    }

    public void assigned(int change) {
        assigned += change;
    }

    public int unfinished() {
        return unfinished;
    }

    public void unfinished(int change) {
        unfinished += change;
    }

    /** What happens to a job because of its tasks. */
    public enum Consequence {
        DISABLED_FOR_FAILURE,
        TERMINATED_FOR_FAILURE,
        TERMINATED_BY_MANAGER
    }

    public Optional<Consequence> consequence() {
        return consequence;
    }

    public void consequence(Optional<Consequence> what) {
        consequence = what;
    }

    public int releasing() {
        return releasing;
    }

    public void releasing(int count) {
        releasing = count;
    }

    public Future<?> timeLimit() {
        return timeLimit;
    }

    public void timeLimit(Future<?> ending) {
        timeLimit = ending;
    }

    /** Puts a queued task in line, at the end, or where it waits for others. */
    public void enqueue(TaskRecord task) {
        if (!dependencies.await(task, tasks)) {
            ready.addLast(RecordKeys.ofTask(task.spec().id()));
        }
    }

    /** Puts a task that a node has given back at the head of the line. */
    public void enqueueFirst(String taskKey) {
        ready.addFirst(taskKey);
    }

    /** Puts those in line that waited for nothing but the end of this task. */
    public void ended(TaskRecord task) {
        if (task.satisfiesDependents()) {
            dependencies.satisfied(RecordKeys.ofTask(task.spec().id())).forEach(ready::addLast);
        }
    }

    /** Takes note of a task from before this engine. */
    public void known(TaskRecord task) {
        if (task.satisfiesDependents()) {
            dependencies.knownSatisfied(RecordKeys.ofTask(task.spec().id()));
        }
    }

    /** Whether there may be tasks in line. */
    public boolean hasLine() {
        return !ready.isEmpty();
    }

    /** The first task in line that is still queued and fits the pool; null when there is none. */
    public TaskRecord firstReady(Predicate<TaskRecord> fits) {
        Iterator<String> line = ready.iterator();
        while (line.hasNext()) {
            TaskRecord task = tasks.get(line.next());
            if (task == null || !isQueued(task)) {
                line.remove();
            } else if (fits.test(task)) {
                return task;
            }
        }
        return null;
    }

    /** Takes a task out of the line. */
    public void take(TaskRecord task) {
        ready.removeFirstOccurrence(RecordKeys.ofTask(task.spec().id()));
    }

    public static boolean isQueued(TaskRecord task) {
        return task.status().isQueued();
    }
}
