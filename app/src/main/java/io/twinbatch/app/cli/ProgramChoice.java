package io.twinbatch.app.cli;

import io.twinbatch.api.command.CommandProgram;
import io.twinbatch.api.command.TableColumn;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.run.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The program that the options of a run choose.
 *
 * @param program the program
 * @param numWords how many words a result has at most; empty for a command of the user's own
 */
record ProgramChoice(TaskProgram program, OptionalInt numWords) {
    /**
     * Chooses by the options.
     *
     * @param columns the columns of the table of tasks; none without one
     * @throws UsageException for options that exclude each other
     * @throws io.twinbatch.api.error.BatchException for a command, pattern or file that cannot be used
     */
    static ProgramChoice of(RunOptions options, List<TableColumn> columns, RunExecution work, Path workingFolder) {
        if (options.command.isEmpty() && options.script.isEmpty()) {
            require(
                    options.outputs.isEmpty(),
                    "--output needs --command or --script: the program that counts words has"
                            + " one result for each input, in --output-dir");
            require(options.programs.isEmpty(), "--program needs --command or --script, which use what it brings");
            require(options.combine.isEmpty(), "--combine needs --command or --script; --total adds up words");
            require(
                    options.containerImage().isEmpty(),
                    "--image needs --command or --script: the program that counts words runs with the Java of the nodes");
            return words(work.program(options.where.backend, options.numWords()), options.numWords());
        }
        require(
                options.command.isEmpty() || options.script.isEmpty(),
                "--command and --script exclude each other; a command runs a script that --program brings");
        require(
                !options.isGiven("--num-words"),
                "--num-words is an option of the program that counts words, and means nothing to --command and"
                        + " --script");
        require(
                !options.isGiven("--total"),
                "--total adds up words, and means nothing to --command and --script; --combine makes one result of"
                        + " all");
        CommandProgram.Builder program = options.command
                .map(text -> CommandProgram.command(text, columns))
                .orElseGet(() -> CommandProgram.script(workingFolder.resolve(options.script.orElseThrow()), columns));
        options.programs.forEach(path -> program.program(workingFolder.resolve(path)));
        options.outputs.forEach(program::output);
        options.combine.ifPresent(program::combine);
        options.containerImage().ifPresent(image -> program.image(image.name()));
        return new ProgramChoice(program.build(), OptionalInt.empty());
    }

    /** The program of a run that has noted it. */
    static ProgramChoice ofNotes(Map<String, String> notes, RunExecution work, Backend backend) {
        Optional<CommandProgram> command = CommandProgram.ofNotes(notes);
        if (command.isPresent()) {
            return new ProgramChoice(command.get(), OptionalInt.empty());
        }
        int numWords = RunExecution.numWords(notes);
        return words(work.program(backend, numWords), numWords);
    }

    private static ProgramChoice words(TaskProgram program, int numWords) {
        return new ProgramChoice(program, OptionalInt.of(numWords));
    }

    /** What the run notes, for {@link #ofNotes}. */
    Map<String, String> notes() {
        return program instanceof CommandProgram command ? command.notes() : RunExecution.notes(numWords.orElseThrow());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new UsageException(message);
        }
    }
}
