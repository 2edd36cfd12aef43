package io.twinbatch.app.inspect;

import java.util.List;

/**
 * The jobs of a backend, the newest first.
 *
 * @param jobs those that are shown
 * @param omitted how many older ones there are
 */
public record JobList(List<JobSummary> jobs, int omitted) {
    public JobList {
        jobs = List.copyOf(jobs);
    }
}
