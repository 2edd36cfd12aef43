package io.twinbatch.api.workflow.model;

import io.twinbatch.api.error.BatchException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What stands in the metadata of everything that a run creates. Only what has such marks is ever deleted.
 *
 * @param run the run
 * @param owner who started it; empty when that is not known
 * @param lease when nobody needs the resource any more, so that a cleanup may delete it; empty for what a user wants to
 *     keep
 */
public record RunTags(RunId run, Optional<RunOwner> owner, Optional<Instant> lease) {
    /** The name of the metadata that holds the owner. */
    public static final String OWNER = "twinbatch_owner";

    /** The name of the metadata that holds the end of the lease: ISO 8601, UTC. */
    public static final String LEASE = "twinbatch_lease";

    public RunTags {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(owner, "owner");
        lease = lease.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The marks of a resource that the user of a plan wants to keep. */
    public static RunTags unleased(RunPlan plan) {
        return new RunTags(plan.id(), plan.request().owner(), Optional.empty());
    }

    /** The same marks with a lease. */
    public RunTags until(Instant end) {
        return new RunTags(run, owner, Optional.of(end));
    }

    /** Reads metadata; empty when no run has written it. An owner or a lease that cannot be read is none. */
    public static Optional<RunTags> of(Map<String, String> metadata) {
        return Optional.ofNullable(metadata.get(RunId.METADATA_RUN))
                .flatMap(text -> legal(RunId::new, text))
                .map(run -> new RunTags(
                        run,
                        Optional.ofNullable(metadata.get(OWNER)).flatMap(text -> legal(RunOwner::new, text)),
                        Optional.ofNullable(metadata.get(LEASE)).flatMap(RunTags::time)));
    }

    private static <T> Optional<T> legal(Function<String, T> constructor, String text) {
        try {
            return Optional.of(constructor.apply(text));
        } catch (BatchException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As metadata. */
    public Map<String, String> toMetadata() {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(RunId.METADATA_RUN, run.value());
        owner.ifPresent(who -> metadata.put(OWNER, who.value()));
        lease.ifPresent(time -> metadata.put(LEASE, time.toString()));
        return Map.copyOf(metadata);
    }
}
