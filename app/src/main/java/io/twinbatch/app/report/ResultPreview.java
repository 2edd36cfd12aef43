package io.twinbatch.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A result that is what a command wrote: any bytes, any length. Its beginning is shown.
 *
 * @param file the result
 */
record ResultPreview(Path file) {
    private static final int LINES = 20;
    private static final int BYTES = 8192;

    /** Prints the first lines, and that there are more. */
    void print(PrintStream out) throws IOException {
        List<String> lines = beginning().lines().toList();
        for (String line : lines.subList(0, Math.min(lines.size(), LINES))) {
            out.println("    " + SafeText.line(line));
        }
        if (lines.isEmpty()) {
            out.println("    (empty)");
        }
        if (lines.size() > LINES || Files.size(file) > BYTES) {
            out.println("    ... (the file has " + HumanFormat.size(Files.size(file)) + ")");
        }
    }

    /** The first line; empty when there is none. */
    String firstLine() throws IOException {
        return beginning().lines().findFirst().orElse("");
    }

    private String beginning() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BYTES), StandardCharsets.UTF_8);
        }
    }
}
