package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reports why a pool has fewer nodes than requested, each reason once. Reasons that a pool of another owner had
 * before this run are not reported, and the next resize removes them.
 */
final class ResizeErrors {
    private static final String ADVICE =
            "ask for fewer nodes, another size, spot nodes in the place of dedicated ones or the other way round, or for"
                    + " a higher quota";

    private final RunId run;
    private final RunEvents events;
    private Set<ResizeError> earlier = Set.of();
    private final Set<ResizeError> reported = new HashSet<>();
    private boolean looked;

    ResizeErrors(RunId run, RunEvents events) {
        this.run = run;
        this.events = events;
    }

    /** Reports what is new, when the pool continues with the nodes that it has. */
    void tell(PoolSnapshot snapshot) {
        Pool pool = snapshot.pool();
        if (!snapshot.isSteady()) {
            // A resize has begun: what it is going to say is news, even when it is the same as before this run.
            looked = true;
            reported.removeAll(earlier);
            earlier = Set.of();
            return;
        }
        if (!looked) {
            looked = true;
            earlier = run.owns(pool.spec().metadata()) ? Set.of() : Set.copyOf(pool.resizeErrors());
        }
        if (snapshot.nodes().isEmpty()) {
            return;
        }
        pool.resizeErrors().stream().filter(reported::add).forEach(error -> events.warn(sentence(snapshot, error)));
    }

    private String sentence(PoolSnapshot snapshot, ResizeError error) {
        String when = earlier.contains(error) ? " since an earlier resize" : "";
        return "pool " + snapshot.pool().id() + " has " + snapshot.nodes().size() + " of the " + snapshot.target()
                + " nodes that were asked for" + when + ": " + error.code() + ": " + error.message()
                + ". The run goes on with those; for more, " + advice(error);
    }

    private static String advice(ResizeError error) {
        return error.remedy().orElse(ADVICE);
    }

    /** That a pool at rest got no node at all. */
    BatchException noNodes(Pool pool) {
        List<ResizeError> errors = pool.resizeErrors();
        ResizeError error = errors.get(0);
        String message = earlier.contains(error)
                ? "it has no nodes since an earlier resize failed; resize it, or choose another pool"
                : "it got no nodes; " + advice(error);
        return new BatchException(
                ErrorCode.UNAVAILABLE,
                "pool " + pool.id(),
                message,
                new ServiceError(error.code(), error.message(), "", Map.of()),
                null);
    }
}
