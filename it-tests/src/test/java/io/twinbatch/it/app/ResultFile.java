package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A result as a task writes it. */
final class ResultFile {
    private static final Pattern FORM = Pattern.compile(
            "Word\tCount\n-{30}\n((?:[^\n]*:\t\\d+\n)*)-{30}\nNode: (\\S+)\nTask: (\\S+)\nJob:  (\\S+)\nPool: (\\S+)\n");

    private ResultFile() {}

    /** The lines of words and counts; the rest of the file has to have its form. */
    static String words(Path file) {
        String text = read(file);
        Matcher form = FORM.matcher(text);
        assertThat(form.matches())
                .as("%s has the form of a result:%n%s", file, text)
                .isTrue();
        return form.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
