package io.twinbatch.app.cli;

import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.option.OptionReader;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.report.ResultStream;
import io.twinbatch.app.report.Version;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.InspectorFactory;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.Logging;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * Reads the command line, runs the command, and reports what went wrong. The first word alone decides the command, so
 * that a file among others may be called {@code doctor}.
 */
public final class TwinbatchApp {
    private final AppEnvironment appEnvironment;
    private final Interruption interruption;
    private final Commands commands;

    /** Everything that the program touches comes from outside. */
    public TwinbatchApp(
            AppEnvironment appEnvironment,
            BackendSession.Starter starter,
            InspectorFactory opener,
            Interruption interruption) {
        this.appEnvironment = appEnvironment;
        this.interruption = interruption;
        this.commands = new Commands(appEnvironment, starter, opener, interruption);
    }

    /** Runs a command line. */
    public ExitCode run(List<String> arguments) {
        boolean named = !arguments.isEmpty() && commands.has(arguments.get(0));
        ExitCode exitCode = named
                ? run(arguments.get(0), arguments.subList(1, arguments.size()), Optional.empty())
                : run(Commands.DEFAULT, arguments, arguments.stream().findFirst());
        appEnvironment.out().flush();
        boolean readerGone = appEnvironment.out() instanceof ResultStream results && results.readerGone();
        if (appEnvironment.out().checkError() && exitCode == ExitCode.DONE && !readerGone) {
            appEnvironment.err().error("twinbatch: the results could not be written to standard output");
            return ExitCode.PROVIDER;
        }
        return exitCode;
    }

    /**
     * Runs a command.
     *
     * @param unnamed the first word of a command line that names no command; perhaps a command with a typing error
     */
    private ExitCode run(String name, List<String> arguments, Optional<String> unnamed) {
        Invocation<?> command = commands.make(name);
        try {
            unnamed.ifPresent(commands::requireNoTypingError);
            if (unnamed.isPresent()) {
                commands.requireCommandFirst(arguments);
            }
            ParseResult parsed = new OptionReader(
                            appEnvironment.environment(), appEnvironment.folders(), commands.options())
                    .read(command.options(), arguments);
            if (parsed.isUsageHelpRequested()) {
                appEnvironment.out().print(commands.help(name, parsed.hasMatchedOption("--all")));
                return ExitCode.DONE;
            }
            if (parsed.isVersionHelpRequested()) {
                appEnvironment.out().println(Version.current().describe());
                return ExitCode.DONE;
            }
            if (command.options().general().quiet) {
                appEnvironment.err().beQuiet();
            }
            if (command.options().general().verbose) {
                Logging.beVerbose(System.getProperties());
            }
            return command.execute();
        } catch (RuntimeException | OutOfMemoryError e) {
            Failure failure = interrupted(command.hasBegun() ? Failure.atWork(e) : Failure.beforeWork(e));
            command.failed(failure);
            boolean json = command.options().general().json || wantsJson(arguments);
            return report(name, failure, json, command.options().general().verbose);
        }
    }

    /** Whatever breaks after a signal breaks because of it. */
    private Failure interrupted(Failure failure) {
        return interruption
                .received()
                .map(signal -> new Failure(failure.cause(), "stopped before any work was done", signal))
                .orElse(failure);
    }

    private ExitCode report(String command, Failure failure, boolean json, boolean verbose) {
        appEnvironment.err().endProgress();
        appEnvironment.err().error("twinbatch: " + failure.message());
        if (verbose) {
            StringWriter trace = new StringWriter();
            failure.cause().printStackTrace(new PrintWriter(trace, true));
            appEnvironment.err().raw(trace.toString());
        }
        if (json) {
            new JsonReport(appEnvironment.out())
                    .writeFailure(command, failure.cause(), failure.message(), failure.exitCode());
        }
        return failure.exitCode();
    }

    /** For a command line that could not be read, the words are searched for the option. */
    private static boolean wantsJson(List<String> arguments) {
        return arguments.stream().takeWhile(argument -> !argument.equals("--")).anyMatch("--json"::equals);
    }
}
