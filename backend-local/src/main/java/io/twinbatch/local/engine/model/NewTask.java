package io.twinbatch.local.engine.model;

import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.local.record.TaskRules;
import java.util.Objects;

/**
 * A task to be added.
 *
 * @param spec what is asked for
 * @param rules what is asked for beyond that
 */
public record NewTask(TaskSpec spec, TaskRules rules) {
    public NewTask {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(rules, "rules");
    }
}
