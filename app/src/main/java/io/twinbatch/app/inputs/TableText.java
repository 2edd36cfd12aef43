package io.twinbatch.app.inputs;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of a table of tasks: UTF-8, a line for each row, tabs between cells. Quotes mean nothing. A byte order mark, the
 * carriage return before a line feed, and empty lines at the end do not count.
 *
 * @param name how messages name the table
 * @param lines the cells of each line, as many in each
 */
record TableText(String name, List<List<String>> lines) {
    private static final char REPLACEMENT = '\uFFFD';

    /**
     * Reads a table.
     *
     * @param source the path of the table, or {@code -} for standard input
     * @throws UsageException when it cannot be read, is not UTF-8, has no rows, or a line has too many or too few cells
     */
    static TableText read(String source, Path folder, Reader standardInput) {
        String name = "--tasks " + QuotedValue.of(source);
        String text = text(name, source, folder, standardInput);
        List<String> lines =
                new ArrayList<>(List.of((text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r?\n")));
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        if (lines.isEmpty()) {
            throw new UsageException(name + ": it is empty; its first line names the columns");
        }
        TableText table = new TableText(
                name,
                lines.stream()
                        .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                        .map(line -> List.of(line.split("\t", -1)))
                        .toList());
        if (lines.size() == 1) {
            throw new UsageException(name + ": it has no rows; each line after the first one is a task");
        }
        for (int line = 2; line <= lines.size(); line++) {
            table.requireWhole(line);
        }
        return table;
    }

    private static String text(String name, String source, Path folder, Reader standardInput) {
        try {
            if (source.equals(InputList.STANDARD_INPUT)) {
                String text = InputList.all(standardInput);
                int broken = text.indexOf(REPLACEMENT);
                if (broken >= 0) {
                    throw notUtf8(name, text.substring(0, broken));
                }
                return text;
            }
            return decoded(name, Files.readAllBytes(folder.resolve(source)));
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(name + ": it cannot be read: " + FailureReason.of(e), e);
        }
    }

    private static String decoded(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            String lossy = new String(bytes, StandardCharsets.UTF_8);
            throw notUtf8(name, lossy.substring(0, Math.max(lossy.indexOf(REPLACEMENT), 0)));
        }
    }

    private static UsageException notUtf8(String name, String before) {
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        long column = before.substring(before.lastIndexOf('\n') + 1)
                        .chars()
                        .filter(c -> c == '\t')
                        .count()
                + 1;
        return new UsageException(name + ", line " + line + ", column " + column
                + ": it is not UTF-8; convert it, for example with iconv -t UTF-8");
    }

    private void requireWhole(int line) {
        List<String> header = cells(1);
        List<String> cells = cells(line);
        if (cells.size() == 1 && cells.get(0).isEmpty()) {
            throw error(line, "it is empty; delete it");
        }
        if (cells.size() < header.size()) {
            throw error(
                    line,
                    header.get(cells.size()),
                    "it is missing: the line has " + cells.size() + " of " + header.size()
                            + " columns, which are separated by tabs");
        }
        if (cells.size() > header.size()) {
            throw error(
                    line,
                    "it has " + cells.size() + " columns, and the first line names " + header.size()
                            + "; the first cell without a column is " + QuotedValue.of(cells.get(header.size())));
        }
    }

    /** The cells of a line; the first line is line 1. */
    List<String> cells(int line) {
        return lines.get(line - 1);
    }

    UsageException error(int line, String message) {
        return new UsageException(name + ", line " + line + ": " + message);
    }

    UsageException error(int line, String column, String message) {
        return new UsageException(name + ", line " + line + ", column " + QuotedValue.of(column) + ": " + message);
    }
}
