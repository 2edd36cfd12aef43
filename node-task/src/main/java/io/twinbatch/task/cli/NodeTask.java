package io.twinbatch.task.cli;

import io.twinbatch.task.TaskExitCode;
import io.twinbatch.task.upload.RetrySleeper;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Starts the program: {@code java -jar node-task.jar --filepath FILE --numwords N}. The README lists all options. */
public final class NodeTask {
    private NodeTask() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] words) {
        // Names are printed in UTF-8, whatever the node's locale is.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        File uploadFolder = new File("twinbatch-output");
        TaskExitCode code = new Program(System.getenv(), uploadFolder, out, err, new RetrySleeper.Real()).run(words);
        out.flush();
        err.flush();
        System.exit(code.number());
    }
}
