package io.twinbatch.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.api.workflow.model.Fingerprint;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.NumberedNaming;
import io.twinbatch.api.workflow.model.PlannedInput;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What a node does with the command line of a task, on the shells that nodes have. */
class CommandProgramTest {
    private static final List<String> NAMES = List.of(
            "a.txt",
            "b c.txt",
            "it's \"q\" $HOME `id`.txt",
            "two\nlines.txt",
            "-n.txt",
            "x=y.txt",
            "gr\u00fc\u00dfe",
            "{} * [a] \\.txt",
            " ",
            "..dots.tar.gz");

    @TempDir
    private Path folder;

    private CommandNode node;

    @BeforeEach
    void makeNode() throws IOException {
        node = new CommandNode(folder);
    }

    private static List<PlannedInput> inputs(List<String> names) {
        List<InputFile> files = names.stream()
                .map(name -> new InputFile(Path.of(name), name, 1))
                .toList();
        return new NumberedNaming().name(files, Optional.empty());
    }

    private int run(CommandProgram command, List<PlannedInput> inputs) throws Exception {
        return node.run(command, inputs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "bash --posix", "busybox sh"})
    void whateverAnInputIsCalledTheCommandReadsIt(String otherShell) throws Exception {
        node.use(otherShell);
        CommandProgram command = CommandProgram.command("cat {}; printf \"|%s|%s|%s|\" {/} {/.} {#}")
                .build();

        assertThat(run(command, inputs(NAMES))).isZero();

        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            String stem = name.matches("(?s)\\.*[^.]+\\..*") ? name.substring(0, name.lastIndexOf('.')) : name;
            assertThat(node.working().resolve("r-" + (i + 1)))
                    .hasContent("text of " + name + "|" + name + "|" + stem + "|" + (i + 1) + "|");
        }
        assertThat(node.errors()).isEmpty();
        assertThat(node.manifest()).endsWith("\nend\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "bash --posix", "busybox sh"})
    void filesThatPatternsNameAreTakenUnderPlainNames(String otherShell) throws Exception {
        node.use(otherShell);
        CommandProgram command = CommandProgram.command(
                        "mkdir d && cp {} d/{/} && cp {} {.}.copy && cp {} other && : >.hidden")
                .output("{.}.copy")
                .output("**/*")
                .build();

        assertThat(run(command, inputs(NAMES))).isZero();

        for (int i = 1; i <= NAMES.size(); i++) {
            String name = NAMES.get(i - 1);
            boolean hidden = name.startsWith(".");
            for (int k = 1; k <= (hidden ? 2 : 3); k++) {
                assertThat(node.working().resolve("r-" + i + "-" + k)).hasContent("text of " + name);
            }
            assertThat(node.manifest()).contains("file r-" + i + "-2 other\0\n");
            assertThat(node.manifest().contains("file r-" + i + "-3 d/" + name + "\0\n"))
                    .isEqualTo(!hidden);
        }
    }

    @Test
    void theExitCodeIsTheCommandsAndTheOthersAreDone() throws Exception {
        CommandProgram command =
                CommandProgram.command("echo begun; [ {#} != 2 ] || exit 7").build();

        assertThat(run(command, inputs(List.of("a", "b", "c")))).isEqualTo(7);

        assertThat(node.errors()).contains("twinbatch-task: b: the command ended with exit code 7");
        assertThat(node.manifest())
                .contains("failed 2 7\n", "size 6 r-1\n", "size 6 r-3\n")
                .doesNotContain(" r-2");
    }

    @Test
    void aSuccessWithoutWhatAPatternNamesIsAFailure() throws Exception {
        CommandProgram command =
                CommandProgram.command("true").output("*.gz").output("{}").build();

        assertThat(run(command, inputs(List.of("a.txt")))).isEqualTo(121);

        assertThat(node.errors()).contains("a.txt: the command ended well, but left no file that --output=*.gz names");
    }

    @Test
    void anInputIsNoResultUnlessAPatternNamesIt() throws Exception {
        assertThat(run(CommandProgram.command("true").output("*").build(), inputs(List.of("a.txt"))))
                .isEqualTo(121);
    }

    @Test
    void anInputThatIsChangedInItsPlaceIsAResult() throws Exception {
        assertThat(run(CommandProgram.command("echo new >{}").output("{}").build(), inputs(List.of("a.txt"))))
                .isZero();
        assertThat(node.working().resolve("r-1-1")).hasContent("new\n");
    }

    @Test
    void aFileThatTwoPatternsNameIsTakenOnce() throws Exception {
        CommandProgram command = CommandProgram.command("cp {} {}.gz")
                .output("*.gz")
                .output("{}.gz")
                .build();

        assertThat(run(command, inputs(List.of("a.txt")))).isZero();

        assertThat(node.manifest()).contains("r-1-1").doesNotContain("r-1-2");
    }

    @Test
    void aTryInTheFolderOfAnEarlierOneFindsNothingOfIt() throws Exception {
        CommandProgram command = CommandProgram.command("[ ! -e {}.gz ] && cp {} {}.gz && [ {#} = 1 ]")
                .output("*.gz")
                .build();
        List<PlannedInput> inputs = inputs(List.of("a.txt", "-b\n"));
        assertThat(run(command, inputs)).isEqualTo(1);
        assertThat(node.working().resolve("in-2/-b\n.gz")).exists();

        assertThat(run(command, inputs)).isEqualTo(1);

        assertThat(node.manifest()).containsOnlyOnce("size 13 r-1-1\n").containsOnlyOnce("failed 2 1\n");
    }

    @Test
    void aScriptGetsTheInputAndFindsTheProgramsOnItsPath() throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools/lib")).getParent();
        Files.writeString(tools.resolve("shout"), "#!/bin/sh\nexec tr a-z A-Z\n");
        Files.writeString(tools.resolve("lib/data"), "data\n");
        Path script = Files.writeString(
                folder.resolve("my script"), "shout <\"$1\"; cat \"$TWINBATCH_PROGRAM_DIR/lib/data\"; exit 3\n");

        CommandProgram command = CommandProgram.script(script).program(tools).build();

        assertThat(run(command, inputs(List.of("-a b")))).isEqualTo(3);
        assertThat(node.errors()).isEqualTo("twinbatch-task: -a b: the command ended with exit code 3\n");
        Files.writeString(script, "shout <\"$1\"; cat \"$TWINBATCH_PROGRAM_DIR/lib/data\"\n");
        assertThat(run(CommandProgram.script(script).program(tools).build(), inputs(List.of("-a b"))))
                .isZero();
        assertThat(node.working().resolve("r-1")).hasContent("TEXT OF -A Bdata\n");
    }

    @Test
    void aProgramMadeFromItsNotesIsTheSame() throws IOException {
        Path tool = Files.writeString(folder.resolve("tool"), "x");
        CommandProgram command = CommandProgram.command("tool {}")
                .output("*.a")
                .output("b")
                .program(tool)
                .image("tools/convert:2")
                .build();

        CommandProgram again = CommandProgram.ofNotes(command.notes()).orElseThrow();

        assertThat(again.applicationTexts()).isEqualTo(command.applicationTexts());
        assertThat(again.applicationFiles()).isEqualTo(command.applicationFiles());
        assertThat(again.fingerprint()).isEqualTo(command.fingerprint());
        assertThat(again.container()).contains(TaskContainer.of("tools/convert:2"));
        assertThat(CommandProgram.ofNotes(Map.of("num-words", "3"))).isEmpty();
    }

    @Test
    void whateverChangesTheResultsChangesTheFingerprint() throws IOException {
        Path tool = Files.writeString(folder.resolve("tool"), "x");
        List<Optional<Fingerprint>> fingerprints = new ArrayList<>();
        fingerprints.add(CommandProgram.command("cat {}").build().fingerprint());
        fingerprints.add(CommandProgram.command("cat <{}").build().fingerprint());
        fingerprints.add(CommandProgram.command("cat {}").image("a:1").build().fingerprint());
        fingerprints.add(CommandProgram.command("cat {}").image("a:2").build().fingerprint());
        fingerprints.add(CommandProgram.command("cat {}").output("x").build().fingerprint());
        fingerprints.add(CommandProgram.command("cat {}").program(tool).build().fingerprint());
        Files.writeString(tool, "y");
        fingerprints.add(CommandProgram.command("cat {}").program(tool).build().fingerprint());
        fingerprints.add(CommandProgram.script(tool).build().fingerprint());

        assertThat(fingerprints).doesNotHaveDuplicates().doesNotContain(Optional.empty());
    }

    @Test
    void filesThatAreNotThereOrCannotBeNamedAreRefused() throws IOException {
        Path odd = Files.writeString(folder.resolve("a b"), "x");
        CommandProgram.Builder builder = CommandProgram.command("x");

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> CommandProgram.script(folder.resolve("none")))
                .withMessageContaining("does not exist");
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> builder.program(folder.resolve("none")))
                .withMessageContaining("does not exist");
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> builder.program(odd))
                .withMessageContaining("characters other than");
    }
}
