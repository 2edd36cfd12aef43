package io.twinbatch.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.PlannedInput.StagedFile;
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

/** A folder in which a test does what a node does with the command line of a task, on the shells that nodes have. */
final class CommandNode {
    private final Path folder;
    private final Path working;
    private final Path program;
    private String shell = "/bin/sh";

    CommandNode(Path folder) throws IOException {
        this.folder = folder;
        working = Files.createDirectory(folder.resolve("wd"));
        program = Files.createDirectory(folder.resolve("prep"));
    }

    /** The working folder of the tasks. */
    Path working() {
        return working;
    }

    /** Does what a node does, and returns the exit code. */
    int run(CommandProgram command, List<PlannedInput> inputs) throws Exception {
        for (PlannedInput input : inputs) {
            for (StagedFile file : input.files()) {
                Path placed = working.resolve(file.nodePath());
                Files.createDirectories(placed.getParent());
                Files.writeString(placed, "text of " + file.path().getFileName());
            }
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

    /** Runs tasks with another shell; ends the test where there is none. */
    void use(String otherShell) {
        String executable = otherShell.split(" ", -1)[0];
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, executable))),
                "this machine has no " + executable);
        shell = otherShell;
    }

    String manifest() throws IOException {
        return Files.readString(working.resolve("twinbatch-manifest"));
    }

    String errors() throws IOException {
        return Files.readString(folder.resolve("stderr"));
    }
}
