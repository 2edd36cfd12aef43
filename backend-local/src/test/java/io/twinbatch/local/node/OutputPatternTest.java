package io.twinbatch.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputPatternTest {
    private static final List<String> FILES = List.of(
            "stdout.txt",
            "stderr.txt",
            "wd/a.txt",
            "wd/b.txt",
            "wd/c.log",
            "wd/a*b",
            "wd/x[1].txt",
            "wd/ü ß.txt",
            "wd/.hidden",
            "wd/out/1.csv",
            "wd/out/2.csv",
            "wd/out/.secret.csv",
            "wd/out/deep/3.csv",
            "wd/out/.git/4.csv",
            "wd/out/deep/er/5.csv");

    private static final Map<String, String> VARIABLES =
            Map.of("NAME", "a", "AZ_BATCH_TASK_ID", "c", "PATTERN", "[ab].*", "EMPTY", "", "DOTS", "..");

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        folder = temp.resolve("task");
        for (String name : FILES) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        Files.createDirectories(folder.resolve("wd/empty"));
    }

    private String matches(String pattern) throws IOException {
        return String.join(
                " ",
                OutputPattern.of(pattern, VARIABLES).matches(folder).stream()
                        .map(OutputPattern.Match::relativePath)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a.txt          | a.txt",
                "out/1.csv      | 1.csv",
                "missing.txt    | -",
                "out            | -",
                "empty          | -",
                "../stdout.txt  | stdout.txt",
                ".hidden        | .hidden",
                "*.txt          | a.txt b.txt x[1].txt ü ß.txt",
                "?.txt          | a.txt b.txt",
                "[ab].txt       | a.txt b.txt",
                "[a-b].txt      | a.txt b.txt",
                "[!a].txt       | b.txt",
                "[!c-z].txt     | a.txt b.txt",
                "[^a].txt       | a.txt",
                "a[*]b          | a*b",
                "x[[]1[]].txt   | x[1].txt",
                "*              | a*b a.txt b.txt c.log x[1].txt ü ß.txt",
                ".*             | .hidden",
                "?hidden        | -",
                "[.]hidden      | -",
                "out/*.csv      | 1.csv 2.csv",
                "out/*/*.csv    | deep/3.csv",
                "*/*.csv        | out/1.csv out/2.csv",
                "out/**         | 1.csv 2.csv deep/3.csv deep/er/5.csv",
                "out/**/*.csv   | 1.csv 2.csv deep/3.csv deep/er/5.csv",
                "**/5.csv       | out/deep/er/5.csv",
                "**/a.txt       | a.txt",
                "no/such/*.txt  | -",
                "../std*.txt    | stderr.txt stdout.txt",
                "../wd/*.log    | c.log",
                "../*           | stderr.txt stdout.txt",
                "*.nothing      | -",
                "[a.txt         | -",
            })
    void aPatternMatches(String pattern, String expected) throws IOException {
        assertThat(matches(pattern)).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a?c", "[ab]", "x/**"})
    void aWildcardIsSeen(String pattern) {
        assertThat(OutputPattern.of(pattern, VARIABLES).hasWildcard()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "../stdout.txt", "a]b", "{a,b}"})
    void aPlainNameIsPlain(String pattern) {
        assertThat(OutputPattern.of(pattern, VARIABLES).hasWildcard()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "$AZ_BATCH_TASK_ID.log      | c.log",
                "${AZ_BATCH_TASK_ID}.log    | c.log",
                "$NAME.txt                  | a.txt",
                "${NAME}.*                  | a.txt",
                "$PATTERN                   | a.txt b.txt",
                "a$EMPTY.txt                | a.txt",
                "$DOTS/stdout.txt           | stdout.txt",
                "%NAME%.txt                 | -",
                "$NAMES.txt                 | -",
                "$UNKNOWN                   | $UNKNOWN",
                "x$                         | x$",
                "$1                         | $1",
                "[$]UNKNOWN                 | $UNKNOWN",
                "{a,b}.txt                  | {a,b}.txt",
                "{a,b}*                     | {a,b}.txt",
                "back\\slash.*              | back\\slash.txt",
                "back\\slash.txt            | back\\slash.txt",
                "**\\slash.txt              | back\\slash.txt",
                "./*.log                    | c.log",
                "./a.txt                    | a.txt",
                "out//1.csv                 | 1.csv",
                "$EMPTY                     | -",
            })
    void variablesAreExpandedAndOtherSignsAreCharacters(String pattern, String expected) throws IOException {
        for (String name : List.of("$UNKNOWN", "x$", "$1", "{a,b}.txt", "back\\slash.txt")) {
            Files.createFile(folder.resolve("wd").resolve(name));
        }
        assertThat(matches(pattern)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void anAbsolutePatternMatchesBelowTheFolderThatItNames() throws IOException {
        Path other = Files.createDirectories(temp.resolve("shared/deep"));
        Files.createFile(other.resolve("x.log"));
        Files.createSymbolicLink(other.resolve("out.log"), folder.resolve("wd/c.log"));
        assertThat(matches(temp + "/shared/**/*.log")).isEqualTo("deep/x.log");
        assertThat(matches(temp + "/shared/deep/x.log")).isEqualTo("x.log");
        assertThat(matches(folder + "/std*.txt")).isEqualTo("stderr.txt stdout.txt");
        assertThat(matches(folder + "/wd/out/1.csv")).isEqualTo("1.csv");
        assertThat(matches(temp + "/shared/none/*")).isEmpty();
    }

    @Test
    void aBadRangeIsRefused() {
        OutputPattern pattern = OutputPattern.of("[z-a]", VARIABLES);
        assertThatThrownBy(() -> pattern.matches(folder))
                .isInstanceOf(BatchException.class)
                .hasMessageContaining("range");
    }

    @Test
    void aLinkOutOfTheTasksFolderMatchesNothing() throws IOException {
        Path outside = Files.createFile(temp.resolve("outside.lnk"));
        Files.createSymbolicLink(folder.resolve("wd/file.lnk"), outside);
        Files.createSymbolicLink(folder.resolve("wd/folder"), temp);
        Files.createSymbolicLink(folder.resolve("wd/gone.lnk"), temp.resolve("missing"));
        Files.createSymbolicLink(folder.resolve("wd/inside.lnk"), folder.resolve("wd/a.txt"));
        assertThat(matches("file.lnk")).isEmpty();
        assertThat(matches("folder/outside.lnk")).isEmpty();
        assertThat(matches("folder/*.lnk")).isEmpty();
        assertThat(matches("**/*.lnk")).isEqualTo("inside.lnk");
    }
}
