package io.twinbatch.app.cli;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobState;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.inspect.JobFinder;
import io.twinbatch.app.inspect.RunProcess;
import io.twinbatch.app.journal.JournaledRun;
import io.twinbatch.app.option.CancelOptions;
import io.twinbatch.app.run.Backend;
import io.twinbatch.app.run.BackendSession;
import java.util.List;
import java.util.Optional;

/**
 * The command {@code cancel}: ends a run from another terminal. On this machine its process is asked to stop, as by Ctrl-C; at
 * a provider its job is terminated, and its client does the rest.
 */
final class CancelCommand implements AppCommand {
    private final InspectionRunner work;
    private final AppEnvironment appEnvironment;
    private final BackendSession.Starter starter;
    private final CancelOptions options;

    CancelCommand(InspectionRunner work, BackendSession.Starter starter, CancelOptions options) {
        this.work = work;
        this.appEnvironment = work.appEnvironment();
        this.starter = starter;
        this.options = options;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        if (options.general.json) {
            throw new UsageException("cancel prints no document; leave out --json");
        }
        NextCommands next = new NextCommands(options.where.backend, options.where.stateDir);
        List<BackendInspector> looks = work.begin(options.where, options.general, begun);
        Optional<RunProcess> client = new JournalReader(appEnvironment, options.where)
                .find(options.job)
                .flatMap(JournaledRun::client);
        if (client.isPresent()) {
            return stop(client.get(), options.job);
        }
        JobFinder.Found found = new JobFinder(looks, next.status()).find(options.job);
        if (found.job().state() != JobState.ACTIVE) {
            throw new UsageException("job " + found.job().id() + " has ended, or is about to; "
                    + next.status(found.job().id().value()) + " shows it");
        }
        if (options.where.backend == Backend.AZURE) {
            terminate(found.job());
            return ExitCode.DONE;
        }
        return stop(client(found, next), found.job().id().value());
    }

    private void terminate(Job job) {
        try (BackendSession session =
                starter.start(new SettingsReader(appEnvironment).readForWork(options.where, options.general))) {
            session.terminate(job.id());
        }
        appEnvironment
                .out()
                .println("Job " + job.id() + " is being terminated; the client of its run keeps the results of"
                        + " finished tasks and deletes the rest.");
    }

    private static RunProcess client(JobFinder.Found found, NextCommands next) {
        RunProcess process = RunProcess.of(found.look())
                .orElseThrow(() -> new UsageException("no process is at work on job "
                        + found.job().id() + "; "
                        + next.status(found.job().id().value()) + " says what to do with it"));
        if (process.isEmulator()) {
            throw new UsageException(
                    "job " + found.job().id() + " runs on an emulator, whose process does not end for it;"
                            + " with its settings (see app/app emulator --help) use --backend=azure");
        }
        return process;
    }

    private ExitCode stop(RunProcess process, String job) {
        if (!process.stop()) {
            throw new UsageException("process " + process.pid() + " of the run cannot be stopped by this user");
        }
        appEnvironment
                .err()
                .note("Asked process " + process.pid() + " to stop; it keeps finished results and deletes the"
                        + " rest. Waiting until it has ended ...");
        try {
            process.await();
        } catch (InterruptedException e) {
            return work.interruption().received().orElse(ExitCode.INTERRUPTED);
        }
        appEnvironment.out().println("The run of job " + job + " has ended.");
        return ExitCode.DONE;
    }
}
