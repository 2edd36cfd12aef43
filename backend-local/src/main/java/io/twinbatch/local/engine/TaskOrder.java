package io.twinbatch.local.engine;

import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.local.state.TaskRules;
import java.util.Objects;

/**
 * A task to be added.
 *
 * @param spec what is asked for
 * @param rules what is asked for beyond that
 */
public record TaskOrder(TaskSpec spec, TaskRules rules) {
    public TaskOrder {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(rules, "rules");
    }
}
