package io.twinbatch.app.inputs;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The paths that a user gives in a file or on standard input. */
public final class InputList {
    static final String STANDARD_INPUT = "-";

    private final Path folder;
    private final Reader standardInput;

    /**
     * Reads lists of paths.
     *
     * @param folder the folder to which the path of a list is relative
     */
    public InputList(Path folder, Reader standardInput) {
        this.folder = folder;
        this.standardInput = standardInput;
    }

    /**
     * Reads a list. Its paths are separated by NUL characters when it has any, otherwise by line ends.
     *
     * @param source the path of the list, or {@code -} for standard input
     * @throws UsageException when it cannot be read or has no path
     */
    public List<String> read(String source) {
        String text;
        try {
            text = source.equals(STANDARD_INPUT)
                    ? all(standardInput)
                    : new String(Files.readAllBytes(folder.resolve(source)), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(
                    "--files-from " + QuotedValue.of(source) + ": it cannot be read: " + FailureReason.of(e), e);
        }
        String separator = text.indexOf('\0') >= 0 ? "\0" : "\r?\n";
        List<String> paths =
                Stream.of(text.split(separator)).filter(path -> !path.isEmpty()).toList();
        if (paths.isEmpty()) {
            throw new UsageException("--files-from " + QuotedValue.of(source) + ": it names no file");
        }
        return paths;
    }

    static String all(Reader reader) throws IOException {
        StringWriter text = new StringWriter();
        reader.transferTo(text);
        return text.toString();
    }
}
