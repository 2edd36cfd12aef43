package io.twinbatch.local.engine.model;

import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.local.record.PoolRules;
import java.util.Objects;

/**
 * A pool to be made.
 *
 * @param spec what is asked for
 * @param rules what is asked for beyond that
 */
public record NewPool(PoolSpec spec, PoolRules rules) {
    public NewPool {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(rules, "rules");
    }
}
