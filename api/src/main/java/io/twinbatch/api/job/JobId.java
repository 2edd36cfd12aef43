package io.twinbatch.api.job;

import io.twinbatch.api.Identifiers;
import java.util.regex.Pattern;

/**
 * The identifier of a job, chosen by its creator: 1 to 64 letters, digits, dashes and underscores. A job that a
 * provider's own schedule has made has the schedule's identifier, a colon, and {@code job-} with a number.
 *
 * @param value the identifier
 */
public record JobId(String value) {
    private static final Pattern OF_SCHEDULE = Pattern.compile(Identifiers.PATTERN + ":job-[0-9]{1,9}");

    /** Throws a {@code BatchException} with {@code INVALID} when the identifier breaks the rule. */
    public JobId {
        if (!OF_SCHEDULE.matcher(value).matches()) {
            Identifiers.requireLegal("job", value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
