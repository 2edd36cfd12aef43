package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the results in an output folder were made from, so that a later run need not make them again. It is the file
 * {@code .twinbatch-results} in that folder, one line per result, the last one of a name counts:
 *
 * <pre>INPUT-SHA256 PROGRAM-SHA256 RESULT-SHA256 RESULT-SIZE NAME-SHA256</pre>
 *
 * <p>A name stands there as its hash, since file names hold any character. A line that cannot be read is none: its result is
 * made again. Lines are only ever added, each in one write that begins with a line feed, so that several runs can share a
 * folder, and a line that a crash has cut off spoils no other.
 */
public final class ResultIndex {
    private static final String NAME = ".twinbatch-results";
    private static final String HASH = "([0-9a-f]{64})";
    private static final Pattern LINE =
            Pattern.compile(HASH + " " + HASH + " " + HASH + " (0|[1-9][0-9]{0,17}) " + HASH);

    private final Path folder;

    private ResultIndex(Path folder) {
        this.folder = folder;
    }

    /** The index of an output folder, which need not exist. */
    public static ResultIndex of(Path folder) {
        return new ResultIndex(folder);
    }

    /**
     * What one result was made from.
     *
     * @param content the SHA-256 of the input
     * @param program the SHA-256 of the program's fingerprint
     * @param result the SHA-256 of the result
     * @param size the length of the result in bytes
     */
    private record Made(String content, String program, String result, long size) {}

    /** Notes a result that has just been brought into the folder. */
    synchronized void add(String fileName, String content, String fingerprint, Outcome.WithResult result)
            throws IOException {
        String line = "\n"
                + String.join(
                        " ", content, hash(fingerprint), result.sha256(), Long.toString(result.size()), hash(fileName));
        try (FileChannel file = FileChannel.open(
                folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    /**
     * Those of the inputs whose results are in the folder as they were made, by a program of this fingerprint, from the
     * content that the input has now; by the names of their result objects. Only inputs that have a result are read.
     *
     * @throws BatchException {@code INVALID} when the index or an input cannot be read
     */
    public Map<String, Outcome.UpToDate> upToDate(List<PlannedInput> inputs, String fingerprint) {
        Map<String, Made> made = read();
        String program = hash(fingerprint);
        Map<String, Outcome.UpToDate> found = new ConcurrentHashMap<>();
        inputs.parallelStream()
                .forEach(input -> Optional.ofNullable(made.get(hash(input.outputFileName())))
                        .filter(entry -> entry.program().equals(program))
                        .flatMap(entry -> upToDate(input, entry))
                        .ifPresent(result -> found.put(input.outputObject(), result)));
        return found;
    }

    private Optional<Outcome.UpToDate> upToDate(PlannedInput input, Made made) {
        Path result = folder.resolve(input.outputFileName());
        boolean same = isFile(result, made.size(), made.result())
                && made.content().equals(input.file().contentHash());
        return same ? Optional.of(new Outcome.UpToDate(result, made.size(), made.result())) : Optional.empty();
    }

    /** Whether a path is a regular file of that content; one that cannot be read is not. */
    static boolean isFile(Path path, long size, String sha256) {
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(path) == size
                    && new Sha256().add(path).hex().equals(sha256);
        } catch (IOException e) {
            return false;
        }
    }

    private Map<String, Made> read() {
        Path file = folder.resolve(NAME);
        Map<String, Made> made = new HashMap<>();
        try {
            for (String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                Matcher match = LINE.matcher(line);
                if (match.matches()) {
                    made.put(
                            match.group(5),
                            new Made(match.group(1), match.group(2), match.group(3), Long.parseLong(match.group(4))));
                }
            }
            return made;
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "output folder " + folder,
                    "its index " + NAME + " cannot be read: " + FailureReason.of(e),
                    e);
        }
    }

    private static String hash(String text) {
        return new Sha256().add(Objects.requireNonNull(text)).hex();
    }
}
