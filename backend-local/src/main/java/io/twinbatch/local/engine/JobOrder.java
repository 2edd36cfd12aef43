package io.twinbatch.local.engine;

import io.twinbatch.api.job.JobSpec;
import io.twinbatch.local.state.JobRules;
import java.util.Objects;
import java.util.Optional;

/**
 * A job to be created.
 *
 * @param spec what is asked for
 * @param rules what is asked for beyond that
 * @param pool a pool to be made for it
 * @param manager a task to be added first, which manages it
 */
public record JobOrder(JobSpec spec, JobRules rules, Optional<PoolOrder> pool, Optional<TaskOrder> manager) {
    public JobOrder {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(manager, "manager");
    }

    /** A job without a pool or a manager of its own. */
    public static JobOrder of(JobSpec spec, JobRules rules) {
        return new JobOrder(spec, rules, Optional.empty(), Optional.empty());
    }
}
