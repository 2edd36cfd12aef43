package io.twinbatch.local.engine.model;

import io.twinbatch.local.record.IdRange;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which tasks of a job wait for which others. */
final class Dependencies {
    /** For a task that has not satisfied those that wait for it, the tasks that wait. */
    private final Map<String, List<String>> waitingFor = new HashMap<>();

    /** For a task that waits, what it still waits for: other tasks and ranges of them. */
    private final Map<String, Set<Object>> missing = new HashMap<>();

    private final List<OpenRange> openRanges = new ArrayList<>();

    /** The numbers of tasks, as far as their ids are numbers, that have satisfied those that wait for them. */
    private final TreeSet<Integer> satisfiedNumbers = new TreeSet<>();

    private static final class OpenRange {
        private final String waiting;
        private final IdRange range;
        private long left;

        OpenRange(String waiting, IdRange range, long left) {
            this.waiting = waiting;
            this.range = range;
            this.left = left;
        }
    }

    /** Has a task wait for those it depends on; false when it need not. */
    boolean await(TaskRecord task, Map<String, TaskRecord> tasks) {
        String key = RecordKeys.ofTask(task.spec().id());
        Set<Object> open = new HashSet<>();
        for (String dependency : task.spec().dependsOn()) {
            String other = RecordKeys.ofTask(dependency);
            TaskRecord found = tasks.get(other);
            if (found == null || !found.satisfiesDependents()) {
                waitingFor.computeIfAbsent(other, any -> new ArrayList<>()).add(key);
                open.add(other);
            }
        }
        openRanges.removeIf(range -> range.waiting.equals(key));
        for (IdRange range : task.rules().dependsOn()) {
            long left = range.size()
                    - satisfiedNumbers
                            .subSet(range.first(), true, range.last(), true)
                            .size();
            if (left > 0) {
                openRanges.add(new OpenRange(key, range, left));
                open.add(range);
            }
        }
        if (open.isEmpty()) {
            missing.remove(key);
            return false;
        }
        missing.put(key, open);
        return true;
    }

    /** A task was there before those that may wait for it. */
    void knownSatisfied(String taskKey) {
        IdRange.number(taskKey).ifPresent(satisfiedNumbers::add);
    }

    /** Returns those that waited for nothing but this task. */
    List<String> satisfied(String taskKey) {
        List<String> released = new ArrayList<>();
        List<String> waiting = waitingFor.remove(taskKey);
        if (waiting != null) {
            waiting.forEach(other -> found(other, taskKey, released));
        }
        IdRange.number(taskKey).ifPresent(number -> satisfied(number, released));
        return released;
    }

    private void satisfied(int number, List<String> released) {
        if (!satisfiedNumbers.add(number)) {
            return;
        }
        openRanges.removeIf(open -> {
            if (!open.range.contains(number)) {
                return false;
            }
            open.left--;
            if (open.left == 0) {
                found(open.waiting, open.range, released);
            }
            return open.left == 0;
        });
    }

    private void found(String waiting, Object what, List<String> released) {
        // One that was deleted or stopped and given again may be noted twice, or no longer wait for this.
        Set<Object> open = missing.getOrDefault(waiting, Set.of());
        if (open.contains(what) && open.remove(what) && open.isEmpty()) {
            missing.remove(waiting);
            released.add(waiting);
        }
    }
}
