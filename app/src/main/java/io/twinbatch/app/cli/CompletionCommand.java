package io.twinbatch.app.cli;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.option.CompletionOptions;
import java.io.PrintStream;
import java.util.Set;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The command {@code completion}: prints the script by which a shell completes command lines of the app. */
final class CompletionCommand implements AppCommand {
    private static final Set<String> SHELLS = Set.of("bash", "zsh");
    private static final String NAME = "twinbatch";

    private final PrintStream out;
    private final Supplier<CommandLine> commands;
    private final CompletionOptions options;

    /**
     * Completes command lines.
     *
     * @param commands all commands; the options of the default command are completed without it too
     */
    CompletionCommand(PrintStream out, Supplier<CommandLine> commands, CompletionOptions options) {
        this.out = out;
        this.commands = commands;
        this.options = options;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        options.shell.filter(shell -> !SHELLS.contains(shell)).ifPresent(shell -> {
            throw new UsageException("completion is for bash and zsh, not for '" + QuotedValue.of(shell) + "'");
        });
        if (options.general.json) {
            throw new UsageException("completion prints a script; leave out --json");
        }
        begun.run();
        out.print(AutoComplete.bash(NAME, commands.get()));
        // The script of the project itself is completed like the installed command.
        out.println("complete -F _complete_" + NAME + " -o default app/app ./app/app");
        return ExitCode.DONE;
    }
}
