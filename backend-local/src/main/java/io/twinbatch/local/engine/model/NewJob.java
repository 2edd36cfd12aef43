package io.twinbatch.local.engine.model;

import io.twinbatch.api.job.JobSpec;
import io.twinbatch.local.record.JobRules;
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
public record NewJob(JobSpec spec, JobRules rules, Optional<NewPool> pool, Optional<NewTask> manager) {
    public NewJob {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(manager, "manager");
    }

    /** A job without a pool or a manager of its own. */
    public static NewJob of(JobSpec spec, JobRules rules) {
        return new NewJob(spec, rules, Optional.empty(), Optional.empty());
    }
}
