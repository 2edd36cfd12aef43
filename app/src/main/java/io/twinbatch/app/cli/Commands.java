package io.twinbatch.app.cli;

import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.option.CancelOptions;
import io.twinbatch.app.option.CleanupOptions;
import io.twinbatch.app.option.CommandOptions;
import io.twinbatch.app.option.CompletionOptions;
import io.twinbatch.app.option.DoctorOptions;
import io.twinbatch.app.option.EmulatorOptions;
import io.twinbatch.app.option.HelpPage;
import io.twinbatch.app.option.InstallOptions;
import io.twinbatch.app.option.LogsOptions;
import io.twinbatch.app.option.NearMatch;
import io.twinbatch.app.option.OptionReader;
import io.twinbatch.app.option.PortalOptions;
import io.twinbatch.app.option.RerunOptions;
import io.twinbatch.app.option.ResumeOptions;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.option.StatusOptions;
import io.twinbatch.app.option.WaitOptions;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.InspectorFactory;
import io.twinbatch.app.run.Interruption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The commands, by the word that names them on the command line. */
final class Commands {
    /** The command of a command line that names none. */
    static final String DEFAULT = "run";

    private final Map<String, Supplier<Invocation<?>>> byName = new LinkedHashMap<>();
    private final Path workingFolder;

    Commands(
            AppEnvironment appEnvironment,
            BackendSession.Starter starter,
            InspectorFactory opener,
            Interruption interruption) {
        this.workingFolder = appEnvironment.workingFolder();
        InspectionRunner look = new InspectionRunner(appEnvironment, opener, interruption);
        add(DEFAULT, RunOptions::new, o -> new RunCommand(appEnvironment, starter, interruption, o, script()));
        add("status", StatusOptions::new, o -> new StatusCommand(look, o));
        add("logs", LogsOptions::new, o -> new LogsCommand(look, o));
        add("resume", ResumeOptions::new, o -> new ResumeCommand(appEnvironment, starter, interruption, o));
        add("rerun", RerunOptions::new, o -> new RerunCommand(appEnvironment, starter, interruption, o));
        add("wait", WaitOptions::new, o -> new WaitCommand(appEnvironment, interruption, o));
        add("cancel", CancelOptions::new, o -> new CancelCommand(look, starter, o));
        add("cleanup", CleanupOptions::new, o -> new CleanupCommand(appEnvironment, starter, interruption, o));
        add("portal", PortalOptions::new, o -> new PortalCommand(appEnvironment, opener, interruption, o));
        add(
                "doctor",
                DoctorOptions::new,
                o -> new DoctorCommand(
                        appEnvironment,
                        starter,
                        o,
                        () -> new OptionReader(appEnvironment.environment(), appEnvironment.folders(), options())
                                .problems(o.general.config)));
        add("emulator", EmulatorOptions::new, o -> new EmulatorCommand(appEnvironment, interruption, script(), o));
        add("install", InstallOptions::new, o -> new InstallCommand(appEnvironment, script(), o));
        add(
                "completion",
                CompletionOptions::new,
                o -> new CompletionCommand(appEnvironment.out(), this::commandLine, o));
    }

    /** The script that has started the app, which passes its own path on. */
    private static Optional<Path> script() {
        return Optional.ofNullable(System.getProperty("twinbatch.script")).map(Path::of);
    }

    private <O extends CommandOptions> void add(String name, Supplier<O> options, Function<O, AppCommand> maker) {
        byName.put(name, () -> new Invocation<>(options.get(), maker));
    }

    /** All commands as picocli knows them; the default command is the root, and a command by its name too. */
    private CommandLine commandLine() {
        CommandLine root = OptionReader.parser(make(DEFAULT).options());
        byName.forEach((name, command) ->
                root.addSubcommand(name, OptionReader.parser(command.get().options())));
        return root;
    }

    /**
     * The help page of a command, from options that are not filled in: those can hold secrets from the environment.
     *
     * @param all whether it lists all options, for a command with two pages
     */
    String help(String name, boolean all) {
        if (!name.equals(DEFAULT)) {
            return HelpPage.of(OptionReader.parser(make(name).options()));
        }
        CommandLine root = commandLine();
        root.getCommandSpec().removeSubcommand(DEFAULT);
        return all ? HelpPage.ofRun(root) : HelpPage.ofRunInShort(root);
    }

    /** Whether a word names a command. */
    boolean has(String name) {
        return byName.containsKey(name);
    }

    /**
     * Refuses a word that resembles a command and is no file.
     *
     * @throws UsageException naming the command that it resembles
     */
    void requireNoTypingError(String word) {
        if (!word.matches("[a-zA-Z]+") || Files.exists(workingFolder.resolve(word))) {
            return;
        }
        NearMatch.command(byName.keySet(), word).ifPresent(near -> {
            throw new UsageException("'" + word + "' is neither a command nor a file; did you mean the command '" + near
                    + "'? app/app --help lists the commands");
        });
    }

    /**
     * Refuses a command that stands after its options, where inputs are.
     *
     * @throws UsageException with the command line in the right order
     */
    void requireCommandFirst(List<String> arguments) {
        int end = arguments.contains("--") ? arguments.indexOf("--") : arguments.size();
        for (int i = 1; i < end; i++) {
            String word = arguments.get(i);
            if (has(word) && !Files.exists(workingFolder.resolve(word))) {
                List<String> others = new ArrayList<>(arguments);
                others.remove(i);
                if (isCommand(word, arguments, others)) {
                    throw new UsageException("'" + word
                            + "' is a command, and a command comes before its options: app/app "
                            + word + " "
                            + others.stream().map(CleanupCommandLine::quoted).collect(Collectors.joining(" ")));
                }
            }
        }
    }

    /** Whether a word is a command rather than the value of an option before it. */
    private boolean isCommand(String word, List<String> arguments, List<String> others) {
        RunOptions run = new RunOptions();
        return OptionReader.accepts(run, arguments)
                ? run.inputs.contains(word)
                : OptionReader.accepts(make(word).options(), others);
    }

    /** A command that has not been executed, without any options. */
    Invocation<?> make(String name) {
        return byName.get(name).get();
    }

    /** The options of all commands. */
    Collection<Object> options() {
        return byName.values().stream()
                .<Object>map(command -> command.get().options())
                .toList();
    }
}
