package io.twinbatch.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.api.workflow.model.Fingerprint;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.NumberedNaming;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.TaskCommand;
import io.twinbatch.api.workflow.model.TaskInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

    private Path working;
    private Path program;
    private String shell = "/bin/sh";

    @BeforeEach
    void makeNode() throws IOException {
        working = Files.createDirectory(folder.resolve("wd"));
        program = Files.createDirectory(folder.resolve("prep"));
    }

    private static List<PlannedInput> inputs(List<String> names) {
        List<InputFile> files = names.stream()
                .map(name -> new InputFile(Path.of(name), name, 1))
                .toList();
        return new NumberedNaming().name(files, Optional.empty());
    }

    /** Does what a node does, and returns the exit code. */
    private int run(CommandProgram command, List<PlannedInput> inputs) throws Exception {
        for (PlannedInput input : inputs) {
            Path placed = working.resolve(input.nodePath());
            Files.createDirectories(placed.getParent());
            Files.writeString(placed, "text of " + input.file().fileName());
        }
        for (Map.Entry<String, String> text : command.applicationTexts().entrySet()) {
            Files.writeString(program.resolve(text.getKey()), text.getValue());
        }
        for (Map.Entry<String, Path> file : command.applicationFiles().entrySet()) {
            Path target = program.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.copy(file.getValue(), target, StandardCopyOption.REPLACE_EXISTING);
            assertThat(target.toFile().setExecutable(true)).isTrue();
        }
        TaskCommand task = command.command(
                new TaskInputs("task0", inputs, "task0.manifest", Optional.empty(), new ContainerName("output")));
        for (Map.Entry<String, String> file : task.files().entrySet()) {
            Files.writeString(working.resolve(file.getKey()), file.getValue());
        }
        List<String> words = new ArrayList<>(List.of(shell.split(" ", -1)));
        words.addAll(CommandLine.split(task.commandLine()).subList(1, 3));
        ProcessBuilder process = new ProcessBuilder(words)
                .directory(working.toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .redirectOutput(folder.resolve("stdout").toFile());
        process.environment().putAll(task.environment());
        process.environment().put("AZ_BATCH_JOB_PREP_WORKING_DIR", program.toString());
        process.environment().put("LC_ALL", "C.UTF-8");
        return process.start().waitFor();
    }

    private void use(String otherShell) {
        String executable = otherShell.split(" ", -1)[0];
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, executable))),
                "this machine has no " + executable);
        shell = otherShell;
    }

    private String manifest() throws IOException {
        return Files.readString(working.resolve("twinbatch-manifest"));
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("stderr"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "bash --posix", "busybox sh"})
    void whateverAnInputIsCalledTheCommandReadsIt(String otherShell) throws Exception {
        use(otherShell);
        CommandProgram command = CommandProgram.command("cat {}; printf \"|%s|%s|%s|\" {/} {/.} {#}")
                .build();

        assertThat(run(command, inputs(NAMES))).isZero();

        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i);
            String stem = name.matches("(?s)\\.*[^.]+\\..*") ? name.substring(0, name.lastIndexOf('.')) : name;
            assertThat(working.resolve("r-" + (i + 1)))
                    .hasContent("text of " + name + "|" + name + "|" + stem + "|" + (i + 1) + "|");
        }
        assertThat(errors()).isEmpty();
        assertThat(manifest()).endsWith("\nend\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "bash --posix", "busybox sh"})
    void filesThatPatternsNameAreTakenUnderPlainNames(String otherShell) throws Exception {
        use(otherShell);
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
                assertThat(working.resolve("r-" + i + "-" + k)).hasContent("text of " + name);
            }
            assertThat(manifest()).contains("file r-" + i + "-2 other\0\n");
            assertThat(manifest().contains("file r-" + i + "-3 d/" + name + "\0\n"))
                    .isEqualTo(!hidden);
        }
    }

    @Test
    void theExitCodeIsTheCommandsAndTheOthersAreDone() throws Exception {
        CommandProgram command =
                CommandProgram.command("echo begun; [ {#} != 2 ] || exit 7").build();

        assertThat(run(command, inputs(List.of("a", "b", "c")))).isEqualTo(7);

        assertThat(errors()).contains("twinbatch-task: b: the command ended with exit code 7");
        assertThat(manifest())
                .contains("failed 2 7\n", "size 6 r-1\n", "size 6 r-3\n")
                .doesNotContain(" r-2");
    }

    @Test
    void aSuccessWithoutWhatAPatternNamesIsAFailure() throws Exception {
        CommandProgram command =
                CommandProgram.command("true").output("*.gz").output("{}").build();

        assertThat(run(command, inputs(List.of("a.txt")))).isEqualTo(121);

        assertThat(errors()).contains("a.txt: the command ended well, but left no file that --output=*.gz names");
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
        assertThat(working.resolve("r-1-1")).hasContent("new\n");
    }

    @Test
    void aFileThatTwoPatternsNameIsTakenOnce() throws Exception {
        CommandProgram command = CommandProgram.command("cp {} {}.gz")
                .output("*.gz")
                .output("{}.gz")
                .build();

        assertThat(run(command, inputs(List.of("a.txt")))).isZero();

        assertThat(manifest()).contains("r-1-1").doesNotContain("r-1-2");
    }

    @Test
    void aTryInTheFolderOfAnEarlierOneFindsNothingOfIt() throws Exception {
        CommandProgram command = CommandProgram.command("[ ! -e {}.gz ] && cp {} {}.gz && [ {#} = 1 ]")
                .output("*.gz")
                .build();
        List<PlannedInput> inputs = inputs(List.of("a.txt", "-b\n"));
        assertThat(run(command, inputs)).isEqualTo(1);
        assertThat(working.resolve("in-2/-b\n.gz")).exists();

        assertThat(run(command, inputs)).isEqualTo(1);

        assertThat(manifest()).containsOnlyOnce("size 13 r-1-1\n").containsOnlyOnce("failed 2 1\n");
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
        assertThat(errors()).isEqualTo("twinbatch-task: -a b: the command ended with exit code 3\n");
        Files.writeString(script, "shout <\"$1\"; cat \"$TWINBATCH_PROGRAM_DIR/lib/data\"\n");
        assertThat(run(CommandProgram.script(script).program(tools).build(), inputs(List.of("-a b"))))
                .isZero();
        assertThat(working.resolve("r-1")).hasContent("TEXT OF -A Bdata\n");
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
