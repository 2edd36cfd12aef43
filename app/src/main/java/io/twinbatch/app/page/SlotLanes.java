package io.twinbatch.app.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * The tasks of each node side by side, as slots run them. Providers do not say which slot ran a task, so that each task
 * gets the first lane that is free when it starts.
 */
final class SlotLanes {
    private final Map<String, List<List<TaskSpan>>> lanes = new TreeMap<>(SlotLanes::byNumber);

    SlotLanes(List<TaskSpan> tasks, Instant now) {
        Map<String, List<TaskSpan>> byNode = new TreeMap<>();
        tasks.stream()
                .filter(task -> task.started().isPresent())
                .forEach(task -> byNode.computeIfAbsent(task.node(), node -> new ArrayList<>())
                        .add(task));
        byNode.forEach((node, itsTasks) -> lanes.put(node, lanes(itsTasks, now)));
    }

    /** The lanes of each node, each with its tasks in the order of their start. */
    Map<String, List<List<TaskSpan>>> byNode() {
        return lanes;
    }

    int count() {
        return lanes.values().stream().mapToInt(List::size).sum();
    }

    private static List<List<TaskSpan>> lanes(List<TaskSpan> tasks, Instant now) {
        record Busy(Instant until, int lane) {}
        tasks.sort(Comparator.comparing(task -> task.started().orElseThrow()));
        List<List<TaskSpan>> lanes = new ArrayList<>();
        PriorityQueue<Busy> busy = new PriorityQueue<>(Comparator.comparing(Busy::until));
        PriorityQueue<Integer> free = new PriorityQueue<>();
        for (TaskSpan task : tasks) {
            Instant start = task.started().orElseThrow();
            while (!busy.isEmpty() && !busy.peek().until().isAfter(start)) {
                free.add(busy.poll().lane());
            }
            int lane = free.isEmpty() ? lanes.size() : free.poll();
            if (lane == lanes.size()) {
                lanes.add(new ArrayList<>());
            }
            lanes.get(lane).add(task);
            busy.add(new Busy(task.ended().orElse(now), lane));
        }
        return lanes;
    }

    /** Node 2 before node 10. */
    private static int byNumber(String a, String b) {
        int byLength = Integer.compare(a.length(), b.length());
        return byLength == 0 ? a.compareTo(b) : byLength;
    }
}
