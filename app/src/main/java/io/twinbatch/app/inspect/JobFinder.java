package io.twinbatch.app.inspect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.exit.UsageException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the job that a user means: by its own id, or by the id of the run that has created it. */
public final class JobFinder {
    private final List<BackendInspector> looks;
    private final String listCommand;

    /**
     * Finds a job by these inspectors. Of two with one id it takes the active one.
     *
     * @param listCommand what a user types to see which there are
     */
    public JobFinder(List<BackendInspector> looks, String listCommand) {
        // The sort keeps the order of those that are alike.
        this.looks = looks.stream()
                .sorted(Comparator.comparing(look -> look.standstill().isPresent()))
                .toList();
        this.listCommand = listCommand;
    }

    /**
     * The job of that name.
     *
     * @throws UsageException when there is none
     */
    public Found find(String name) {
        return look(name).orElseThrow(() -> missing(name));
    }

    /** Says that there is no job of that name. */
    public UsageException missing(String name) {
        return new UsageException("there is no job '" + QuotedValue.of(name) + "', and no job of a run of that id; "
                + listCommand + " lists the jobs. A run deletes its job when it ends, unless it was started with"
                + " --keep-job; the logs of its failed tasks are in logs/ in the folder of its results");
    }

    /** The job of that name; empty when there is none. */
    public Optional<Found> look(String name) {
        return looks.stream()
                .flatMap(look -> in(look.jobs(), name).map(job -> new Found(look, job)).stream())
                .findFirst();
    }

    /**
     * A job, and the look at where it is.
     *
     * @param look the look
     * @param job the job
     */
    public record Found(BackendInspector look, Job job) {}

    /** The job of that name among some; empty when there is none. */
    public static Optional<Job> in(JobReader jobs, String name) {
        return byId(jobs, name).or(() -> byRun(jobs, name));
    }

    private static Optional<Job> byId(JobReader jobs, String name) {
        try {
            return jobs.find(new JobId(name));
        } catch (BatchException e) {
            return notFoundWhenIllegal(e);
        }
    }

    private static Optional<Job> byRun(JobReader jobs, String name) {
        RunId run;
        try {
            run = new RunId(name);
        } catch (BatchException e) {
            return notFoundWhenIllegal(e);
        }
        return jobs.find(run.job()).or(() -> marked(jobs, run));
    }

    /** A job whose user chose its id. */
    private static Optional<Job> marked(JobReader jobs, RunId run) {
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
