package io.twinbatch.app.report;

import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Reports the progress of a run to the user: a line for each step, and a changing line while a step takes time. */
public final class RunReporter implements RunListener {
    private static final int FAILURES_AT_ONCE = 10;

    private final ErrorStream stream;
    private final String cleanupCommand;
    private final String resumeCommand;
    private final Path outputDir;
    private final boolean remote;
    private boolean uploading;
    private boolean downloading;

    /** How many files have arrived of how many, while that is not all of them. */
    private String incomplete = "";

    private boolean allEnded;
    private int failures;
    private Optional<TaskRate> rate = Optional.empty();

    /**
     * Reports on a stream.
     *
     * @param cleanupCommand the command that deletes the leftovers of the run
     * @param resumeCommand the command that resumes the run
     * @param outputDir the folder for the results, as the user writes it
     * @param remote whether a remote service does the work
     */
    public RunReporter(
            ErrorStream stream, String cleanupCommand, String resumeCommand, Path outputDir, boolean remote) {
        this.remote = remote;
        this.outputDir = outputDir;
        this.stream = stream;
        this.resumeCommand = resumeCommand;
        this.cleanupCommand = cleanupCommand;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Progress progress) {
            showProgress(progress);
        } else if (event instanceof RunEvent.Uploading uploadingNow) {
            showUpload(uploadingNow.transfer());
        } else if (event instanceof RunEvent.Downloading downloadingNow) {
            showDownload(downloadingNow.transfer());
        } else if (event instanceof RunEvent.TaskFailed failed) {
            showFailure(failed);
        } else if (event instanceof RunEvent.StepDone done) {
            showStepDone(done);
        } else if (event instanceof RunEvent.CleanedUp
                || event instanceof RunEvent.AlreadyGone
                || event instanceof RunEvent.NotCleanedUp) {
            showCleanup(event);
        } else {
            showLine(event);
        }
    }

    private void showLine(RunEvent event) {
        if (event instanceof RunEvent.ContainersCreated created) {
            created.containers().all().forEach(container -> stream.note("Container [" + container + "] created."));
        } else if (event instanceof RunEvent.Resumed resumed) {
            showResumed(resumed.continuation());
        } else if (event instanceof RunEvent.RunAgain again) {
            stream.note("What " + HumanFormat.count(again.tasks(), "task") + (again.tasks() == 1 ? " was" : " were")
                    + " to read or had stored has been lost from the object store: running the"
                    + " missing tasks again.");
        } else if (event instanceof RunEvent.PoolCreated pool) {
            stream.note("Creating pool [" + pool.spec().id() + "] with " + PlanLines.plainNodes(pool.spec()) + " ...");
        } else if (event instanceof RunEvent.PoolReused reused) {
            stream.note("Using the existing pool [" + reused.pool().id() + "] with "
                    + PlanLines.plainNodes(reused.pool().spec()) + ".");
        } else if (event instanceof RunEvent.NodesReady ready) {
            stream.note("Nodes ready: " + ready.ready() + " of " + ready.wanted() + ".");
        } else if (event instanceof RunEvent.JobCreated job) {
            stream.note("Creating job [" + job.spec().id() + "] ...");
        } else if (event instanceof RunEvent.TasksSubmitted submitted) {
            stream.note("Added " + HumanFormat.count(submitted.count(), "task") + " to the job; watching them ...");
        } else if (event instanceof RunEvent.TotalStarted total) {
            stream.note("Running the total over all inputs (task " + total.taskId() + ") ...");
        } else if (event instanceof RunEvent.TimeLimitReached limit) {
            stream.note("The time limit of " + HumanFormat.duration(limit.limit())
                    + " is reached: terminating the job, and downloading the results of finished tasks.");
        } else if (event instanceof RunEvent.Interrupted) {
            stream.note("Interrupted: stopping the tasks and keeping the results of those that are done.");
        } else if (event instanceof RunEvent.Left) {
            stream.line("Everything of this run is kept. To resume it: " + resumeCommand + "; to delete it: "
                    + cleanupCommand);
        } else if (event instanceof RunEvent.Waiting waiting) {
            stream.note(HumanFormat.count(waiting.tasks(), "task") + " waiting for "
                    + HumanFormat.duration(waiting.elapsed()) + ", none running: " + waiting.reason() + ".");
        } else if (event instanceof RunEvent.Warning warning) {
            stream.warning(warning.text());
        }
    }

    private void showResumed(ResumePlan continuation) {
        int tasks = continuation.plan().tasks().size();
        String finished = continuation.finished().isEmpty()
                ? ""
                : "; " + HumanFormat.number(continuation.finished().size()) + " of " + HumanFormat.count(tasks, "task")
                        + " are done already";
        continuation
                .former()
                .ifPresentOrElse(
                        job -> stream.note("A new job replaces job [" + job + "]" + finished + "."),
                        () -> stream.note(
                                "Resuming job [" + continuation.plan().job().id() + "]" + finished + "."));
    }

    private void showProgress(RunEvent.Progress progress) {
        TaskCounts counts = progress.counts();
        allEnded = counts.completed() == counts.total();
        StringBuilder text = new StringBuilder()
                .append(HumanFormat.number(counts.completed()))
                .append(" of ")
                .append(HumanFormat.count(counts.total(), "task"))
                .append(" done, ")
                .append(HumanFormat.number(counts.running()))
                .append(" running, ")
                .append(HumanFormat.number(counts.queued()))
                .append(" queued");
        if (counts.failed() > 0) {
            text.append(", ").append(HumanFormat.number(counts.failed())).append(" failed");
        }
        if (rate.isEmpty()) {
            rate = Optional.of(new TaskRate(counts.completed(), progress.elapsed()));
        }
        rate.get()
                .describe(counts, progress.elapsed())
                .ifPresent(speed -> text.append(", ").append(speed));
        text.append(" (").append(wholeSeconds(progress.elapsed())).append(')');
        stream.progress(counts.completed(), counts.total(), text.toString());
    }

    /** Tenths of seconds would only flicker. */
    static String wholeSeconds(Duration time) {
        return time.toMinutes() == 0
                ? time.toSeconds() + " s"
                : HumanFormat.duration(time.truncatedTo(ChronoUnit.SECONDS));
    }

    private void showUpload(RunEvent.Transfer transfer) {
        if (!uploading) {
            uploading = true;
            stream.note("Uploading " + files(transfer) + " ...");
        }
        showTransfer("uploaded", transfer);
    }

    private void showDownload(RunEvent.Transfer transfer) {
        if (!downloading) {
            downloading = true;
            stream.note("Downloading and verifying the results ...");
        }
        incomplete = transfer.filesDone() < transfer.files()
                ? transfer.filesDone() + " of " + HumanFormat.count(transfer.files(), "file") + " "
                : "";
        showTransfer("downloaded", transfer);
    }

    private static String files(RunEvent.Transfer transfer) {
        return HumanFormat.count(transfer.files(), "file") + " (" + HumanFormat.size(transfer.bytes()) + ")";
    }

    private void showTransfer(String verb, RunEvent.Transfer transfer) {
        String text = HumanFormat.number(transfer.filesDone()) + " of " + HumanFormat.count(transfer.files(), "file")
                + " " + verb + ", " + HumanFormat.size(transfer.bytesDone());
        boolean byBytes = transfer.bytes() > 0;
        stream.progress(
                byBytes ? transfer.bytesDone() : transfer.filesDone(),
                byBytes ? transfer.bytes() : transfer.files(),
                text);
    }

    /** One line each; what the tasks wrote is shown with the summary at the end. */
    private void showFailure(RunEvent.TaskFailed failed) {
        failures++;
        if (failures <= FAILURES_AT_ONCE) {
            stream.error("Task " + failed.taskId() + " " + failed.status().describe() + ".");
        } else if (failures == FAILURES_AT_ONCE + 1) {
            stream.error("More tasks fail; all of them are listed at the end.");
        }
    }

    private void showStepDone(RunEvent.StepDone done) {
        String took = HumanFormat.duration(done.elapsed());
        switch (done.step()) {
            case UPLOAD, WATCH, TOTAL, DOWNLOAD -> stream.endProgress();
            default -> {
                // Their own events say all there is to say.
            }
        }
        switch (done.step()) {
            case UPLOAD -> stream.note("Uploaded in " + took + ".");
            case WATCH -> {
                // At the time limit the watch ends as well.
                if (allEnded) {
                    stream.note("All tasks have ended, after " + took + ".");
                }
            }
            case DOWNLOAD -> {
                if (downloading) {
                    stream.note("Downloaded " + incomplete + "to " + outputDir + " in " + took + ".");
                }
            }
            default -> {
                // The same.
            }
        }
    }

    private void showCleanup(RunEvent event) {
        if (event instanceof RunEvent.CleanedUp cleaned) {
            stream.note(DeletionText.of(cleaned.resource(), cleaned.id(), remote));
        } else if (event instanceof RunEvent.AlreadyGone gone) {
            stream.note("The " + gone.resource().label() + " [" + gone.id() + "] was deleted already.");
        } else if (event instanceof RunEvent.NotCleanedUp kept) {
            String line = remaining(kept.remaining(), kept.detail());
            switch (kept.remaining().reason()) {
                case KEPT, NOT_OURS -> stream.note(line);
                case HOLDS_RESULTS, CLEANUP_FAILED -> stream.error(line);
            }
        }
    }

    private String remaining(RunResult.Remaining remaining, String detail) {
        String what = remaining.resource().label() + " [" + remaining.id() + "]";
        String line = switch (remaining.reason()) {
            case KEPT -> "Kept " + what + ", as you asked; to delete it: " + cleanupCommand;
            case NOT_OURS -> "Left " + what + " as it is: it was there before this run.";
            case HOLDS_RESULTS ->
                remaining.resource() == RunResult.Resource.JOB
                        ? "Kept " + what
                                + ", with which results that could not be downloaded are fetched; to try again: "
                                + resumeCommand
                        : "Kept " + what + ": it holds what could not be downloaded.";
            case CLEANUP_FAILED -> "Could not delete " + what + "; to delete it: " + cleanupCommand;
        };
        return detail.isEmpty() ? line : line + " (" + detail + ")";
    }
}
