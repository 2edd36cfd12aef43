package io.twinbatch.app.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.command.TableColumn;
import io.twinbatch.api.command.TableColumn.Kind;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.TaskRow;
import io.twinbatch.api.workflow.model.TaskRow.RowFile;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskTableReaderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("more"));
        for (String name : List.of("a.txt", "data/b.txt", "data/c.txt", "data/.h.txt", "more/b.txt", "ref")) {
            Files.writeString(folder.resolve(name), "text of " + name);
        }
    }

    private TaskTable read(String table) {
        return read(table.getBytes(StandardCharsets.UTF_8));
    }

    private TaskTable read(byte[] table) {
        try {
            Files.write(folder.resolve("t.tsv"), table);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return TaskTableReader.read("t.tsv", folder, new StringReader(""), false);
    }

    private static List<Map<String, String>> variables(TaskTable table) {
        return table.rows().stream()
                .map(row -> row.row().map(TaskRow::variables).orElseThrow())
                .toList();
    }

    @Test
    void eachRowIsATaskWithTheCellsAsVariables() {
        TaskTable table = read("city\tyear\nParis\t2020\nNew York\t\n");

        assertThat(table.columns())
                .containsExactly(new TableColumn("city", Kind.VALUE), new TableColumn("year", Kind.VALUE));
        assertThat(variables(table))
                .containsExactly(Map.of("city", "Paris", "year", "2020"), Map.of("city", "New York", "year", ""));
        assertThat(table.rows()).extracting(InputFile::fileName).containsExactly("row-1", "row-2");
        assertThat(table.rows()).extracting(InputFile::label).containsExactly("row 1", "row 2");
    }

    @Test
    void theFileOfAnInputColumnIsTheInputOfItsRow() {
        TaskTable table = read("k\tinput\n1\ta.txt\n2\tdata/c*.txt\n2\ta.txt\n");

        assertThat(table.columns().get(1)).isEqualTo(new TableColumn("input", Kind.FILE));
        assertThat(table.rows())
                .extracting(InputFile::label)
                .containsExactly("row 1 (a.txt)", "row 2 (data/c.txt)", "row 3 (a.txt)");
        assertThat(variables(table)).containsExactly(Map.of("k", "1"), Map.of("k", "2"), Map.of("k", "2"));
    }

    @Test
    void aColumnOfWhichARowHasSeveralFilesIsOneOfSeveral() {
        TaskTable table = read("input\tinput:one\tinput:all\na.txt\tref\tdata/*\na.txt\tmore/b.txt\ta.txt\n");

        assertThat(table.columns()).extracting(TableColumn::kind).containsExactly(Kind.FILE, Kind.FILE, Kind.FILES);
        TaskRow first = table.rows().get(0).row().orElseThrow();
        assertThat(first.files()).extracting(RowFile::place).containsExactly("one/ref", "all/b.txt", "all/c.txt");
        assertThat(first.variables()).isEqualTo(Map.of("one", "one/ref", "all", "all/*"));
        assertThat(table.rows().get(1).sources()).hasSize(3);
    }

    @Test
    void severalInputsOfARowMakeNoneOfThemTheInput() {
        TaskTable table = read("input\ndata/*\na.txt\n");

        assertThat(table.columns()).containsExactly(new TableColumn("input", Kind.FILES));
        assertThat(table.rows()).extracting(InputFile::fileName).containsExactly("row-1", "row-2");
        assertThat(table.rows()).noneMatch(InputFile::isFile);
        assertThat(table.rows().get(1).row().orElseThrow().files())
                .extracting(RowFile::place)
                .containsExactly("input/a.txt");
    }

    @Test
    void lineEndsByteOrderMarkAndQuotesAreAsDocumented() {
        TaskTable windows = read("\uFEFFa\tb\r\n\"x\"\t'y\tz'\r\n".replace("\tz'", "'") + "p\tq\r\n\r\n\n");
        TaskTable bare = read("a\tb\nx\ty");

        assertThat(variables(windows)).containsExactly(Map.of("a", "\"x\"", "b", "'y'"), Map.of("a", "p", "b", "q"));
        assertThat(variables(bare)).containsExactly(Map.of("a", "x", "b", "y"));
    }

    @Test
    void standardInputIsATable() {
        TaskTable table = TaskTableReader.read("-", folder, new StringReader("a\n1\n"), false);

        assertThat(variables(table)).containsExactly(Map.of("a", "1"));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> TaskTableReader.read("-", folder, new StringReader("a\n\uFFFD\n"), false))
                .withMessageContaining("--tasks -, line 2, column 1: it is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "''|--tasks t.tsv: it is empty",
                "a/b|--tasks t.tsv: it has no rows",
                "a/b;1/2;3|--tasks t.tsv, line 3, column b: it is missing: the line has 1 of 2 columns",
                "a/b;1/2/3|--tasks t.tsv, line 2: it has 3 columns, and the first line names 2; the first cell without"
                        + " a column is 3",
                "a/b;;1/2|--tasks t.tsv, line 2: it is empty; delete it",
                "a/b/a;1/2/3|--tasks t.tsv, line 1, column a: there are two columns of that name",
                "x/input:x;1/a.txt|--tasks t.tsv, line 1, column input:x: there are two columns of that name",
                "a//b;1/2/3|--tasks t.tsv, line 1, column 2: it has no name",
                "a/2b;1/2|--tasks t.tsv, line 1, column 2b: the name of a variable",
                "input:;a.txt|--tasks t.tsv, line 1, column input:: the name of a variable",
                "input:a-b;a.txt|--tasks t.tsv, line 1, column input:a-b: the name of a variable",
                "PATH;1|--tasks t.tsv, line 1, column PATH: the shell or the node has a variable of that name",
                "input:input;a.txt|--tasks t.tsv, line 1, column input:input: the column of the inputs is called input",
                "k/input;1/a.txt;2/gone.txt|--tasks t.tsv, line 3, column input: input gone.txt: no such file",
                "k/input:r;1/*.gone|--tasks t.tsv, line 2, column input:r: input *.gone: no file matches this pattern",
                "k/input;1/|--tasks t.tsv, line 2, column input: it is empty; name a file",
                "input;data|--tasks t.tsv, line 2, column input: data is a folder; data+* is the files in it",
                "input;*+b.txt|--tasks t.tsv, line 2, column input: it matches two files that are called b.txt",
                "input/input:ref;ref/a.txt|--tasks t.tsv, line 2, column input: ref is also the name of the folder",
                "input:r;data+.*;a.txt|", // One hidden file alone can be named.
            })
    void whatIsWrongIsNamedWithItsLineAndColumn(String table, String message) {
        String text = table.replace('/', '\t').replace(';', '\n').replace('+', '/');
        if (message == null) {
            assertThat(read(text).rows()).hasSize(2);
            return;
        }
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining(message.replace('+', '/'));
    }

    @Test
    void whatIsNotUtf8IsNamedWithItsPlace() {
        byte[] table = "a\tb\n1\t2\n3\t\u00e4\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(table))
                .withMessageContaining("--tasks t.tsv, line 3, column 2: it is not UTF-8");
    }

    @Test
    void aHiddenFileAmongSeveralIsRefused() throws IOException {
        Files.writeString(folder.resolve("data/.i.txt"), "");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read("input:r\ndata/.*.txt\n"))
                .withMessageContaining("line 2, column input:r: .h.txt begins with a dot");
    }

    @Test
    void aValueThatNoVariableHoldsIsRefused() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read("a\n" + "x".repeat(100_001) + "\n"))
                .withMessageContaining("line 2, column a: it is too long for a variable");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read("a\nx\0\n"))
                .withMessageContaining("line 2, column a: it has a NUL character");
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> TaskTableReader.read("none.tsv", folder, new StringReader(""), false))
                .withMessageContaining("--tasks none.tsv: it cannot be read");
    }
}
