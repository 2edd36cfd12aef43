package io.twinbatch.api.pool;

import io.twinbatch.api.Identifiers;

/**
 * The identifier of a pool, chosen by its creator: 1 to 64 letters, digits, dashes and underscores.
 *
 * @param value the identifier
 */
public record PoolId(String value) {
    /** Throws a {@code BatchException} with {@code INVALID} when the identifier breaks the rule. */
    public PoolId {
        Identifiers.requireLegal("pool", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
