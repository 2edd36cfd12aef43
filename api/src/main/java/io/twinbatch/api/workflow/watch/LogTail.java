package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolReader;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.workflow.stage.SmallObjects;
import io.twinbatch.api.workflow.stage.TaskSubmission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last lines of what a task or a start task wrote. A log is a help, never a reason to fail: what cannot be read is
 * empty.
 */
public final class LogTail {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final int MAX_LINES = 10;
    private static final int MAX_BYTES = 2048;

    /** A file that its folder's list does not show yet may be of any size. */
    private static final int MAX_READ_BYTES = 1 << 16;

    /** A stored log is fetched whole; nobody waits for gigabytes to see ten lines. */
    private static final long MAX_STORED_BYTES = 16L << 20;

    private static final String START_TASK_FOLDER = "startup";

    private final Optional<ObjectStore> objects;
    private final PoolReader pools;
    private final JobReader queue;

    /** A reader of logs on nodes and in a store. */
    public LogTail(ObjectStore store, PoolReader pools, JobReader queue) {
        this(Optional.of(store), pools, queue);
    }

    /** A reader of logs on nodes alone. */
    public LogTail(PoolReader pools, JobReader queue) {
        this(Optional.empty(), pools, queue);
    }

    private LogTail(Optional<ObjectStore> objects, PoolReader pools, JobReader queue) {
        this.objects = objects;
        this.pools = pools;
        this.queue = queue;
    }

    /**
     * The last lines of a task's standard error: from its node, or, when that is gone, from the copy that a failed task
     * leaves in the output container.
     */
    public String ofTask(TaskKey key, ContainerName outputContainer) {
        String tail = quietly(() -> fromNode(key));
        return tail.isEmpty() && objects.isPresent()
                ? quietly(() -> fromStore(objects.get(), key, outputContainer))
                : tail;
    }

    /** The last lines of the standard error of a node's start task. */
    public String ofStartTask(PoolId pool, NodeId node) {
        return fromNode(pool, node, START_TASK_FOLDER);
    }

    /** The last lines of the standard error of a job's preparation task on a node. */
    public String ofPreparation(PoolId pool, NodeId node, JobId job) {
        return fromNode(pool, node, "workitems/" + job + "/job-1/jobpreparation");
    }

    private String fromNode(PoolId pool, NodeId node, String folder) {
        return quietly(() -> {
            long size = TaskFile.sizeOf(TaskFile.STDERR, pools.files(pool, node, folder));
            String path = folder + "/" + TaskFile.STDERR;
            try (InputStream in = pools.readFile(pool, node, path, start(size))) {
                return lastLines(in.readNBytes(MAX_READ_BYTES));
            }
        });
    }

    private String fromNode(TaskKey key) throws IOException {
        long size = TaskFile.sizeOf(TaskFile.STDERR, queue.files(key));
        try (InputStream in = queue.readFile(key, TaskFile.STDERR, start(size))) {
            return lastLines(in.readNBytes(MAX_READ_BYTES));
        }
    }

    private static String fromStore(ObjectStore store, TaskKey key, ContainerName container) throws IOException {
        ObjectKey object = new ObjectKey(container, TaskSubmission.logObject(key.task(), TaskFile.STDERR));
        Optional<ObjectInfo> info = store.head(object);
        if (info.isEmpty() || info.get().size() > MAX_STORED_BYTES) {
            return "";
        }
        return lastLines(new SmallObjects(store).get(object));
    }

    private static long start(long size) {
        return Math.max(0, size - MAX_BYTES);
    }

    private static String quietly(Source source) {
        try {
            return source.read();
        } catch (BatchException | IOException e) {
            LOG.debug("a log could not be read: {}", e.getMessage());
            return "";
        }
    }

    /** The last lines of a text, in as many bytes as are shown. */
    public static String lastLines(byte[] bytes) {
        int from = Math.max(0, bytes.length - MAX_BYTES);
        // A character that was cut in two is left out.
        while (from < bytes.length && (bytes[from] & 0xC0) == 0x80) {
            from++;
        }
        String text = printable(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()))
                .strip();
    }

    /** What a task wrote is shown on terminals; it does not get to command them. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t' ? '\uFFFD' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** Where a log comes from. */
    private interface Source {
        String read() throws IOException;
    }
}
