package io.twinbatch.api.cleanup;

import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.RunTags;
import java.time.Instant;
import java.util.Objects;

/**
 * Something at the provider that a run has created. It does not show whether the run is still active; its lease
 * says how long the run needs it at most.
 *
 * @param resource what it is
 * @param id its identifier or name
 * @param tags which run created it, who started that, and until when it is needed
 * @param created when it was created, by the provider's clock
 * @param nodes how many nodes a pool has; 0 for everything else
 * @param deleting whether its deletion has been ordered
 */
public record Leftover(Resource resource, String id, RunTags tags, Instant created, int nodes, boolean deleting) {
    public Leftover {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(tags, "marks");
        Objects.requireNonNull(created, "created");
    }

    /** Whether it is needed, at a given time. */
    public LeaseState lease(Instant now) {
        return tags.lease()
                .map(end -> end.isAfter(now) ? LeaseState.HELD : LeaseState.PAST)
                .orElse(LeaseState.NONE);
    }
}
