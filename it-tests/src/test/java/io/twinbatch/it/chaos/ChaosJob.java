package io.twinbatch.it.chaos;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.OutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A job whose every task leaves a trace of each try and one result: in a folder, and some in the object store as well.
 *
 * @param folder where traces and results go
 * @param number which of several jobs it is
 * @param size how many tasks it has
 */
record ChaosJob(Path folder, int number, int size) {
    private static final int UPLOADED_LINES = 20_000;

    /** How many tasks at the end wait for {@link #gate}. */
    static final int GATED = 20;

    JobId id() {
        return new JobId("chaos-" + number);
    }

    /** A folder with a file for each task, and in it a line for each time that it was begun. */
    Path tries() {
        return folder.resolve("tries-" + number);
    }

    /** A folder with a file for each task that has come to its end. */
    Path results() {
        return folder.resolve("results-" + number);
    }

    /** The last tasks end only when this file is there, so that the job is not over too early. */
    Path gate() {
        return folder.resolve("gate-" + number);
    }

    /** Lets the last tasks end. */
    void openGate() {
        try {
            Files.writeString(gate(), "open");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> taskIds() {
        return IntStream.range(0, size).mapToObj(ChaosJob::taskId).toList();
    }

    private static String taskId(int index) {
        return "t" + index;
    }

    private static int index(String task) {
        return Integer.parseInt(task.substring(1));
    }

    /** What is in the file of a task that has come to its end. */
    String result(String task) {
        return "job " + number + " task " + task + " " + "x".repeat(1 + index(task) % 100) + "\n";
    }

    /** Whether a task uploads a file. */
    static boolean uploads(String task) {
        return index(task) % 20 == 0;
    }

    /** The object that a task uploads. */
    String objectName(String task) {
        return id() + "/" + task;
    }

    /** What it uploads: enough for the upload to take a moment. */
    byte[] upload(String task) {
        return (uploadedLine(task) + "\n").repeat(UPLOADED_LINES).getBytes(StandardCharsets.US_ASCII);
    }

    private String uploadedLine(String task) {
        return id() + " " + task;
    }

    /** All tasks, in the order in which they are submitted. */
    List<TaskSpec> tasks(SignedUrl container) {
        return taskIds().stream().map(task -> task(task, container)).toList();
    }

    private TaskSpec task(String task, SignedUrl container) {
        int index = index(task);
        // Before anything else, so that a try that is cut short counts.
        String script = "echo begun >> " + tries().resolve(task) + "; ";
        if (index % 50 == 7) {
            script += "(setsid sleep 600 &) ; ";
        }
        if (index % 5 == 0) {
            script += "sleep 0.1; ";
        }
        if (index >= size - GATED) {
            script += "while [ ! -e " + gate() + " ]; do sleep 0.05; done; ";
        }
        if (uploads(task)) {
            script += "yes \"" + uploadedLine(task) + "\" | head -n " + UPLOADED_LINES + " > out.txt; ";
        }
        String last = "echo \"" + result(task).strip() + "\" > new && mv new "
                + results().resolve(task);
        TaskSpec.Builder spec = TaskSpec.builder(task, CommandLine.shell(script + last));
        if (index % 50 == 13) {
            // Takes its mark off, and goes on for a while.
            spec = TaskSpec.builder(
                    task,
                    CommandLine.of(List.of("/usr/bin/env", "-i", "/bin/sh", "-c", script + "sleep 0.3; " + last)));
        }
        if (uploads(task)) {
            spec.outputFiles(
                    List.of(new OutputFile("out.txt", container, objectName(task), OutputFile.Condition.SUCCESS)));
        }
        return spec.build();
    }
}
