package io.twinbatch.app.cli;

import io.twinbatch.api.workflow.model.RunId;
import java.nio.file.Path;
import java.util.Optional;

/** Where results lie when the user names no folder for them. */
final class ResultFolder {
    private ResultFolder() {}

    /** The folder of a run, relative to the current one. */
    static Path of(RunId run) {
        return Path.of("twinbatch-output").resolve(run.value());
    }

    /** A folder as the user would say it here. */
    static Path shortened(Path absolute, Path workingFolder) {
        Path here = workingFolder.toAbsolutePath();
        return absolute.startsWith(here) && !absolute.equals(here) ? here.relativize(absolute) : absolute;
    }

    /** The folder of the run that a user means by its id, or by that of its job; empty when it is no such id. */
    static Optional<Path> ofJob(String job) {
        return RunId.named(job).map(ResultFolder::of);
    }
}
