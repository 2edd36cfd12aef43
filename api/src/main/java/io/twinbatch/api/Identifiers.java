package io.twinbatch.api;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.util.regex.Pattern;

/**
 * The rule that identifiers of pools, jobs and tasks share: 1 to 64 letters, digits, dashes and underscores. It is the
 * rule of Azure Batch (<a href="https://learn.microsoft.com/rest/api/batchservice/pool/add">id of a pool</a>).
 */
public final class Identifiers {
    /** What an identifier matches as a whole. */
    public static final String PATTERN = "[A-Za-z0-9_-]{1,64}";

    private static final Pattern LEGAL = Pattern.compile(PATTERN);

    private Identifiers() {}

    /**
     * Returns the identifier when it is legal.
     *
     * @param kind what it identifies, for the message
     * @throws BatchException {@code INVALID} when it is not
     */
    public static String requireLegal(String kind, String value) {
        if (!LEGAL.matcher(value).matches()) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    kind + " " + QuotedValue.of(value),
                    "the id of a " + kind + " is 1 to 64 letters, digits, dashes and underscores");
        }
        return value;
    }
}
