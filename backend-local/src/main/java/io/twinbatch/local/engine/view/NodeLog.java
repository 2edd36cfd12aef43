package io.twinbatch.local.engine.view;

import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What the engine's records say about a node, as lines of a log. */
public final class NodeLog {
    private record Event(Instant time, String text) {}

    private final EngineView view;

    public NodeLog(EngineView view) {
        this.view = view;
    }

    /** The lines of a range of time, its ends included, in the order of time. */
    public List<String> lines(NodeRecord node, Instant from, Instant to) {
        return events(node).stream()
                .filter(event -> !event.time().isBefore(from) && !event.time().isAfter(to))
                .sorted(Comparator.comparing(Event::time))
                .map(event -> event.time() + " " + event.text())
                .toList();
    }

    private List<Event> events(NodeRecord node) {
        String name = "node " + node.id() + " of pool " + node.pool();
        List<Event> events = new ArrayList<>();
        events.add(new Event(node.history().allocated(), name + ": allocated"));
        events.add(new Event(node.history().booted(), name + ": booted"));
        events.add(new Event(node.since(), name + ": state " + node.state()));
        node.startTask().ifPresent(result -> addStartTask(result, events));
        view.jobs()
                .flatMap(job -> view.tasks(job.spec().id()))
                .filter(task -> ranOn(node, task))
                .flatMap(NodeLog::events)
                .forEach(events::add);
        return events;
    }

    private static void addStartTask(StartTaskResult result, List<Event> events) {
        events.add(new Event(result.started(), "start task: started, retries " + result.retries()));
        result.ended()
                .ifPresent(end -> events.add(new Event(
                        end,
                        "start task: ended" + code(result.exitCode())
                                + result.failure().map(NodeLog::cause).orElse(""))));
    }

    private static boolean ranOn(NodeRecord node, TaskRecord task) {
        return task.node().filter(node.id()::equals).isPresent()
                && task.pool().filter(node.pool()::equals).isPresent();
    }

    private static Stream<Event> events(TaskRecord task) {
        String name = "task " + task.key();
        return Stream.concat(
                task.started().stream().map(start -> new Event(start, name + ": started, retries " + task.retries())),
                task.ended().stream()
                        .map(end -> new Event(
                                end,
                                name + ": ended" + code(task.exitCode())
                                        + task.status()
                                                .cause()
                                                .map(NodeLog::cause)
                                                .orElse(""))));
    }

    private static String code(OptionalInt exitCode) {
        return exitCode.isPresent() ? ", exit code " + exitCode.getAsInt() : "";
    }

    /** The message may quote what a client wrote, and is left out. */
    private static String cause(FailureInfo failure) {
        return ", " + failure.code();
    }
}
