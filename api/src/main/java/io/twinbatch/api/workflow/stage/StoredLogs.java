package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.workflow.model.RunId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The copies of their logs that failed tasks leave in the output container of their run, where they outlive the node. */
public final class StoredLogs {
    private static final Set<String> KEPT = Set.of(TaskFile.STDOUT, TaskFile.STDERR);

    private final ObjectStore store;

    /** The logs in a store. */
    public StoredLogs(ObjectStore store) {
        this.store = store;
    }

    /** Whether a task that fails leaves a copy of a file. */
    public static boolean keeps(String file) {
        return KEPT.contains(file);
    }

    /** Where the copy of a file of a task is, when there is one. */
    public static ObjectKey place(RunId run, String task, String file) {
        return new ObjectKey(run.container("output"), TaskSubmission.logObject(task, file));
    }

    /**
     * Writes the copy of a file that a task has left.
     *
     * @param run the run of the task
     * @param file {@link TaskFile#STDOUT} or {@link TaskFile#STDERR}
     * @return false when there is no copy, and nothing was written
     * @throws io.twinbatch.api.error.BatchException when the store cannot be asked
     * @throws IOException when a temporary file or the stream cannot be written
     */
    public boolean copy(RunId run, String task, String file, OutputStream out) throws IOException {
        ObjectKey object = place(run, task, file);
        if (!keeps(file) || store.head(object).isEmpty()) {
            return false;
        }
        Path folder = Files.createTempDirectory("twinbatch-log-");
        Path copy = folder.resolve("log");
        try {
            store.get(object, copy, TransferListener.NONE);
            Files.copy(copy, out);
            return true;
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(folder);
        }
    }
}
