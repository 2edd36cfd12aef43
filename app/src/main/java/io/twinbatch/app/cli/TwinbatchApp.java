package io.twinbatch.app.cli;

import io.twinbatch.app.ExitCode;
import io.twinbatch.app.Version;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.Logging;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine.ParseResult;

/**
 * Reads the command line, runs the command, and reports what went wrong. The first word alone decides the command, so
 * that a file among others may be called {@code doctor}.
 */
public final class TwinbatchApp {
    private final Surroundings surroundings;
    private final BackendSession.Starter starter;
    private final Interruption interruption;

    /** Everything that the program touches comes from outside. */
    public TwinbatchApp(Surroundings surroundings, BackendSession.Starter starter, Interruption interruption) {
        this.surroundings = surroundings;
        this.starter = starter;
        this.interruption = interruption;
    }

    /** Runs a command line. */
    public ExitCode run(List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        ExitCode exitCode = switch (first) {
            case "cleanup" -> cleanup(arguments.subList(1, arguments.size()));
            case "doctor" -> doctor(arguments.subList(1, arguments.size()));
            case "emulator" -> emulator(arguments.subList(1, arguments.size()));
            case "run" -> runWorkflow(arguments.subList(1, arguments.size()));
            default -> runWorkflow(arguments);
        };
        surroundings.out().flush();
        if (surroundings.out().checkError() && exitCode == ExitCode.DONE) {
            surroundings.err().line("twinbatch: the results could not be written to standard output");
            return ExitCode.PROVIDER;
        }
        return exitCode;
    }

    private ExitCode runWorkflow(List<String> arguments) {
        RunOptions options = new RunOptions();
        RunCommand command = new RunCommand(surroundings, starter, interruption, options);
        try {
            ParseResult parsed = reader().read(options, arguments);
            if (parsed.isUsageHelpRequested()) {
                surroundings.out().print(HelpText.run(OptionReader.parser(new RunOptions())));
                return ExitCode.DONE;
            }
            if (parsed.isVersionHelpRequested()) {
                surroundings.out().println(Version.current().describe());
                return ExitCode.DONE;
            }
            prepare(options.verbose);
            return command.execute();
        } catch (RuntimeException | OutOfMemoryError e) {
            Failure failure = command.isPlanned() ? Failure.atWork(e) : Failure.beforeWork(e);
            return report("run", interrupted(failure), options.json || wantsJson(arguments), options.verbose);
        }
    }

    private ExitCode cleanup(List<String> arguments) {
        CleanupOptions options = new CleanupOptions();
        CleanupCommand command = new CleanupCommand(surroundings, starter, interruption, options);
        try {
            ParseResult parsed = reader().read(options, arguments);
            if (parsed.isUsageHelpRequested()) {
                surroundings.out().print(HelpText.cleanup(OptionReader.parser(new CleanupOptions())));
                return ExitCode.DONE;
            }
            prepare(options.verbose);
            return command.execute();
        } catch (RuntimeException | OutOfMemoryError e) {
            Failure failure = command.isStarted() ? Failure.atWork(e) : Failure.beforeWork(e);
            return report("cleanup", interrupted(failure), options.json || wantsJson(arguments), options.verbose);
        }
    }

    private ExitCode doctor(List<String> arguments) {
        DoctorOptions options = new DoctorOptions();
        try {
            ParseResult parsed = reader().read(options, arguments);
            if (parsed.isUsageHelpRequested()) {
                surroundings.out().print(HelpText.doctor(OptionReader.parser(new DoctorOptions())));
                return ExitCode.DONE;
            }
            prepare(options.verbose);
            return new DoctorCommand(surroundings, starter, options).execute();
        } catch (RuntimeException e) {
            return report("doctor", Failure.beforeWork(e), options.json || wantsJson(arguments), options.verbose);
        }
    }

    private ExitCode emulator(List<String> arguments) {
        EmulatorOptions options = new EmulatorOptions();
        EmulatorCommand command = new EmulatorCommand(surroundings, interruption, options);
        try {
            ParseResult parsed = reader().read(options, arguments);
            if (parsed.isUsageHelpRequested()) {
                surroundings.out().print(HelpText.emulator(OptionReader.parser(new EmulatorOptions())));
                return ExitCode.DONE;
            }
            prepare(options.verbose);
            return command.execute();
        } catch (RuntimeException e) {
            Failure failure = command.isStarted() ? Failure.atWork(e) : Failure.beforeWork(e);
            return report("emulator", interrupted(failure), options.json || wantsJson(arguments), options.verbose);
        }
    }

    private OptionReader reader() {
        return new OptionReader(surroundings.environment(), surroundings.folders());
    }

    private static void prepare(boolean verbose) {
        if (verbose) {
            Logging.beVerbose(System.getProperties());
        }
    }

    /** Whatever breaks after a signal breaks because of it. */
    private Failure interrupted(Failure failure) {
        return interruption
                .received()
                .map(signal -> new Failure(failure.cause(), "stopped before anything was done", signal))
                .orElse(failure);
    }

    private ExitCode report(String command, Failure failure, boolean json, boolean verbose) {
        surroundings.err().endProgress();
        surroundings.err().line("twinbatch: " + failure.message());
        if (verbose) {
            StringWriter trace = new StringWriter();
            failure.cause().printStackTrace(new PrintWriter(trace, true));
            surroundings.err().raw(trace.toString());
        }
        if (json) {
            new JsonReport(surroundings.out())
                    .writeFailure(command, failure.cause(), failure.message(), failure.exitCode());
        }
        return failure.exitCode();
    }

    /** For a command line that could not be read, the option is looked for by hand. */
    private static boolean wantsJson(List<String> arguments) {
        return arguments.stream().takeWhile(argument -> !argument.equals("--")).anyMatch("--json"::equals);
    }
}
