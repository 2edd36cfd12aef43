package io.twinbatch.local.engine.model;

import io.twinbatch.api.error.BatchException;
import java.time.Instant;
import java.util.Optional;

/**
 * That an order is only meant for something as somebody has seen it.
 *
 * @param since when a client had changed it last; empty when that does not matter
 */
public record Precondition(Optional<Instant> since) {
    /** The service's code when it does matter and it has been changed. */
    public static final String CODE = "ConditionNotMet";

    /** It does not matter. */
    public static final Precondition ANY = new Precondition(Optional.empty());

    /** As it was when a client had changed it last at a time. */
    public static Precondition since(Instant lastModified) {
        return new Precondition(Optional.of(lastModified));
    }

    /**
     * Makes sure of it.
     *
     * @throws BatchException {@code CONFLICT} when it has been changed
     */
    public void require(String what, Instant lastModified) {
        if (since.isPresent() && !since.get().equals(lastModified)) {
            throw EngineErrors.conflict(CODE, what, "it has been changed meanwhile");
        }
    }
}
