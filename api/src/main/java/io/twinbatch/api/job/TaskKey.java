package io.twinbatch.api.job;

import io.twinbatch.api.Identifiers;
import java.util.Comparator;
import java.util.Objects;

/**
 * The identity of a task: its job and its own identifier, unique within the job.
 *
 * @param job the job
 * @param task the task: 1 to 64 letters, digits, dashes and underscores
 */
public record TaskKey(JobId job, String task) implements Comparable<TaskKey> {
    private static final Comparator<TaskKey> ORDER =
            Comparator.comparing((TaskKey key) -> key.job().value()).thenComparing(TaskKey::task);

    /** Throws a {@code BatchException} with {@code INVALID} when the identifier breaks the rule. */
    public TaskKey {
        Objects.requireNonNull(job, "job");
        Identifiers.requireLegal("task", task);
    }

    /** Orders by job, then by task. */
    @Override
    public int compareTo(TaskKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return job + "/" + task;
    }
}
