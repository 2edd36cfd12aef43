package io.twinbatch.app.cli;

import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.journal.JournaledRun;
import io.twinbatch.app.journal.Launch;
import io.twinbatch.app.option.OptionReader;
import io.twinbatch.app.option.RerunOptions;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.Interruption;
import java.nio.file.Path;
import java.util.Optional;

/** The command {@code rerun}: the command line of an earlier run again, for its inputs that have no result. */
final class RerunCommand implements AppCommand {
    private static final String STANDARD_INPUT = "-";

    private final AppEnvironment appEnvironment;
    private final BackendSession.Starter starter;
    private final Interruption interruption;
    private final RerunOptions options;
    private Optional<RunCommand> again = Optional.empty();

    RerunCommand(
            AppEnvironment appEnvironment,
            BackendSession.Starter starter,
            Interruption interruption,
            RerunOptions options) {
        this.appEnvironment = appEnvironment;
        this.starter = starter;
        this.interruption = interruption;
        this.options = options;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        if (!options.failed) {
            throw new UsageException("rerun needs --failed: it runs the inputs again that have no result. To run all of"
                    + " them, repeat the command of the run with --force");
        }
        JournaledRun run = find();
        Launch launch = run.launch()
                .orElseThrow(() -> new UsageException("run " + run.id() + " was started on another machine, which knows"
                        + " its command line; " + remedy(run.outputFolder().toString())));
        run.client().ifPresent(client -> {
            throw new UsageException("run " + run.id() + " is at work, as process " + client.pid() + "; "
                    + next(run).await(run.id().value()) + " waits for its end");
        });
        if (run.ending().isEmpty()) {
            appEnvironment
                    .err()
                    .note("The client of run " + run.id() + " was killed; what its tasks have done, but it has not"
                            + " fetched, " + next(run).resume(run.id().value()) + " would fetch.");
        }
        again = Optional.of(new RunCommand(
                appEnvironment.in(launch.workingFolder()),
                starter,
                interruption,
                optionsOf(run, launch),
                Optional.empty(),
                "rerun",
                launch.inputs()));
        return again.get().execute(begun);
    }

    @Override
    public void failed(Failure failure) {
        again.ifPresent(command -> command.failed(failure));
    }

    private JournaledRun find() {
        JournalReader journal = new JournalReader(appEnvironment, options.where);
        return journal.find(options.run)
                .or(() -> journal.findByOutputFolder(
                        appEnvironment.workingFolder().resolve(options.run)))
                .orElseThrow(() ->
                        new UsageException(JournalReader.missing(options.run).getMessage() + ". " + remedy("DIR")));
    }

    private static String remedy(String outputFolder) {
        return "The command of the run, repeated with " + RunCommand.optionsForTheRest(Path.of(outputFolder))
                + ", does the same";
    }

    private NextCommands next(JournaledRun run) {
        return new NextCommands(run.backend(), options.where.stateDir);
    }

    /** The options of the run, but for a new job, into the folder of the results that exist. */
    private RunOptions optionsOf(JournaledRun run, Launch launch) {
        RunOptions again = new RunOptions();
        OptionReader.readAgain(again, launch.arguments(), launch.variables());
        if (options.isGiven("--backend") && options.where.backend != run.backend()) {
            throw new UsageException(
                    "run " + run.id() + " ran with --backend=" + run.backend() + "; leave out --backend");
        }
        if (again.tasks.filter(STANDARD_INPUT::equals).isPresent()) {
            throw new UsageException("the table of tasks of run " + run.id() + " came from standard input, and is not"
                    + " kept. " + remedy(run.outputFolder().toString()));
        }
        if (options.isGiven("--azurite") || options.isGiven("--azurite-port")) {
            again.where.azurite = options.where.azurite;
            again.where.azuritePort = options.where.azuritePort;
        } else if (launch.azuriteLeftOut()) {
            throw new UsageException("the connection string of the Azurite of run " + run.id()
                    + " is not kept, since it has a key; give it again with --azurite");
        }
        if (options.isGiven("--state-dir")) {
            again.where.stateDir = options.where.stateDir.map(appEnvironment.workingFolder()::resolve);
        }
        again.general.json = options.general.json;
        again.general.quiet = options.general.quiet;
        again.general.verbose = options.general.verbose;
        again.general.config =
                options.general.config.or(() -> again.general.config.map(launch.workingFolder()::resolve));
        boolean here =
                launch.workingFolder().equals(appEnvironment.workingFolder().toAbsolutePath());
        again.outputDir = Optional.of(
                here ? ResultFolder.shortened(run.outputFolder(), launch.workingFolder()) : run.outputFolder());
        again.skipExisting = true;
        again.force |= options.force;
        again.dryRun = options.dryRun;
        again.yes |= options.yes;
        again.jobId = Optional.empty();
        return again;
    }
}
