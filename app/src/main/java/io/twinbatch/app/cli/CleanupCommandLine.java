package io.twinbatch.app.cli;

import io.twinbatch.api.command.ShellWord;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.run.Backend;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a user types to remove what a run has left.
 *
 * @param backend where it ran
 * @param stateDir the folder of the local backend, when it is not the usual one
 * @param run the run
 */
record CleanupCommandLine(Backend backend, Optional<Path> stateDir, RunId run) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    @Override
    public String toString() {
        return "app/app cleanup --backend=" + backend + " --run " + run + folderOption(backend, stateDir);
    }

    /** The option that names the state folder where the backend has one, with a blank before it; quoted for a shell. */
    static String folderOption(Backend backend, Optional<Path> stateDir) {
        return stateDir.filter(path -> backend == Backend.LOCAL)
                .map(path -> " --state-dir=" + quoted(path.toString()))
                .orElse("");
    }

    /** A text as one word of a shell. */
    static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : ShellWord.quoted(text);
    }
}
