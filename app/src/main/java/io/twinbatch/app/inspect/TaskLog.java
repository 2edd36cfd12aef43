package io.twinbatch.app.inspect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.stage.StoredLogs;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One file of a task, such as what it writes to standard output, as it is: from its node, or, when that is gone, from the
 * copy that a failed task leaves in the store.
 */
public final class TaskLog {
    private static final int NAMED_FILES = 10;

    private final BackendInspector look;
    private final Job job;
    private final TaskKey key;
    private final String file;
    private final OutputStream out;
    private final Consumer<String> notes;

    /**
     * A file of a task.
     *
     * @param file its path in the task's folder
     * @param out takes its bytes
     * @param notes hears, in sentences, what is not in the file
     */
    public TaskLog(BackendInspector look, Job job, TaskKey key, String file, OutputStream out, Consumer<String> notes) {
        this.look = look;
        this.job = job;
        this.key = key;
        this.file = file;
        this.out = out;
        this.notes = notes;
    }

    /**
     * Writes what is in it now.
     *
     * @return false when there is nothing to be had any more
     * @throws UsageException when the task has no such file
     */
    public boolean print(Task task) {
        if (task.node().isEmpty()) {
            notes.accept("Task " + key.task() + " has not started: it is "
                    + task.status().describe() + ".");
            return true;
        }
        if (copyFrom(0).isPresent()) {
            return true;
        }
        return explainAbsence(task);
    }

    /**
     * Writes what is in it from a position on; empty when the file, or the task's folder, is not there.
     *
     * @return how many bytes were written
     */
    Optional<Long> copyFrom(long offset) {
        try (InputStream in = look.jobs().readFile(key, file, offset)) {
            long copied = in.transferTo(out);
            out.flush();
            return Optional.of(copied);
        } catch (BatchException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "task " + key,
                    file + " could not be read to its end: " + FailureReason.of(e),
                    e);
        }
    }

    /** Its length now; empty when it is not there. */
    Optional<Long> size() {
        return files().flatMap(files -> files.stream()
                .filter(found -> found.path().equals(file))
                .map(TaskFile::size)
                .findFirst());
    }

    /** The files in the task's folder; empty when the folder is gone. */
    private Optional<List<TaskFile>> files() {
        try {
            return Optional.of(look.jobs().files(key));
        } catch (BatchException e) {
            if (e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Says why the file is not there, or writes the copy of it.
     *
     * @return false when there is nothing to be had any more
     */
    boolean explainAbsence(Task task) {
        Optional<List<TaskFile>> files = files();
        if (files.isEmpty()) {
            return copyStored(task);
        }
        if (!task.status().isFinal() && StoredLogs.keeps(file)) {
            notes.accept("Task " + key.task() + " has written nothing yet: it is "
                    + task.status().describe() + ".");
            return true;
        }
        List<String> names = files.get().stream()
                .filter(found -> !found.folder())
                .map(TaskFile::path)
                .sorted()
                .toList();
        throw new UsageException("task " + key.task() + " has no file '" + file + "'; "
                + (names.isEmpty() ? "its folder is empty" : "it has " + some(names)));
    }

    private boolean copyStored(Task task) {
        String gone = "The folder of task " + key.task() + " is gone with its node"
                + task.node().map(node -> " " + node).orElse("") + "; ";
        Optional<RunTags> tags = RunTags.of(job.spec().metadata());
        if (tags.isEmpty() || !task.status().isFailure() || !StoredLogs.keeps(file)) {
            notes.accept(gone + "only standard output and error of failed tasks are copied to the object store.");
            return false;
        }
        if (look.store().isEmpty()) {
            notes.accept(
                    gone + "its copy is in the local object store, which runs only during a run,"
                            + " so that it cannot be read now. With an Azurite of your own (--azurite=URL) it can always be read.");
            return false;
        }
        try {
            boolean copied = new StoredLogs(look.store().get()).copy(tags.get().run(), key.task(), file, out);
            out.flush();
            notes.accept(gone
                    + (copied
                            ? "this is its copy in the output container."
                            : "there is no copy, or the output container of run "
                                    + tags.get().run() + " has been deleted."));
            return copied;
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNKNOWN, "task " + key, "its copy could not be shown: " + FailureReason.of(e), e);
        }
    }

    /** The first of many names, and how many others there are. */
    public static String some(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMED_FILES, names.size())));
        int more = names.size() - NAMED_FILES;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
