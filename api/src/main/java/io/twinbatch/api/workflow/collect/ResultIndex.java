package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.Sha256;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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
 * {@code .twinbatch-results} in that folder, one line per input, the last one of a name counts:
 *
 * <pre>INPUT-SHA256 PROGRAM-SHA256 RESULT-SHA256 RESULT-SIZE NAME-SHA256
 * INPUT-SHA256 PROGRAM-SHA256 NAME-SHA256 RESULT-SHA256:RESULT-SIZE:PATH RESULT-SHA256:RESULT-SIZE:PATH ...</pre>
 *
 * <p>The second form is that of programs which name their results themselves; NAME is then that of the folder which an input
 * has for its results, and PATH, percent-encoded, leads from the output folder to a result. A name stands there as its hash,
 * since file names hold any character. A line that cannot be read is none: its result is made again. Lines are only ever
 * added, each in one write that begins with a line feed, so that several runs can share a folder, and a line that a crash
 * has cut off spoils no other.
 */
public final class ResultIndex {
    private static final String NAME = ".twinbatch-results";
    private static final String HASH = "([0-9a-f]{64})";
    private static final String SIZE = "(0|[1-9][0-9]{0,17})";
    private static final Pattern LINE = Pattern.compile(HASH + " " + HASH + " " + HASH + " " + SIZE + " " + HASH);
    private static final Pattern FILE = Pattern.compile(" " + HASH + ":" + SIZE + ":([!-~]+)");
    private static final Pattern LINE_OF_FILES = Pattern.compile(HASH + " " + HASH + " " + HASH + "((?: [^ ]+)+) end");

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
     * @param files what was made; the path of the only one is empty when it has the name that the plan gives it
     */
    private record Made(String content, String program, List<MadeFile> files) {}

    private record MadeFile(String sha256, long size, String path) {}

    /** Notes a result that has just been brought into the folder. */
    synchronized void add(String fileName, String content, String fingerprint, List<CollectedFile> files)
            throws IOException {
        boolean asPlanned = files.size() == 1 && files.get(0).path().equals(folder.resolve(fileName));
        String line = "\n" + content + " " + hash(fingerprint) + " "
                + (asPlanned
                        ? files.get(0).sha256() + " " + files.get(0).size() + " " + hash(fileName)
                        : hash(fileName) + listed(files) + " end");
        try (FileChannel file = FileChannel.open(
                folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    private String listed(List<CollectedFile> files) {
        StringBuilder list = new StringBuilder();
        for (CollectedFile file : files) {
            String path = folder.relativize(file.path()).toString();
            list.append(' ')
                    .append(file.sha256())
                    .append(':')
                    .append(file.size())
                    .append(':');
            list.append(URLEncoder.encode(path, StandardCharsets.UTF_8));
        }
        return list.toString();
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
        List<CollectedFile> files = new ArrayList<>();
        for (MadeFile file : made.files()) {
            Path path = folder.resolve(file.path().isEmpty() ? input.outputFileName() : file.path());
            if (!isFile(path, file.size(), file.sha256())) {
                return Optional.empty();
            }
            files.add(new CollectedFile(path, file.size(), file.sha256()));
        }
        return made.content().equals(input.file().contentHash())
                ? Optional.of(new Outcome.UpToDate(files))
                : Optional.empty();
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
                read(line, made);
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

    private static void read(String line, Map<String, Made> made) {
        Matcher one = LINE.matcher(line);
        if (one.matches()) {
            MadeFile file = new MadeFile(one.group(3), Long.parseLong(one.group(4)), "");
            made.put(one.group(5), new Made(one.group(1), one.group(2), List.of(file)));
            return;
        }
        Matcher several = LINE_OF_FILES.matcher(line);
        if (several.matches()) {
            List<MadeFile> files = files(several.group(4));
            if (!files.isEmpty()) {
                made.put(several.group(3), new Made(several.group(1), several.group(2), files));
            }
        }
    }

    /** The files of a line; none when one of them cannot be read. */
    private static List<MadeFile> files(String list) {
        List<MadeFile> files = new ArrayList<>();
        Matcher file = FILE.matcher(list);
        int end = 0;
        while (file.find() && file.start() == end) {
            try {
                String path = URLDecoder.decode(file.group(3), StandardCharsets.UTF_8);
                files.add(new MadeFile(file.group(1), Long.parseLong(file.group(2)), path));
            } catch (IllegalArgumentException e) {
                return List.of();
            }
            end = file.end();
        }
        return end == list.length() ? files : List.of();
    }

    private static String hash(String text) {
        return new Sha256().add(Objects.requireNonNull(text)).hex();
    }
}
