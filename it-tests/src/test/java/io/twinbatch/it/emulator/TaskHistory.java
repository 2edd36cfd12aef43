package io.twinbatch.it.emulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What several clients did to one task and were told about it, and whether one order of events explains it: every event
 * happens at one moment between its request and its answer, and each answer is right for what had happened before.
 */
final class TaskHistory {
    private final List<Event> events;

    TaskHistory(List<Event> events) {
        this.events =
                events.stream().sorted(Comparator.comparingLong(Event::asked)).toList();
    }

    /** The events up to which an order was found, and those that fit nowhere behind; empty when all fit. */
    Optional<String> contradiction() {
        Deque<Step> open = new ArrayDeque<>();
        Set<Step> seen = new HashSet<>();
        Step furthest = new Step(new BitSet(), TaskModel.ABSENT, null, null);
        open.push(furthest);
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (step.done.cardinality() == events.size()) {
                return Optional.empty();
            }
            if (step.done.cardinality() > furthest.done.cardinality()) {
                furthest = step;
            }
            for (Step next : next(step)) {
                if (seen.add(next)) {
                    open.push(next);
                }
            }
        }
        return Optional.of(describe(furthest));
    }

    /** What may have happened next: an event that was asked for before any other one that is left was answered. */
    private List<Step> next(Step step) {
        long firstAnswer = Long.MAX_VALUE;
        List<Step> steps = new ArrayList<>();
        for (int i = step.done.nextClearBit(0); i < events.size(); i = step.done.nextClearBit(i + 1)) {
            Event event = events.get(i);
            if (event.asked() > firstAnswer) {
                break;
            }
            firstAnswer = Math.min(firstAnswer, event.answered());
        }
        for (int i = step.done.nextClearBit(0); i < events.size(); i = step.done.nextClearBit(i + 1)) {
            Event event = events.get(i);
            if (event.asked() > firstAnswer) {
                break;
            }
            BitSet done = (BitSet) step.done.clone();
            done.set(i);
            step.model.after(event).forEach(after -> steps.add(new Step(done, after, step, event)));
        }
        return steps;
    }

    private String describe(Step furthest) {
        List<String> order = new ArrayList<>();
        for (Step step = furthest; step.event != null; step = step.before) {
            order.add(0, step.event.toString());
        }
        List<String> left = new ArrayList<>();
        for (int i = furthest.done.nextClearBit(0); i < events.size(); i = furthest.done.nextClearBit(i + 1)) {
            left.add(events.get(i).toString());
        }
        return "after\n" + String.join("\n", order) + "\nwhich leaves " + furthest.model + ", none of these fits:\n"
                + String.join("\n", left);
    }

    /**
     * A request and its answer.
     *
     * @param client who asked
     * @param action what for: {@code add}, {@code get}, {@code list}, {@code update}, {@code terminate}, {@code delete}
     * @param condition the version that the task had to have; empty for any
     * @param status the answer's status; of a listing, 200 when the task was there, 404 when it was not
     * @param etag the version that the answer told; empty for none
     * @param state the state that the answer told; empty for none
     * @param asked when it was asked, on this machine's clock of nanoseconds
     * @param answered when the answer was there
     */
    record Event(
            int client,
            String action,
            String condition,
            int status,
            String etag,
            String state,
            long asked,
            long answered) {}

    private static final class Step {
        private final BitSet done;
        private final TaskModel model;
        private final Step before;
        private final Event event;

        Step(BitSet done, TaskModel model, Step before, Event event) {
            this.done = done;
            this.model = model;
            this.before = before;
            this.event = event;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Step step && done.equals(step.done) && model.equals(step.model);
        }

        @Override
        public int hashCode() {
            return 31 * done.hashCode() + model.hashCode();
        }
    }
}
