package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.workflow.model.KeptLogs;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunResult.Logs;
import io.twinbatch.api.workflow.stage.StoredLogs;
import io.twinbatch.api.workflow.stage.Transfers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Downloads what tasks wrote to their standard output and error to {@code logs/TASK} in the output folder: from their nodes, or,
 * where a node is gone, the copy that a failed task leaves in the store. That a log cannot be had is no failure of the run.
 */
public final class LogDownload {
    /** The folder beside the results, with a folder for each task. */
    public static final String FOLDER = "logs";

    /** When everything fails, the first logs say why. */
    private static final int MAX_FAILED_TASKS = 50;

    /** How much of each file of a failed task is kept: its end, which says why it failed. */
    private static final int MAX_FAILED_BYTES = 1 << 20;

    private static final List<String> FILES = List.of(TaskFile.STDOUT, TaskFile.STDERR);

    private final JobReader queue;
    private final StoredLogs stored;
    private final Transfers transfers;

    public LogDownload(JobReader queue, StoredLogs stored, Transfers transfers) {
        this.queue = queue;
        this.stored = stored;
        this.transfers = transfers;
    }

    /**
     * Downloads the logs of some tasks of the plan's job; logs of an earlier run in their place are replaced.
     *
     * @param kept whether these are all tasks, of which everything is kept, or failed ones, of which enough is kept
     * @return what was downloaded; empty when it was nothing
     */
    public Optional<Logs> download(RunPlan plan, List<String> tasks, KeptLogs kept, RunEvents events)
            throws InterruptedException {
        boolean everything = kept == KeptLogs.ALL;
        List<String> chosen = everything ? tasks : tasks.subList(0, Math.min(tasks.size(), MAX_FAILED_TASKS));
        long limit = everything ? Long.MAX_VALUE : MAX_FAILED_BYTES;
        AtomicBoolean warned = new AtomicBoolean();
        AtomicBoolean cut = new AtomicBoolean();
        Set<String> downloaded = ConcurrentHashMap.newKeySet();
        List<Callable<Void>> calls = new ArrayList<>();
        try (DownloadStaging staging = DownloadStaging.open(plan.request().outputFolder(), plan.id())) {
            for (String task : chosen) {
                calls.add(() -> {
                    List<TaskFile> onNode = limit == Long.MAX_VALUE ? List.of() : filesOnNode(plan, task);
                    for (String file : FILES) {
                        try {
                            Path hidden = staging.next();
                            long from = Math.max(0, TaskFile.sizeOf(file, onNode) - limit);
                            OptionalLong size = fetch(plan, task, file, hidden, from, limit);
                            if (size.isPresent()) {
                                place(plan, task, file, hidden);
                                downloaded.add(task);
                                cut.compareAndSet(false, size.getAsLong() > limit);
                            }
                        } catch (BatchException | IOException e) {
                            if (warned.compareAndSet(false, true)) {
                                events.warn("the log " + file + " of task " + task + " could not be downloaded: "
                                        + FailureReason.of(e));
                            }
                        }
                    }
                    return null;
                });
            }
            transfers.all(calls);
        }
        return downloaded.isEmpty()
                ? Optional.empty()
                : Optional.of(new Logs(folder(plan), downloaded.size(), tasks.size() - chosen.size(), cut.get()));
    }

    private List<TaskFile> filesOnNode(RunPlan plan, String task) {
        try {
            return queue.files(new TaskKey(plan.job().id(), task));
        } catch (BatchException e) {
            return List.of();
        }
    }

    /** Fetches a log from a position on; returns how long all of it is, and nothing when there is none. */
    private OptionalLong fetch(RunPlan plan, String task, String file, Path hidden, long from, long limit)
            throws IOException {
        try (InputStream in = queue.readFile(new TaskKey(plan.job().id(), task), file, from)) {
            return OptionalLong.of(from + Files.copy(in, hidden));
        } catch (BatchException e) {
            return fromStore(plan, task, file, hidden, limit);
        }
    }

    private OptionalLong fromStore(RunPlan plan, String task, String file, Path to, long limit) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            if (!stored.copy(plan.id(), task, file, out)) {
                return OptionalLong.empty();
            }
        }
        long size = Files.size(to);
        if (size > limit) {
            byte[] end;
            try (InputStream in = Files.newInputStream(to)) {
                in.skipNBytes(size - limit);
                end = in.readAllBytes();
            }
            Files.write(to, end);
        }
        return OptionalLong.of(size);
    }

    private static Path folder(RunPlan plan) {
        return plan.request().outputFolder().resolve(FOLDER);
    }

    private static void place(RunPlan plan, String task, String file, Path hidden) throws IOException {
        Path folder = folder(plan).resolve(task);
        Files.createDirectories(folder);
        Files.move(hidden, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
}
