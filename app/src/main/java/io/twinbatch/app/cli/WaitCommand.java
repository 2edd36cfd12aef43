package io.twinbatch.app.cli;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.inspect.RunProcess;
import io.twinbatch.app.journal.JournaledRun;
import io.twinbatch.app.option.WaitOptions;
import io.twinbatch.app.run.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The command {@code wait}: waits for the end of a run of this machine, and ends as the run has ended. */
final class WaitCommand implements AppCommand {
    private final AppEnvironment appEnvironment;
    private final Interruption interruption;
    private final WaitOptions options;
    private final JournalReader journal;

    WaitCommand(AppEnvironment appEnvironment, Interruption interruption, WaitOptions options) {
        this.appEnvironment = appEnvironment;
        this.interruption = interruption;
        this.options = options;
        this.journal = new JournalReader(appEnvironment, options.where);
    }

    @Override
    public ExitCode execute(Runnable begun) {
        if (options.general.json) {
            throw new UsageException("wait prints what the run prints; give --json to run --detach");
        }
        try {
            JournaledRun run = find();
            begun.run();
            Optional<RunProcess> client = run.client();
            if (client.isPresent()) {
                await(run, client.get());
                run = find();
            }
            return report(run);
        } catch (InterruptedException e) {
            return interruption.received().orElse(ExitCode.INTERRUPTED);
        } catch (IOException e) {
            throw new UsageException(
                    "what run " + options.job + " has printed cannot be read: " + FailureReason.of(e), e);
        }
    }

    private JournaledRun find() {
        return journal.find(options.job).orElseThrow(() -> JournalReader.missing(options.job));
    }

    private void await(JournaledRun run, RunProcess client) throws InterruptedException {
        interruption.announce("the run goes on");
        interruption.onAbandon("the run goes on");
        interruption.onSignal(Thread.currentThread()::interrupt);
        appEnvironment.err().note("Waiting for the end of run " + run.id() + ", process " + client.pid() + " ...");
        client.await();
    }

    private ExitCode report(JournaledRun run) throws IOException {
        if (run.ending().isEmpty()) {
            NextCommands next = new NextCommands(run.backend(), options.where.stateDir);
            appEnvironment
                    .err()
                    .error("twinbatch: the client of run " + run.id()
                            + " has ended before the run: it was killed, or the"
                            + " machine stopped. To continue the run: "
                            + next.resume(run.id().value()));
            return ExitCode.PROVIDER;
        }
        JournaledRun.Ending ending = run.ending().get();
        Path output = journal.journal().output(run);
        Path log = journal.journal().log(run);
        if (Files.exists(output)) {
            Files.copy(output, appEnvironment.out());
        }
        if (ending.exitCode() == ExitCode.DONE) {
            appEnvironment.err().success(ending.summary());
        } else {
            appEnvironment.err().error(ending.summary());
        }
        if (Files.exists(log)) {
            appEnvironment.err().note("Its messages: " + log);
        }
        return ending.exitCode();
    }
}
