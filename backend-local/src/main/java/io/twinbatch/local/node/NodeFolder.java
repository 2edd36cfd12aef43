package io.twinbatch.local.node;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders of a node, laid out as on a node of Azure Batch (<a
 * href="https://learn.microsoft.com/azure/batch/files-and-directories">files and directories</a>):
 *
 * <pre>
 * applications  fsmounts  volatile
 * shared                            for all tasks of the node
 * startup                           the start task: stdout.txt, stderr.txt, wd
 * workitems/JOB/job-1/TASK          a task: stdout.txt, stderr.txt, wd
 * </pre>
 *
 * @param root the node's root folder
 */
public record NodeFolder(Path root) {
    private static final List<String> TOP_LEVEL =
            List.of("applications", "fsmounts", "shared", "startup", "volatile", "workitems");

    private static final String FIRST_JOB = "job-1";

    /** What separates, in the id of a job that a schedule has made, the schedule's id from the job's own name. */
    private static final char SCHEDULE_END = ':';

    /** The working folder below a task's own folder. */
    public static final String WORKING_FOLDER = "wd";

    /** The folder for certificates below a task's own folder; the service has none any more, and it stays empty. */
    static final String CERTIFICATES = "certs";

    /** Makes the folders that are missing. */
    public void create() throws IOException {
        for (String name : TOP_LEVEL) {
            PrivateFiles.createFolder(root.resolve(name));
        }
    }

    /** For all tasks of the node. */
    public Path shared() {
        return root.resolve("shared");
    }

    /** The start task's folder. */
    public Path startup() {
        return root.resolve("startup");
    }

    /** For mounted file systems. */
    public Path mounts() {
        return root.resolve("fsmounts");
    }

    /** Everything of a job on this node. */
    public Path job(String jobId) {
        return root.resolve(jobPath(jobId));
    }

    /** A task's folder. */
    public Path task(String jobId, String taskId) {
        return root.resolve(taskPath(jobId, taskId));
    }

    /** A task's folder, relative to the root of its node. */
    public static String taskPath(String jobId, String taskId) {
        String name = jobId.indexOf(SCHEDULE_END) < 0 ? "/" + FIRST_JOB : "";
        return jobPath(jobId) + name + "/" + taskId;
    }

    /** A job that a schedule has made has a folder in that of its schedule; any other is the only one in its own. */
    private static String jobPath(String jobId) {
        return "workitems/" + jobId.replace(SCHEDULE_END, '/');
    }

    /**
     * A file or folder below a folder, symbolic links resolved.
     *
     * @param what what is asked for, for the message
     * @throws BatchException {@code NOT_FOUND} when it does not exist, {@code INVALID} when the path or a link in it
     *     leaves the folder
     */
    public static Path resolveInside(String what, Path folder, String path) {
        try {
            Path named = folder.resolve(path).normalize();
            if (!named.startsWith(folder.normalize())) {
                throw leaves(what, path);
            }
            Path real = folder.resolve(path).toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw leaves(what, path);
            }
            return real;
        } catch (InvalidPathException e) {
            throw new BatchException(
                    ErrorCode.INVALID, what, path.replace('\0', '\uFFFD') + " cannot be a file's path", e);
        } catch (IOException e) {
            // There is nothing there, or a file where the path has a folder, or a link that leads round in a circle.
            throw new BatchException(ErrorCode.NOT_FOUND, what, "there is no file " + path, e);
        }
    }

    private static BatchException leaves(String what, String path) {
        return new BatchException(ErrorCode.INVALID, what, "the path " + path + " leaves the folder");
    }
}
