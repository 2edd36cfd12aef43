package io.twinbatch.app.report;

import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import io.twinbatch.app.report.ResultText.WordCount;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The results for a person: for a few inputs each result in full, for many a line each. When there are very many, only
 * the first ones have a line.
 */
public final class ResultsTable {
    private static final int FEW_INPUTS = 10;
    private static final int WORDS_IN_FULL = 100;
    private static final int WORDS_ON_A_LINE = 5;
    private static final int MAX_LINES = 20;
    private static final int FILES_IN_FULL = 20;
    private static final int WIDEST_NAME = 48;

    private static final int NARROWEST_COLUMN = 8;
    private static final String GAP = "  ";

    private final PrintStream out;
    private final boolean all;
    private final int columns;

    /**
     * Prints to a stream.
     *
     * @param all whether every result has a line, also when there are many
     * @param columns how wide a table may be
     */
    public ResultsTable(PrintStream out, boolean all, int columns) {
        this.out = out;
        this.all = all;
        this.columns = columns;
    }

    /** Prints the results of a run; nothing when there are none. */
    public void print(RunHeader header, RunResult result) {
        if (result.inputs().stream().noneMatch(input -> input.outcome().isDone())) {
            return;
        }
        if (result.inputs().size() <= FEW_INPUTS) {
            result.inputs().forEach(input -> printInFull(header, name(input), input.outcome()));
        } else {
            printLines(header, result.inputs());
        }
        result.total().ifPresent(total -> printInFull(header, "All inputs together", total));
        out.flush();
    }

    private static String name(InputResult input) {
        return SafeText.line(input.input().file().label());
    }

    private void printInFull(RunHeader header, String name, Outcome outcome) {
        if (!(outcome instanceof Outcome.WithResult done)) {
            out.println(name + "  ->  no result");
            out.println();
            return;
        }
        for (CollectedFile file : done.files().subList(0, Math.min(done.files().size(), FILES_IN_FULL))) {
            out.println(
                    name + "  ->  " + SafeText.line(shown(header, file.path()).toString()));
        }
        if (done.files().size() > FILES_IN_FULL) {
            out.println(
                    "... and " + HumanFormat.count(done.files().size() - FILES_IN_FULL, "file") + " more of " + name);
        }
        try {
            if (header.numWords().isPresent()) {
                printWords(done.file().path(), header.numWords().getAsInt());
            } else if (!header.plan().request().program().namesItsResults()) {
                new ResultPreview(done.file().path()).print(out);
            }
        } catch (IOException e) {
            out.println("    (cannot be shown: " + SafeText.line(String.valueOf(e.getMessage())) + ")");
        }
        out.println();
    }

    private void printWords(Path file, int numWords) throws IOException {
        printWords(ResultText.read(file, Math.min(numWords, WORDS_IN_FULL)));
        if (numWords > WORDS_IN_FULL) {
            out.println("    ... (the file has up to " + numWords + " words)");
        }
    }

    private void printWords(List<WordCount> words) {
        if (words.isEmpty()) {
            out.println("    (no words)");
        }
        int width = words.stream()
                .mapToInt(word -> DisplayWidth.of(shortened(word.word())))
                .max()
                .orElse(0);
        int digits = words.stream()
                .mapToInt(word -> HumanFormat.number(word.count()).length())
                .max()
                .orElse(0);
        for (WordCount word : words) {
            String count = HumanFormat.number(word.count());
            out.println("    " + DisplayWidth.padded(shortened(word.word()), Math.min(width, WIDEST_NAME)) + "  "
                    + " ".repeat(digits - count.length()) + count);
        }
    }

    private void printLines(RunHeader header, List<InputResult> inputs) {
        out.println("Results in " + SafeText.line(header.outputDir().toString()));
        int shown = all ? inputs.size() : Math.min(inputs.size(), MAX_LINES);
        List<InputResult> lines = inputs.subList(0, shown);
        List<List<String>> rows = lines.stream()
                .map(input -> List.of(
                        withoutMiddle(name(input), WIDEST_NAME),
                        shortened(summary(header, input), WIDEST_NAME),
                        SafeText.line(place(header, input))))
                .toList();
        int[] widths = widths(rows);
        for (List<String> row : rows) {
            out.println(DisplayWidth.padded(withoutMiddle(row.get(0), widths[0]), widths[0])
                    + GAP
                    + DisplayWidth.padded(shortened(row.get(1), widths[1]), widths[1])
                    + GAP
                    + withoutMiddle(row.get(2), widths[2]));
        }
        if (shown < inputs.size()) {
            out.println("... and " + HumanFormat.count(inputs.size() - shown, "input")
                    + " more in that folder; --all prints every one");
        }
        out.println();
    }

    /** How wide each column is: as its widest text, but the widest columns are narrowed until all fit. */
    private int[] widths(List<List<String>> rows) {
        int[] widths = new int[3];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
            }
        });
        int room = columns - 2 * GAP.length();
        while (widths[0] + widths[1] + widths[2] > room) {
            int widest = widths[0] >= widths[1] && widths[0] >= widths[2] ? 0 : widths[1] >= widths[2] ? 1 : 2;
            if (widths[widest] <= NARROWEST_COLUMN) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    /** Where the result lies, relative to the folder of all results. */
    private static String place(RunHeader header, InputResult input) {
        Path folder = header.plan().request().outputFolder();
        return input.outcome() instanceof Outcome.WithResult done
                        && done.files().size() == 1
                ? folder.relativize(done.file().path()).toString()
                : input.input().outputFileName();
    }

    private static String summary(RunHeader header, InputResult input) {
        if (!(input.outcome() instanceof Outcome.WithResult done)) {
            return "(no result)";
        }
        if (header.plan().request().program().namesItsResults()) {
            return HumanFormat.count(done.files().size(), "file");
        }
        try {
            return header.numWords().isPresent()
                    ? words(done.file().path())
                    : shortened(new ResultPreview(done.file().path()).firstLine());
        } catch (IOException e) {
            return "(cannot be shown)";
        }
    }

    private static String words(Path file) throws IOException {
        return ResultText.read(file, WORDS_ON_A_LINE).stream()
                .map(word -> shortened(word.word()) + " " + HumanFormat.number(word.count()))
                .collect(Collectors.joining(", "));
    }

    /** The path as the user gave it, in place of the absolute one. */
    private static Path shown(RunHeader header, Path output) {
        return header.outputDir().resolve(header.plan().request().outputFolder().relativize(output));
    }

    /** A word of a binary file can be as long as the file; its beginning has to do here. */
    private static String shortened(String word) {
        return shortened(SafeText.line(word), WIDEST_NAME);
    }

    /** Names often differ at their ends alone. */
    private static String withoutMiddle(String safe, int width) {
        if (DisplayWidth.of(safe) <= width) {
            return safe;
        }
        int half = (width - 3) / 2;
        int start = safe.length();
        while (start > 0 && DisplayWidth.of(safe.substring(safe.offsetByCodePoints(start, -1))) <= half) {
            start = safe.offsetByCodePoints(start, -1);
        }
        return DisplayWidth.cut(safe, width - 3 - half) + "..." + safe.substring(start);
    }

    private static String shortened(String safe, int width) {
        return DisplayWidth.of(safe) <= width ? safe : DisplayWidth.cut(safe, width - 3) + "...";
    }
}
