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

    private final PrintStream out;
    private final boolean all;

    /**
     * Prints to a stream.
     *
     * @param all whether every result has a line, also when there are many
     */
    public ResultsTable(PrintStream out, boolean all) {
        this.out = out;
        this.all = all;
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
        return SafeText.line(input.input().file().displayName());
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
                .mapToInt(word -> Long.toString(word.count()).length())
                .max()
                .orElse(0);
        for (WordCount word : words) {
            String count = Long.toString(word.count());
            out.println("    " + DisplayWidth.padded(shortened(word.word()), Math.min(width, WIDEST_NAME)) + "  "
                    + " ".repeat(digits - count.length()) + count);
        }
    }

    private void printLines(RunHeader header, List<InputResult> inputs) {
        out.println("Results in " + SafeText.line(header.outputDir().toString()));
        int shown = all ? inputs.size() : Math.min(inputs.size(), MAX_LINES);
        List<InputResult> lines = inputs.subList(0, shown);
        int width = Math.min(
                WIDEST_NAME,
                lines.stream()
                        .mapToInt(input -> DisplayWidth.of(name(input)))
                        .max()
                        .orElse(0));
        int wordWidth = Math.min(
                WIDEST_NAME,
                lines.stream()
                        .mapToInt(input -> DisplayWidth.of(summary(header, input)))
                        .max()
                        .orElse(0));
        for (InputResult input : lines) {
            out.println(DisplayWidth.padded(name(input), width) + "  "
                    + DisplayWidth.padded(summary(header, input), wordWidth) + "  "
                    + SafeText.line(place(header, input)));
        }
        if (shown < inputs.size()) {
            out.println("... and " + HumanFormat.count(inputs.size() - shown, "input")
                    + " more in that folder; --all prints every one");
        }
        out.println();
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
                .map(word -> shortened(word.word()) + " " + word.count())
                .collect(Collectors.joining(", "));
    }

    /** The path as the user gave it, in place of the absolute one. */
    private static Path shown(RunHeader header, Path output) {
        return header.outputDir().resolve(header.plan().request().outputFolder().relativize(output));
    }

    /** A word of a binary file can be as long as the file; its beginning has to do here. */
    private static String shortened(String word) {
        String safe = SafeText.line(word);
        return DisplayWidth.of(safe) <= WIDEST_NAME ? safe : DisplayWidth.cut(safe, WIDEST_NAME - 3) + "...";
    }
}
