package io.twinbatch.api.storage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.util.regex.Pattern;

/**
 * The name of a container: 3 to 63 lower-case letters, digits and single dashes, beginning and ending with a letter or
 * a digit. These are the strictest rules among the object stores in use, so that a name is good everywhere.
 *
 * @param value the name
 */
public record ContainerName(String value) implements Comparable<ContainerName> {
    private static final Pattern LEGAL = Pattern.compile("(?=.{3,63}$)[a-z0-9](?:-?[a-z0-9])*");

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when the name breaks a rule. */
    public ContainerName {
        if (!LEGAL.matcher(value).matches()) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "container " + QuotedValue.of(value),
                    "a container's name is 3 to 63 lower-case letters, digits and single dashes,"
                            + " beginning and ending with a letter or digit");
        }
    }

    /** Orders by name. */
    @Override
    public int compareTo(ContainerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
