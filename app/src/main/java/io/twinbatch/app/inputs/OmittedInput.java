package io.twinbatch.app.inputs;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Something that a folder holds, or a pattern matches, and that is no input.
 *
 * @param path its path, as the user would write it
 * @param reason why it is no input, in words that follow the path
 */
public record OmittedInput(Path path, String reason) {
    public OmittedInput {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(reason, "reason");
    }
}
