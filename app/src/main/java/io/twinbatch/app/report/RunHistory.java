package io.twinbatch.app.report;

import io.twinbatch.api.job.Task;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened in a run on the way to its result.
 *
 * @param tasks its tasks as they were at last; empty when they were never listed
 * @param steps its steps, in order
 * @param uploads what it uploaded
 * @param downloads what it downloaded
 * @param nodes how long it had nodes
 * @param warnings what it was warned of
 */
public record RunHistory(
        List<Task> tasks,
        List<StepTime> steps,
        Transferred uploads,
        Transferred downloads,
        NodeUse nodes,
        List<String> warnings) {
    /** Nothing has happened. */
    public static final RunHistory NONE = new RunHistory(
            List.of(), List.of(), Transferred.NONE, Transferred.NONE, new NodeUse(0, Duration.ZERO), List.of());

    public RunHistory {
        tasks = List.copyOf(tasks);
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }

    /**
     * When a step was done.
     *
     * @param step the step
     * @param started when it began
     * @param elapsed how long it took; empty when it did not come to its end
     */
    public record StepTime(Step step, Instant started, Optional<Duration> elapsed) {}

    /**
     * What was transferred.
     *
     * @param files the number of files
     * @param bytes the number of bytes
     * @param elapsed how long it took
     */
    public record Transferred(int files, long bytes, Duration elapsed) {
        /** Nothing was. */
        public static final Transferred NONE = new Transferred(0, 0, Duration.ZERO);

        /** This and another one after it. */
        public Transferred plus(Transferred other) {
            return new Transferred(files + other.files, bytes + other.bytes, elapsed.plus(other.elapsed));
        }

        /** Bytes per second; empty when it took no time that can be measured. */
        public Optional<Long> bytesPerSecond() {
            return elapsed.toMillis() == 0 ? Optional.empty() : Optional.of(bytes * 1000 / elapsed.toMillis());
        }
    }

    /**
     * How long a run had nodes, from their order to their deletion, all nodes together.
     *
     * @param most the largest number of nodes at a time
     * @param time the time of all nodes together
     */
    public record NodeUse(int most, Duration time) {
        private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
        private static final int DIGITS = 6;

        /** What that time costs at a price per hour. */
        public BigDecimal cost(BigDecimal pricePerHour) {
            return BigDecimal.valueOf(time.toMillis())
                    .multiply(pricePerHour)
                    .divide(MILLIS_PER_HOUR, DIGITS, RoundingMode.HALF_UP);
        }
    }
}
