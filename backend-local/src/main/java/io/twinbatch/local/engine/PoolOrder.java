package io.twinbatch.local.engine;

import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.local.state.PoolRules;
import java.util.Objects;

/**
 * A pool to be made.
 *
 * @param spec what is asked for
 * @param rules what is asked for beyond that
 */
public record PoolOrder(PoolSpec spec, PoolRules rules) {
    public PoolOrder {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(rules, "rules");
    }
}
