package io.twinbatch.app.cli;

import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.app.config.UserFolders;
import io.twinbatch.app.report.ElapsedTime;
import io.twinbatch.app.report.ErrorStream;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Everything around the program that a test replaces.
 *
 * @param environment the variables of the process
 * @param folders the folders of the user
 * @param workingFolder what relative paths are relative to
 * @param home the folder with the program for the nodes
 * @param in standard input
 * @param out standard output
 * @param err standard error, and what is known of the terminal
 * @param clock gives the time
 * @param workingTime how long the program has worked
 * @param random makes identifiers differ
 * @param owner who is at work
 */
public record AppEnvironment(
        Map<String, String> environment,
        UserFolders folders,
        Path workingFolder,
        Path home,
        BufferedReader in,
        PrintStream out,
        ErrorStream err,
        Clock clock,
        ElapsedTime workingTime,
        RandomGenerator random,
        RunOwner owner) {
    /** The same in another working folder. */
    AppEnvironment in(Path otherFolder) {
        return new AppEnvironment(
                environment, folders, otherFolder, home, in, out, err, clock, workingTime, random, owner);
    }

    /** Leaves out the variables, which have keys. */
    @Override
    public String toString() {
        return "environment of " + owner + " in " + workingFolder;
    }
}
