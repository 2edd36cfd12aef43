package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which tasks of a job are shown.
 *
 * @param state only those in this state; empty for all
 * @param text only those whose id, node, exit code or ending has this text, in whatever case; empty for all
 * @param sort in which order
 * @param descending whether the order is turned around
 * @param page which page, from 1
 */
public record TaskQuery(Optional<TaskState> state, String text, Sort sort, boolean descending, int page) {
    /** The longest text that is searched for. */
    public static final int MAX_TEXT = 200;

    /** Every task, the first page. */
    public static final TaskQuery ALL = new TaskQuery(Optional.empty(), "", Sort.TASK, false, 1);

    public TaskQuery {
        text = text.strip();
        text = text.substring(0, Math.min(MAX_TEXT, text.length()));
        page = Math.max(1, page);
    }

    /** The orders. */
    public enum Sort {
        /** By id, numbers in it by their value. */
        TASK(TaskOrder.BY_ID),
        /** By state. */
        STATE(Comparator.comparing(TaskState::of)),
        /** By exit code; tasks without one first. */
        EXIT(Comparator.comparing(task -> task.exitCode().orElse(Integer.MIN_VALUE))),
        /** By node. */
        NODE(Comparator.comparing(task -> task.node().map(Object::toString).orElse(""))),
        /** By start; those that have not started last. */
        START(Comparator.comparing(task -> task.started().orElse(Instant.MAX))),
        /** By duration; those that have not ended first. */
        DURATION(Comparator.comparing(task -> task.duration().orElse(Duration.ZERO)));

        @SuppressWarnings("ImmutableEnumChecker") // These comparators have no state.
        private final Comparator<Task> order;

        Sort(Comparator<Task> order) {
            this.order = order;
        }

        /** The order of a name; by id when no order has it. */
        public static Sort named(String name) {
            return Stream.of(values())
                    .filter(sort -> sort.label().equals(name))
                    .findFirst()
                    .orElse(TASK);
        }

        /** Its name in addresses. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Comparator<Task> order() {
        return descending ? sort.order.reversed() : sort.order;
    }

    /** Whether tasks that are sorted by id need no other order. */
    boolean isById() {
        return sort == Sort.TASK && !descending;
    }

    boolean matches(Task task) {
        return state.map(wanted -> TaskState.of(task) == wanted).orElse(true) && (text.isEmpty() || hasText(task));
    }

    private boolean hasText(Task task) {
        return contains(task.key().task())
                || task.node().map(node -> contains(node.value())).orElse(false)
                || (task.status().isFinal() && contains(task.status().describe()));
    }

    private boolean contains(String value) {
        int last = value.length() - text.length();
        for (int i = 0; i <= last; i++) {
            if (value.regionMatches(true, i, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }

    /** The same on another page. */
    public TaskQuery onPage(int other) {
        return new TaskQuery(state, text, sort, descending, other);
    }
}
