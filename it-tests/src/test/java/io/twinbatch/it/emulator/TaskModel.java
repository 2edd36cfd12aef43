package io.twinbatch.it.emulator;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A task as the service's documentation has it, for as long as its program does not end by itself.
 *
 * @param stage how far it has come
 * @param ending whether its end was ordered, so that it may be completed any time
 * @param etag its version
 */
record TaskModel(Stage stage, boolean ending, String etag) {
    /** There is no such task. */
    static final TaskModel ABSENT = new TaskModel(Stage.ABSENT, false, "");

    /** How far a task has come. It gets on by itself, without a new version. */
    enum Stage {
        ABSENT,
        ACTIVE,
        PREPARING,
        RUNNING,
        COMPLETED
    }

    /** What the task may be after an event; nothing when the answer is not right for what it was before. */
    Stream<TaskModel> after(TaskHistory.Event event) {
        return (ending ? Stream.of(this, at(Stage.COMPLETED)) : Stream.of(this))
                .flatMap(model -> model.answering(event).stream());
    }

    private List<TaskModel> answering(TaskHistory.Event event) {
        if (event.action().equals("add")) {
            return stage == Stage.ABSENT
                    ? when(event.status() == 201, new TaskModel(Stage.ACTIVE, false, event.etag()))
                    : when(event.status() == 409, this);
        }
        if (stage == Stage.ABSENT) {
            return when(event.status() == 404, this);
        }
        return switch (event.action()) {
            case "get", "list" -> seen(event);
            case "delete" -> when(event.status() == 200, ABSENT);
            case "update" -> updated(event);
            case "terminate" -> terminated(event);
            default -> throw new IllegalArgumentException(event.action());
        };
    }

    private List<TaskModel> seen(TaskHistory.Event event) {
        Stage now =
                Stage.valueOf(event.state().isEmpty() ? "ABSENT" : event.state().toUpperCase(Locale.ROOT));
        boolean possible = now == stage || (now.compareTo(stage) > 0 && now != Stage.COMPLETED);
        return when(event.status() == 200 && event.etag().equals(etag) && possible, at(now));
    }

    private List<TaskModel> updated(TaskHistory.Event event) {
        if (!event.condition().isEmpty() && !event.condition().equals(etag)) {
            return when(event.status() == 412, this);
        }
        if (stage == Stage.COMPLETED) {
            return when(event.status() == 409, this);
        }
        return when(event.status() == 200 && isNewer(event.etag()), new TaskModel(stage, ending, event.etag()));
    }

    private List<TaskModel> terminated(TaskHistory.Event event) {
        if (stage == Stage.COMPLETED) {
            return when(event.status() == 409, this);
        }
        return when(event.status() == 204 && isNewer(event.etag()), new TaskModel(stage, true, event.etag()));
    }

    private TaskModel at(Stage other) {
        return new TaskModel(other, ending, etag);
    }

    private boolean isNewer(String other) {
        return Long.decode(other) > Long.decode(etag);
    }

    private static List<TaskModel> when(boolean right, TaskModel after) {
        return right ? List.of(after) : List.of();
    }
}
