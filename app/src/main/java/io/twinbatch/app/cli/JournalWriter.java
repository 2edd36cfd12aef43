package io.twinbatch.app.cli;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.journal.JournaledRun;
import io.twinbatch.app.journal.JournaledRun.Ending;
import io.twinbatch.app.journal.Launch;
import io.twinbatch.app.journal.RunJournal;
import io.twinbatch.app.option.BackendOptions;
import io.twinbatch.app.option.GivenOptions;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.report.RunHeader;
import io.twinbatch.local.process.ProcessIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Notes in the journal what the run of this process does. That it cannot is no failure of the run. */
final class JournalWriter {
    private final AppEnvironment appEnvironment;
    private Optional<RunJournal> journal = Optional.empty();
    private Optional<JournaledRun> current = Optional.empty();

    JournalWriter(AppEnvironment appEnvironment) {
        this.appEnvironment = appEnvironment;
    }

    /** A run begins: everything that can be checked beforehand is in order. */
    void begin(RunOptions options, RunHeader header) {
        begin(options.where, header, Optional.of(launch(options, header)));
    }

    /** A run that began earlier goes on; how it was started is noted already, where it was this machine. */
    void begin(BackendOptions where, RunHeader header) {
        begin(where, header, Optional.empty());
    }

    /** How the run can be started again. The sample texts are where they were for this run alone. */
    private Launch launch(RunOptions options, RunHeader header) {
        boolean named = !options.inputs.isEmpty() || options.filesFrom.isPresent();
        List<String> inputs = header.plan().inputs().stream()
                .filter(input -> named && options.tasks.isEmpty())
                .map(input -> input.file().displayName())
                .toList();
        GivenOptions given = options.given();
        return new Launch(
                appEnvironment.workingFolder().toAbsolutePath(),
                given.arguments(),
                given.variables(),
                inputs,
                given.azuriteLeftOut());
    }

    private void begin(BackendOptions where, RunHeader header, Optional<Launch> launch) {
        RunJournal opened = new RunJournal(new SettingsReader(appEnvironment).stateDir(where));
        journal = Optional.of(opened);
        attempt(() -> {
            Optional<Launch> known = launch.isPresent()
                    ? launch
                    : opened.find(header.plan().id().value()).flatMap(JournaledRun::launch);
            current = Optional.of(new JournaledRun(
                    header.plan().id(),
                    header.plan().job().id(),
                    where.backend,
                    appEnvironment.workingFolder().resolve(header.outputDir()).toAbsolutePath(),
                    ProcessIdentity.current(),
                    known,
                    Optional.empty()));
            opened.write(current.get());
        });
    }

    /** The run has ended; nothing is noted when none has begun. */
    void end(ExitCode exitCode, String summary) {
        current.map(run -> run.endedWith(new Ending(exitCode, summary)))
                .ifPresent(run -> attempt(() -> journal.orElseThrow().write(run)));
    }

    private void attempt(Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            appEnvironment
                    .err()
                    .warning(
                            "the journal of the state folder cannot be written, so that wait and rerun do not know this"
                                    + " run: " + FailureReason.of(e));
        }
    }

    private interface Writing {
        void write() throws IOException;
    }
}
