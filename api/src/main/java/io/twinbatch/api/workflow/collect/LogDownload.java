package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
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
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Downloads what tasks wrote to their standard output and error to {@code logs/TASK} in the output folder: from their nodes, or,
 * where a node is gone, the copy that a failed task leaves in the store. That a log cannot be had is no failure of the run.
 */
public final class LogDownload {
    private static final String FOLDER = "logs";
    private static final List<String> FILES = List.of(TaskFile.STDOUT, TaskFile.STDERR);

    private final JobReader queue;
    private final StoredLogs stored;
    private final Transfers transfers;

    public LogDownload(JobReader queue, StoredLogs stored, Transfers transfers) {
        this.queue = queue;
        this.stored = stored;
        this.transfers = transfers;
    }

    /** Downloads the logs of some tasks of the plan's job; logs of an earlier run in their place are replaced. */
    public void download(RunPlan plan, List<String> tasks, RunEvents events) throws InterruptedException {
        AtomicBoolean warned = new AtomicBoolean();
        List<Callable<Void>> calls = new ArrayList<>();
        try (DownloadStaging staging = new DownloadStaging(plan.request().outputFolder(), plan.id())) {
            for (String task : tasks) {
                for (String file : FILES) {
                    calls.add(() -> {
                        try {
                            download(plan, task, file, staging.next());
                        } catch (BatchException | IOException e) {
                            if (warned.compareAndSet(false, true)) {
                                events.warn("the log " + file + " of task " + task + " could not be downloaded: "
                                        + FailureReason.of(e));
                            }
                        }
                        return null;
                    });
                }
            }
            transfers.all(calls);
        }
    }

    private void download(RunPlan plan, String task, String file, Path hidden) throws IOException {
        if (!fromNode(new TaskKey(plan.job().id(), task), file, hidden)) {
            try (OutputStream out = Files.newOutputStream(hidden)) {
                if (!stored.copy(plan.id(), task, file, out)) {
                    return;
                }
            }
        }
        Path folder = plan.request().outputFolder().resolve(FOLDER).resolve(task);
        Files.createDirectories(folder);
        Files.move(hidden, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean fromNode(TaskKey task, String file, Path to) throws IOException {
        try (InputStream in = queue.readFile(task, file, 0)) {
            Files.copy(in, to);
            return true;
        } catch (BatchException e) {
            return false;
        }
    }
}
