package io.twinbatch.api.task;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container image, by the name under which a registry has it.
 *
 * @param name such as {@code registry.example.com/tools/convert:2.1}; a name without tag and digest gets the tag
 *     {@code latest}
 */
public record ContainerImage(String name) {
    private static final int MAX_LENGTH = 512;
    private static final String WORD = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String HOST =
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::[0-9]{1,5})?";
    private static final Pattern NAME = Pattern.compile("(?:" + HOST + "/)?" + WORD + "(?:/" + WORD + ")*"
            + "(?<tag>:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?<digest>@sha256:[a-f0-9]{64})?");

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} for what cannot be the name of an image. */
    public ContainerImage {
        // A longer text is not matched at all: the pattern would take long for some.
        Matcher parts = NAME.matcher(name.length() > MAX_LENGTH ? "" : name);
        if (!parts.matches()) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "container image '" + QuotedValue.of(name) + "'",
                    "a name such as busybox:1.36 or registry.example.com/tools/convert:2.1 is needed, in lower case but"
                            + " for the tag");
        }
        if (parts.group("tag") == null && parts.group("digest") == null) {
            name = name + ":latest";
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
