package io.twinbatch.app.look;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.workflow.RunId;
import io.twinbatch.app.UsageException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the job that a user means: by its own id, or by the id of the run that has created it. */
public final class JobFinder {
    private final JobReader jobs;
    private final String listCommand;

    /**
     * Finds among these jobs.
     *
     * @param listCommand what a user types to see which there are
     */
    public JobFinder(JobReader jobs, String listCommand) {
        this.jobs = jobs;
        this.listCommand = listCommand;
    }

    /**
     * The job of that name.
     *
     * @throws UsageException when there is none
     */
    public Job find(String name) {
        return byId(name)
                .or(() -> byRun(name))
                .orElseThrow(() -> new UsageException("there is no job '" + QuotedValue.of(name)
                        + "', and no job of a run of that id;"
                        + " " + listCommand + " lists the jobs. A run deletes its job when it ends, unless it was"
                        + " started with --keep-job"));
    }

    private Optional<Job> byId(String name) {
        try {
            return jobs.find(new JobId(name));
        } catch (BatchException e) {
            return notFoundWhenIllegal(e);
        }
    }

    private Optional<Job> byRun(String name) {
        RunId run;
        try {
            run = new RunId(name);
        } catch (BatchException e) {
            return notFoundWhenIllegal(e);
        }
        return jobs.find(run.job()).or(() -> marked(run));
    }

    /** A job whose user chose its id. */
    private Optional<Job> marked(RunId run) {
        try (Stream<Job> all = jobs.list()) {
            return all.filter(job -> run.owns(job.spec().metadata())).max(Comparator.comparing(Job::created));
        }
    }

    /** What cannot be an id is the id of nothing. */
    private static Optional<Job> notFoundWhenIllegal(BatchException failure) {
        return switch (failure.code()) {
            case INVALID -> Optional.empty();
            default -> throw failure;
        };
    }
}
