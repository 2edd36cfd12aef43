package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.workflow.collect.KnownResults.Made;
import io.twinbatch.api.workflow.collect.KnownResults.MadeFile;
import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.Fingerprint;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.Sha256;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the results in an output folder were made from, so that a later run need not make them again. It is the file
 * {@code .twinbatch-results} in that folder, one line per input, the last one of a name counts:
 *
 * <pre>INPUT-SHA256 PROGRAM-SHA256 RESULT-SHA256 RESULT-SIZE NAME-SHA256
 * INPUT-SHA256 PROGRAM-SHA256 NAME-SHA256 RESULT-SHA256:RESULT-SIZE:PATH RESULT-SHA256:RESULT-SIZE:PATH ...</pre>
 *
 * <p>Before it stands a line that says whose the result is: {@code of PATH-SHA256 PROGRAM-ALONE-SHA256 NAME}. PATH is that of
 * the input relative to the output folder, so that both can be moved together, and NAME is percent-encoded.
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
    private static final Pattern OWNER = Pattern.compile("of " + HASH + " " + HASH + " ([!-~]+)");
    private static final Pattern LINE_OF_FILES = Pattern.compile(HASH + " " + HASH + " " + HASH + "((?: [^ ]+)+) end");

    private final Path folder;

    private ResultIndex(Path folder) {
        this.folder = folder;
    }

    /** The index of an output folder, which need not exist. */
    public static ResultIndex of(Path folder) {
        return new ResultIndex(folder);
    }

    /** Notes a result that has just been brought into the folder. */
    synchronized void add(
            String fileName,
            Optional<InputFile> input,
            String content,
            Fingerprint fingerprint,
            List<CollectedFile> files)
            throws IOException {
        boolean asPlanned = files.size() == 1 && files.get(0).path().equals(folder.resolve(fileName));
        String owner = input.map(file -> "\nof " + KnownResults.place(folder, file) + " " + fingerprint.programHash()
                        + " " + URLEncoder.encode(fileName, StandardCharsets.UTF_8))
                .orElse("");
        String line = owner + "\n" + content + " " + fingerprint.hash() + " "
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
     * What it says now.
     *
     * @throws BatchException {@code INVALID} when the index cannot be read
     */
    public KnownResults read() {
        Path file = folder.resolve(NAME);
        KnownResults known = new KnownResults(folder);
        try {
            for (String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                read(line, known);
            }
            return known;
        } catch (NoSuchFileException e) {
            return known;
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "output folder " + folder,
                    "its index " + NAME + " cannot be read: " + FailureReason.of(e),
                    e);
        }
    }

    private static void read(String line, KnownResults known) {
        Matcher owner = OWNER.matcher(line);
        if (owner.matches()) {
            decoded(owner.group(3)).ifPresent(name -> known.addOwner(owner.group(1), owner.group(2), name));
            return;
        }
        Matcher one = LINE.matcher(line);
        if (one.matches()) {
            MadeFile file = new MadeFile(one.group(3), Long.parseLong(one.group(4)), "");
            known.addMade(one.group(5), new Made(one.group(1), one.group(2), List.of(file)));
            return;
        }
        Matcher several = LINE_OF_FILES.matcher(line);
        if (several.matches()) {
            List<MadeFile> files = files(several.group(4));
            if (!files.isEmpty()) {
                known.addMade(several.group(3), new Made(several.group(1), several.group(2), files));
            }
        }
    }

    /** The files of a line; none when one of them cannot be read. */
    private static List<MadeFile> files(String list) {
        List<MadeFile> files = new ArrayList<>();
        Matcher file = FILE.matcher(list);
        int end = 0;
        while (file.find() && file.start() == end) {
            Optional<String> path = decoded(file.group(3));
            if (path.isEmpty()) {
                return List.of();
            }
            files.add(new MadeFile(file.group(1), Long.parseLong(file.group(2)), path.get()));
            end = file.end();
        }
        return end == list.length() ? files : List.of();
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String hash(String text) {
        return new Sha256().add(Objects.requireNonNull(text)).hex();
    }
}
