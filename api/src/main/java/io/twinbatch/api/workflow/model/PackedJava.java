package io.twinbatch.api.workflow.model;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A Java runtime for Linux with glibc in one archive, which a program brings along to its nodes.
 *
 * @param archive a tar file that gzip has compressed, with {@code bin/java} in it
 * @param sha256 the SHA-256 of the archive, in lower-case hexadecimal digits
 * @param architecture the architecture for which it is made, as {@code uname -m} prints it, such as {@code x86_64}
 */
public record PackedJava(Path archive, String sha256, String architecture) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ARCHITECTURE = Pattern.compile("[a-z0-9_]+");

    public PackedJava {
        Objects.requireNonNull(archive, "archive");
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("no SHA-256: " + sha256);
        }
        if (!ARCHITECTURE.matcher(architecture).matches()) {
            throw new IllegalArgumentException("no architecture: " + architecture);
        }
    }
}
