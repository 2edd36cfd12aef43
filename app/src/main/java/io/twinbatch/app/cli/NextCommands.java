package io.twinbatch.app.cli;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.run.Backend;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a user may want to type next, at the same backend.
 *
 * @param backend the backend
 * @param stateDir the folder of the local backend, when it is not the usual one
 */
record NextCommands(Backend backend, Optional<Path> stateDir) {
    /** Lists the jobs. */
    String status() {
        return command("status");
    }

    /** Shows one job. */
    String status(String job) {
        return command("status") + " " + job;
    }

    /** Shows what a task wrote. */
    String logs(JobId job, String task, String option) {
        return command("logs") + " " + job + " " + task + option;
    }

    /** Goes on with a job whose client has died. */
    String resume(String job) {
        return command("resume") + " " + job;
    }

    /** Runs the inputs of a run again that have no result. */
    String rerun(RunId run) {
        return "app/app rerun --failed" + ofJournal(run.value());
    }

    /** Waits until a run has ended. */
    String await(String job) {
        return "app/app wait" + ofJournal(job);
    }

    /** Ends a run. */
    String cancel(String job) {
        return command("cancel") + " " + job;
    }

    /** Runs of every backend have their journal in the state folder. */
    private String ofJournal(String run) {
        return CleanupCommandLine.folderOption(Backend.LOCAL, stateDir) + " " + run;
    }

    /** Removes what a run has left. */
    String cleanup(RunId run) {
        return new CleanupCommandLine(backend, stateDir, run).toString();
    }

    /** Lists what runs have left. */
    String leftovers() {
        return command("cleanup") + " --dry-run";
    }

    private String command(String name) {
        return "app/app " + name + " --backend=" + backend + CleanupCommandLine.folderOption(backend, stateDir);
    }
}
