package io.twinbatch.it.memory;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A job with its tasks, by their identifiers in lower case. Guarded by the cluster. */
final class MemoryJob {
    /** The identifier of the preparation, which no task may have. */
    static final String PREPARATION = "jobpreparation";

    static final String RELEASE = "jobrelease";

    final Map<String, MemoryTask> tasks = new LinkedHashMap<>();
    private final Instant created = Instant.now();
    JobSpec spec;
    private JobState state = JobState.ACTIVE;
    private Optional<Instant> ended = Optional.empty();
    private Optional<String> endReason = Optional.empty();

    MemoryJob(JobSpec spec) {
        this.spec = spec;
    }

    Job snapshot() {
        return new Job(spec, state, created, ended, endReason);
    }

    boolean isActive() {
        return state == JobState.ACTIVE;
    }

    void ending(String reason) {
        state = JobState.TERMINATING;
        endReason = Optional.of(reason);
    }

    void ended() {
        state = JobState.COMPLETED;
        ended = Optional.of(Instant.now());
    }
}
