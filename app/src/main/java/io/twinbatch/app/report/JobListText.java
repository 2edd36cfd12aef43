package io.twinbatch.app.report;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.app.inspect.JobList;
import io.twinbatch.app.inspect.JobSummary;
import java.time.Instant;
import java.util.Optional;

/** A list of jobs, for a person: by run, as a cleanup lists what is left. */
public final class JobListText {
    private static final int INDENT = 8;

    private final FittedPrinter out;
    private final Instant now;

    /** Prints as of a moment. */
    public JobListText(FittedPrinter out, Instant now) {
        this.out = out;
        this.now = now;
    }

    /**
     * Prints the jobs.
     *
     * @param standstill why nothing runs at the backend; empty when it is at work
     */
    public void print(JobList jobs, Optional<String> standstill) {
        if (jobs.jobs().isEmpty()) {
            line("There are no jobs. A run deletes its job when it ends, unless it was started with --keep-job.");
        }
        jobs.jobs().forEach(this::print);
        standstill.ifPresent(why -> line("Nothing is running: " + why + "."));
    }

    private void print(JobSummary summary) {
        Job job = summary.job();
        String age = StatusText.span(job.created(), now) + " ago";
        line(summary.tags().map(tags -> run(tags) + ", " + age).orElse("Created by no run, " + age));
        out.columns(
                "  job   " + job.id() + "  ",
                StatusText.state(job) + ", " + StatusText.counts(summary.counts(), summary.atWork()),
                INDENT);
        out.columns(
                "  pool  " + job.spec().pool() + "  ",
                summary.pool().map(StatusText::pool).orElse("is not there"),
                INDENT);
    }

    private static String run(RunTags tags) {
        return "Run " + tags.run() + " of " + tags.owner().map(RunOwner::value).orElse("unknown owner");
    }

    private void line(String text) {
        out.line(text, INDENT);
    }
}
