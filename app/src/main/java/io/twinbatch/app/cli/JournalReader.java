package io.twinbatch.app.cli;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.journal.JournaledRun;
import io.twinbatch.app.journal.RunJournal;
import io.twinbatch.app.option.BackendOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the run that a user means in the journal of the state folder. */
final class JournalReader {
    private final RunJournal journal;

    JournalReader(AppEnvironment appEnvironment, BackendOptions where) {
        this.journal = new RunJournal(new SettingsReader(appEnvironment).stateDir(where));
    }

    RunJournal journal() {
        return journal;
    }

    /** The run of that id, or with a job of that id. */
    Optional<JournaledRun> find(String name) {
        return read(() -> journal.find(name));
    }

    /** The newest run whose results are in a folder. */
    Optional<JournaledRun> findByOutputFolder(Path folder) {
        return read(() -> journal.findByOutputFolder(folder));
    }

    /** Says that there is no run of that name. */
    static UsageException missing(String name) {
        return new UsageException("the journal of the state folder has no run '" + QuotedValue.of(name)
                + "'; it has the newest " + RunJournal.KEPT_RUNS
                + " runs that were started on this machine with the same --state-dir");
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UsageException("the journal of the state folder cannot be read: " + FailureReason.of(e), e);
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }
}
