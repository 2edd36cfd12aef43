package io.twinbatch.api.pool;

import java.util.Objects;

/**
 * The identifier of a node within its pool, chosen by the provider.
 *
 * @param value the identifier; any text that is not empty
 */
public record NodeId(String value) {
    public NodeId {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the id of a node must not be empty");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
