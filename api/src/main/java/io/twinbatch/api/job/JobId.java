package io.twinbatch.api.job;

import io.twinbatch.api.Identifiers;

/**
 * The identifier of a job, chosen by whoever creates it: 1 to 64 letters, digits, dashes and underscores.
 *
 * @param value the identifier
 */
public record JobId(String value) {
    /** Throws a {@code BatchException} with {@code INVALID} when the identifier breaks the rule. */
    public JobId {
        Identifiers.requireLegal("job", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
