package io.twinbatch.api.command;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.file.FileProblem;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.OutputFile.Condition;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.api.workflow.model.Concatenation;
import io.twinbatch.api.workflow.model.Fingerprint;
import io.twinbatch.api.workflow.model.InputNaming;
import io.twinbatch.api.workflow.model.NumberedNaming;
import io.twinbatch.api.workflow.model.PieceJoin;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.Sha256;
import io.twinbatch.api.workflow.model.TaskCommand;
import io.twinbatch.api.workflow.model.TaskInputs;
import io.twinbatch.api.workflow.model.TaskOutput;
import io.twinbatch.api.workflow.model.TaskProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A command of the user's own, run once for each input in a folder that has nothing but the input. Its result is what it
 * writes to its standard output, or the files that patterns name.
 */
public final class CommandProgram implements TaskProgram {
    private static final String SCRIPT = "twinbatch-script";
    private static final NumberedNaming NAMING = new NumberedNaming();

    private final CommandText command;
    private final Optional<Path> script;
    private final List<ResultPattern> results;
    private final NodeScript nodeScript;
    private final Map<String, Path> files;
    private final String fingerprint;
    private final Optional<CommandText> combine;
    private final Optional<TaskContainer> container;
    private final Placeholders placeholders;

    private CommandProgram(Builder builder, Optional<String> knownFingerprint) {
        command = builder.command;
        script = builder.script;
        placeholders = builder.placeholders;
        results = List.copyOf(builder.results);
        nodeScript = new NodeScript("twinbatch-task", command.forShell(), results, NumberedNaming.RESULTS);
        combine = builder.combine;
        container = builder.container;
        Map<String, Path> all = new HashMap<>(builder.files);
        script.ifPresent(path -> all.put(SCRIPT, path));
        files = Map.copyOf(all);
        fingerprint = knownFingerprint.orElseGet(this::computeFingerprint);
    }

    /**
     * Begins a program that runs a text in {@code /bin/sh}. Placeholders in it stand for the input; the text may use the
     * variables as well.
     *
     * @throws BatchException {@code INVALID} for a text that cannot be run
     */
    public static Builder command(String text) {
        return command(text, List.of());
    }

    /**
     * The same for the rows of a table: a placeholder {@code {NAME}} stands for the cell of a column.
     *
     * @param columns the columns of the table
     * @throws BatchException {@code INVALID} for a text that cannot be run
     */
    public static Builder command(String text, List<TableColumn> columns) {
        Placeholders placeholders = new Placeholders(columns);
        return new Builder(CommandText.of(text, placeholders), Optional.empty(), placeholders);
    }

    /**
     * Begins a program that runs a script: by the interpreter that its first line names, otherwise by {@code /bin/sh}. Its
     * first argument is the input's path.
     *
     * @throws BatchException {@code NOT_FOUND} or {@code INVALID} for a file that cannot be read
     */
    public static Builder script(Path file) {
        return script(file, List.of());
    }

    /**
     * The same for the rows of a table, whose cells are in variables. Its arguments are the row's inputs.
     *
     * @param columns the columns of the table
     * @throws BatchException {@code NOT_FOUND} or {@code INVALID} for a file that cannot be read
     */
    public static Builder script(Path file, List<TableColumn> columns) {
        Placeholders placeholders = new Placeholders(columns);
        FileProblem.of(file).ifPresent(problem -> {
            throw new BatchException(ErrorCode.NOT_FOUND, "script " + file, "it " + problem.reason());
        });
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(2), StandardCharsets.ISO_8859_1);
            require(!start.isEmpty(), "script " + file, "it is empty");
            return new Builder(scriptCommand(start.equals("#!"), placeholders), Optional.of(file), placeholders);
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID, "script " + file, "it cannot be read: " + FailureReason.of(e), e);
        }
    }

    private static CommandText scriptCommand(boolean hasInterpreter, Placeholders placeholders) {
        String script = "\"$AZ_BATCH_JOB_PREP_WORKING_DIR/" + SCRIPT + "\"";
        return CommandText.of(
                "exec " + (hasInterpreter ? "" : "/bin/sh ") + script + arguments(placeholders), placeholders);
    }

    private static String arguments(Placeholders placeholders) {
        return placeholders.hasInput() ? " {}" : "";
    }

    /** Collects the parts of a program. */
    public static final class Builder {
        private final CommandText command;
        private final Optional<Path> script;
        private final Placeholders placeholders;
        private final List<ResultPattern> results = new ArrayList<>();
        private Optional<CommandText> combine = Optional.empty();
        private Optional<TaskContainer> container = Optional.empty();
        private final ProgramFiles program = new ProgramFiles();
        private final Map<String, Path> files = new HashMap<>();

        private Builder(CommandText command, Optional<Path> script, Placeholders placeholders) {
            this.command = command;
            this.script = script;
            this.placeholders = placeholders;
        }

        /**
         * Adds a pattern of files that are results; without any, standard output is the result.
         *
         * @throws BatchException {@code INVALID} for a pattern that leaves the folder or cannot be read
         */
        public Builder output(String pattern) {
            results.add(ResultPattern.of(pattern, placeholders));
            return this;
        }

        /**
         * Adds a file, or all files of a folder, that each node gets once. The command finds them by its PATH and in
         * {@code $TWINBATCH_PROGRAM_DIR}.
         *
         * @throws BatchException {@code NOT_FOUND} or {@code INVALID} for what cannot be brought
         */
        public Builder program(Path fileOrFolder) {
            program.add(fileOrFolder);
            return this;
        }

        /**
         * Sets a command that runs once, after all inputs have succeeded, in a folder that has all results under their
         * names in the output folder. {@code {}} stands for all of them, in the order of the inputs; its standard output is
         * the result over all inputs. It runs when the run is asked for a total.
         *
         * @throws BatchException {@code INVALID} for a text that cannot be run
         */
        public Builder combine(String text) {
            CommandText command = CommandText.of(text, Placeholders.OF_INPUTS);
            String ignored = command.forAllResults();
            combine = Optional.of(command);
            return this;
        }

        /**
         * Runs the command in a container. The image needs {@code /bin/sh}, and coreutils or busybox.
         *
         * @param image the name of the image, such as {@code busybox:1.36}
         * @throws BatchException {@code INVALID} for what cannot be the name of an image
         */
        public Builder image(String image) {
            container = Optional.of(TaskContainer.of(image));
            return this;
        }

        /** The program; throws {@link BatchException} with {@code INVALID} when a file of it cannot be read. */
        public CommandProgram build() {
            files.putAll(program.byPath());
            return new CommandProgram(this, Optional.empty());
        }
    }

    private static void require(boolean condition, String what, String message) {
        if (!condition) {
            throw new BatchException(ErrorCode.INVALID, what, message);
        }
    }

    /** The command as the user has written it; for a script what runs it. */
    public String text() {
        return script.map(Path::toString).orElse(command.text());
    }

    /** What a run has to note, so that {@link #ofNotes} can make the program again. */
    public Map<String, String> notes() {
        Map<String, String> notes = new HashMap<>();
        notes.put("command", command.text());
        script.ifPresent(path -> notes.put("script", path.toAbsolutePath().toString()));
        for (int i = 0; i < results.size(); i++) {
            notes.put("output." + i, results.get(i).text());
        }
        files.forEach(
                (name, path) -> notes.put("file." + name, path.toAbsolutePath().toString()));
        combine.ifPresent(text -> notes.put("combine", text.text()));
        container.ifPresent(chosen -> notes.put("image", chosen.image().name()));
        for (int i = 0; i < placeholders.columns().size(); i++) {
            TableColumn column = placeholders.columns().get(i);
            notes.put("column." + i, column.kind() + " " + column.name());
        }
        notes.put("fingerprint", fingerprint);
        return notes;
    }

    /**
     * The program that a run has noted, whose files need not be on this machine; empty when the run has another program.
     *
     * @throws BatchException {@code INVALID} when the notes cannot be read
     */
    public static Optional<CommandProgram> ofNotes(Map<String, String> notes) {
        if (!notes.containsKey("command")) {
            return Optional.empty();
        }
        Placeholders placeholders = new Placeholders(columns(notes));
        Builder builder = new Builder(
                CommandText.of(notes.get("command"), placeholders),
                Optional.ofNullable(notes.get("script")).map(Path::of),
                placeholders);
        for (int i = 0; notes.containsKey("output." + i); i++) {
            builder.output(notes.get("output." + i));
        }
        Optional.ofNullable(notes.get("combine")).ifPresent(builder::combine);
        Optional.ofNullable(notes.get("image")).ifPresent(builder::image);
        notes.forEach((key, value) -> {
            if (key.startsWith("file.")) {
                builder.files.put(key.substring("file.".length()), Path.of(value));
            }
        });
        return Optional.of(new CommandProgram(builder, Optional.ofNullable(notes.get("fingerprint"))));
    }

    private static List<TableColumn> columns(Map<String, String> notes) {
        List<TableColumn> columns = new ArrayList<>();
        for (int i = 0; notes.containsKey("column." + i); i++) {
            String[] column = notes.get("column." + i).split(" ", 2);
            columns.add(new TableColumn(column[1], TableColumn.Kind.valueOf(column[0])));
        }
        return columns;
    }

    @Override
    public String taskIdPrefix() {
        return "task";
    }

    @Override
    public Map<String, Path> applicationFiles() {
        return files;
    }

    @Override
    public Map<String, String> applicationTexts() {
        Map<String, String> texts = new HashMap<>();
        texts.put(nodeScript.name(), nodeScript.text());
        combine.map(Combination::new)
                .map(Combination::nodeScript)
                .ifPresent(script -> texts.put(script.name(), script.text()));
        return texts;
    }

    /** Any node will do: it has a shell. */
    @Override
    public Optional<StartTask> startTask() {
        return Optional.empty();
    }

    @Override
    public Optional<TaskContainer> container() {
        return container;
    }

    @Override
    public InputNaming naming() {
        return NAMING;
    }

    @Override
    public boolean namesItsResults() {
        return !results.isEmpty();
    }

    @Override
    public boolean mayLeave(PlannedInput input, String fileName) {
        InputValues values = InputValues.of(input);
        return results.stream().anyMatch(result -> result.matches(fileName, values));
    }

    @Override
    public Optional<String> shownCommand(PlannedInput input) {
        InputValues values = InputValues.of(input);
        return Optional.of(script.map(
                        path -> CommandText.of(ShellWord.shown(path.toString()) + arguments(placeholders), placeholders)
                                .shownFor(values))
                .orElseGet(() -> command.shownFor(values)));
    }

    @Override
    public List<String> shownResults(PlannedInput input) {
        InputValues values = InputValues.of(input);
        return results.stream().map(result -> result.textFor(values)).toList();
    }

    @Override
    public TaskCommand command(TaskInputs work) {
        TaskCalls calls = new TaskCalls(work.inputs(), placeholders.columns());
        // The manifest comes last: where it is, the results are.
        List<TaskOutput> outputs = List.of(
                new TaskOutput(NodeScript.RESULTS, NumberedNaming.RESULTS, Condition.COMPLETION),
                new TaskOutput(NodeScript.MANIFEST, work.manifestObject(), Condition.SUCCESS),
                new TaskOutput(NodeScript.MANIFEST, work.failedManifestObject(), Condition.FAILURE));
        return nodeScript.run(calls.environment(), calls.files(), outputs);
    }

    /** The node stores what tasks leave; they need no right of their own to do so. */
    @Override
    public Map<String, String> outputEnvironment(SignedUrl outputContainer) {
        return Map.of();
    }

    @Override
    public Optional<Fingerprint> fingerprint() {
        return Optional.of(new Fingerprint(text(), fingerprint));
    }

    private String computeFingerprint() {
        StringBuilder parts = new StringBuilder();
        parts.append(nodeScript.text());
        container.ifPresent(chosen -> parts.append(chosen.image()).append('\n'));
        files.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(file -> {
            try {
                parts.append(file.getKey())
                        .append(' ')
                        .append(new Sha256().add(file.getValue()).hex())
                        .append('\n');
            } catch (IOException e) {
                throw new BatchException(
                        ErrorCode.INVALID,
                        "program " + file.getValue(),
                        "it cannot be read: " + FailureReason.of(e),
                        e);
            }
        });
        return new Sha256().add(parts.toString()).hex();
    }

    @Override
    public Optional<PieceJoin> pieces() {
        return Optional.of(new Concatenation());
    }

    @Override
    public Optional<TotalProgram> total() {
        return combine.map(Combination::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommandProgram program && program.fingerprint.equals(fingerprint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fingerprint);
    }
}
