package io.twinbatch.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.command.TableColumn.Kind;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.NumberedNaming;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.TaskRow;
import io.twinbatch.api.workflow.model.TaskRow.RowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node does for the rows of a table. */
class TableProgramTest {
    private static final List<String> VALUES = List.of(
            "plain", "", "two words", "it's \"q\" $HOME `id` \\ *", "two\nlines", "-n", "gr\u00fc\u00dfe", "x=y");

    private static final TableColumn CITY = new TableColumn("city", Kind.VALUE);
    private static final TableColumn INPUT = new TableColumn(TableColumn.INPUT, Kind.FILE);
    private static final TableColumn REF = new TableColumn("ref", Kind.FILE);
    private static final TableColumn PARTS = new TableColumn("parts", Kind.FILES);

    @TempDir
    private Path folder;

    private CommandNode node;

    @BeforeEach
    void makeNode() throws IOException {
        node = new CommandNode(folder);
    }

    private static InputFile row(int number, String city) {
        return InputFile.ofRow(new TaskRow(number, 1, Map.of("city", city), List.of(), false));
    }

    private static RowFile file(String place) {
        return new RowFile(Path.of(place).getFileName(), 1, place);
    }

    private static List<PlannedInput> named(List<InputFile> rows) {
        return new NumberedNaming().name(rows, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "bash --posix", "busybox sh"})
    void theCellsOfARowReachItsCommandWhateverTheyHold(String shell) throws Exception {
        node.use(shell);
        List<InputFile> rows = new ArrayList<>();
        VALUES.forEach(value -> rows.add(row(rows.size() + 1, value)));
        CommandProgram program = CommandProgram.command(
                        "printf '%s|' {city} \"<{city}>\" \"$city\" {#}; env | grep -c '^city='", List.of(CITY))
                .build();

        assertThat(node.run(program, named(rows))).isZero();

        for (int i = 0; i < VALUES.size(); i++) {
            String value = VALUES.get(i);
            assertThat(node.working().resolve("r-" + (i + 1)))
                    .hasContent(value + "|<" + value + ">|" + value + "|" + (i + 1) + "|1\n");
        }
        assertThat(node.errors()).isEmpty();
    }

    @Test
    void aRowThatIsAloneInItsTaskHasItsCellsInTheTasksVariables() throws Exception {
        CommandProgram program =
                CommandProgram.command("echo {city}; ls", List.of(CITY)).build();

        assertThat(node.run(program, named(List.of(row(1, "New York"))))).isZero();

        assertThat(node.working().resolve("r-1")).hasContent("New York\n");
        assertThat(node.working().resolve("twinbatch-inputs")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void filesOfAColumnLieInAFolderOfItsName(String shell) throws Exception {
        node.use(shell);
        TaskRow first = new TaskRow(
                1,
                1,
                Map.of("ref", "ref/the genome", "parts", "parts/*"),
                List.of(file("ref/the genome"), file("parts/p 1"), file("parts/-p$2")),
                true);
        TaskRow second = new TaskRow(
                2, 1, Map.of("ref", "ref/r", "parts", "parts/*"), List.of(file("ref/r"), file("parts/x")), true);
        CommandProgram program = CommandProgram.command(
                        "cat {} {ref} {parts}; for f in {parts}; do echo \"$f\"; done", List.of(INPUT, REF, PARTS))
                .build();

        int exitCode = node.run(
                program,
                named(List.of(
                        new InputFile(Path.of("a.txt"), "a.txt", 1, Optional.of(first)),
                        new InputFile(Path.of("a.txt"), "a.txt", 1, Optional.of(second)))));

        assertThat(exitCode).as(node.errors()).isZero();
        assertThat(node.working().resolve("r-1"))
                .hasContent("text of a.txttext of the genometext of -p$2text of p 1parts/-p$2\nparts/p 1\n");
        assertThat(node.working().resolve("r-2")).hasContent("text of a.txttext of rtext of xparts/x\n");
    }

    @Test
    void severalInputsOfARowAreWordsOfTheirOwn() throws Exception {
        TableColumn inputs = new TableColumn(TableColumn.INPUT, Kind.FILES);
        TaskRow row = new TaskRow(1, 1, Map.of(), List.of(file("input/b c"), file("input/a")), false);
        Path script = Files.writeString(folder.resolve("s"), "echo $#; cat \"$@\"\n");

        assertThat(node.run(
                        CommandProgram.script(script, List.of(inputs)).build(), named(List.of(InputFile.ofRow(row)))))
                .isZero();

        assertThat(node.working().resolve("r-1")).hasContent("2\ntext of atext of b c");
    }

    @Test
    void whatARowIsGivenIsNoResultOfItUnlessAPatternNamesIt() throws Exception {
        TaskRow row = new TaskRow(1, 1, Map.of("ref", "ref/r"), List.of(file("ref/r")), true);
        InputFile input = new InputFile(Path.of("a.txt"), "a.txt", 1, Optional.of(row));
        CommandProgram program = CommandProgram.command("cp {ref} new; cp {} ref/new", List.of(INPUT, REF))
                .output("**/*")
                .build();

        assertThat(node.run(program, named(List.of(input)))).isZero();

        assertThat(node.manifest())
                .contains("file r-1-1 new\0", "file r-1-2 ref/new\0")
                .doesNotContain("r-1-3");
    }

    @Test
    void aTryInTheFolderOfAnEarlierOneFindsNothingOfIt() throws Exception {
        TaskRow row = new TaskRow(1, 1, Map.of("ref", "ref/r"), List.of(file("ref/r")), false);
        CommandProgram program = CommandProgram.command(
                        "[ ! -e ref/left ] && [ -f {ref} ] && : >ref/left && false", List.of(REF))
                .build();
        List<PlannedInput> inputs = named(List.of(InputFile.ofRow(row)));

        assertThat(node.run(program, inputs)).isEqualTo(1);
        assertThat(node.working().resolve("in-1/ref/left")).exists();
        assertThat(node.run(program, inputs)).isEqualTo(1);
        assertThat(node.working().resolve("in-1/ref/left")).exists();
    }

    @Test
    void patternsOfResultsHaveTheCellsOfTheRow() throws Exception {
        CommandProgram program = CommandProgram.command(": >{city}.csv", List.of(CITY))
                .output("{city}.csv")
                .build();
        PlannedInput input = named(List.of(row(1, "New * York"))).get(0);

        assertThat(node.run(program, List.of(input))).isZero();

        assertThat(node.manifest()).contains("file r-1-1 New * York.csv\0");
        assertThat(program.shownResults(input)).containsExactly("New * York.csv");
        assertThat(program.shownCommand(input)).contains(": >'New * York'.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox sh"})
    void aShellCalculatesWithTheCellsOfARow(String shell) throws Exception {
        node.use(shell);
        CommandProgram program = CommandProgram.command(
                        "echo $(({city} * (2 + {#}))) \"$(( ({city})+1 ))\" $(printf %s {city})", List.of(CITY))
                .build();

        assertThat(node.run(program, named(List.of(row(1, "4"))))).isZero();

        assertThat(node.working().resolve("r-1")).hasContent("12 5 4\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo {town}|{town} is no placeholder; there are {#}, {city}, {parts}",
                "echo \"{town}\"|{town} is no placeholder",
                "echo {}|{} stands for the input, and the table has no column that is called input",
                "echo {/.}|has no column that is called input",
                "echo $(({parts} + 1))|{parts} stands for several files",
                "echo '{city}'|stands in single quotes",
                "echo \"{parts}\"|{parts} stands for several files"
            })
    void whatStandsForNoColumnIsRefused(String command, String message) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> CommandProgram.command(command, List.of(CITY, PARTS)))
                .withMessageContaining(message);
    }

    @Test
    void aPatternCannotHaveSeveralFiles() {
        CommandProgram.Builder program = CommandProgram.command("x", List.of(PARTS));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> program.output("{parts}.gz"))
                .withMessageContaining("several files");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2x",
                "a b",
                "a-b",
                "gr\u00fcn",
                "PATH",
                "IFS",
                "TWINBATCH_X",
                "AZ_BATCH_TASK_ID",
                "tb_exit",
                "LD_PRELOAD"
            })
    void aColumnHasTheNameOfAVariableThatNobodyElseUses(String name) {
        assertThat(TableColumn.nameProblem(name)).isPresent();
        assertThatExceptionOfType(BatchException.class).isThrownBy(() -> new TableColumn(name, Kind.VALUE));
    }

    @Test
    void aProgramMadeFromItsNotesHasTheSameColumns() {
        CommandProgram program = CommandProgram.command("cat {} {ref} {parts} {city}", List.of(INPUT, REF, PARTS, CITY))
                .output("{city}")
                .build();

        CommandProgram again = CommandProgram.ofNotes(program.notes()).orElseThrow();

        assertThat(again.applicationTexts()).isEqualTo(program.applicationTexts());
        assertThat(again.notes()).isEqualTo(program.notes());
    }

    @Test
    void theContentOfARowIsItsCellsAndItsFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "x");
        List<String> hashes = new ArrayList<>();
        hashes.add(InputFile.of(file).contentHash());
        hashes.add(InputFile.of(file)
                .withRow(new TaskRow(1, 1, Map.of("a", "b"), List.of(), true))
                .contentHash());
        hashes.add(InputFile.of(file)
                .withRow(new TaskRow(1, 1, Map.of("a", "c"), List.of(), true))
                .contentHash());
        hashes.add(InputFile.ofRow(new TaskRow(1, 1, Map.of("a", "c"), List.of(), false))
                .contentHash());
        TaskRow withFile = new TaskRow(1, 1, Map.of("a", "c"), List.of(new RowFile(file, 1, "ref/f")), false);
        hashes.add(InputFile.ofRow(withFile).contentHash());
        Files.writeString(file, "y");
        hashes.add(InputFile.ofRow(withFile).contentHash());

        assertThat(hashes).doesNotHaveDuplicates();
    }
}
