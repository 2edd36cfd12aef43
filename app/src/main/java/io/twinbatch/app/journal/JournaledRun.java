package io.twinbatch.app.journal;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.inspect.RunProcess;
import io.twinbatch.app.run.Backend;
import io.twinbatch.local.process.ProcessIdentity;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What is noted about a run.
 *
 * @param id the run
 * @param job its job
 * @param backend where it runs
 * @param outputFolder the folder of its results, an absolute path
 * @param process its client
 * @param launch how it was started; empty when another machine has started it
 * @param ending how it ended; empty while its client is at work, and after the client was killed
 */
public record JournaledRun(
        RunId id,
        JobId job,
        Backend backend,
        Path outputFolder,
        ProcessIdentity process,
        Optional<Launch> launch,
        Optional<Ending> ending) {
    public JournaledRun {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(outputFolder, "outputFolder");
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(launch, "launch");
        Objects.requireNonNull(ending, "ending");
    }

    /**
     * How a run ended.
     *
     * @param exitCode the exit code of its client
     * @param summary its last message
     */
    public record Ending(ExitCode exitCode, String summary) {}

    /** The same run, ended. */
    public JournaledRun endedWith(Ending itsEnding) {
        return new JournaledRun(id, job, backend, outputFolder, process, launch, Optional.of(itsEnding));
    }

    /** Its client, when it is at work. */
    public Optional<RunProcess> client() {
        return ending.isPresent() ? Optional.empty() : process.process().map(RunProcess::new);
    }
}
