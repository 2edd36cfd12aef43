package io.twinbatch.api.storage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.util.Objects;

/**
 * The place of an object: a container and a name in it. A name has 1 to 1024 characters, none of them a control
 * character or a backslash, and ends neither in a dot nor in a slash; slashes inside it form folders for
 * {@link ObjectStore#list}, none of which is {@code .} or {@code ..}.
 *
 * @param container the container
 * @param name the name within it
 */
public record ObjectKey(ContainerName container, String name) {
    private static final int MAX_NAME_CHARACTERS = 1024;

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when the name breaks a rule. */
    public ObjectKey {
        Objects.requireNonNull(container, "container");
        if (name.isEmpty()
                || name.length() > MAX_NAME_CHARACTERS
                || name.endsWith(".")
                || name.endsWith("/")
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || hasRelativePart(name)
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "object " + QuotedValue.of(name) + " in container " + container,
                    "an object's name has 1 to 1024 characters without control characters and backslashes,"
                            + " does not begin with a slash, does not end in a slash or a dot, and has no part that is"
                            + " '.' or '..'");
        }
    }

    /** A URL with such a part resolves to another object. */
    private static boolean hasRelativePart(String name) {
        String framed = "/" + name + "/";
        return framed.contains("/./") || framed.contains("/../");
    }

    @Override
    public String toString() {
        return container + "/" + name;
    }
}
