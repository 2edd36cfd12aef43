package io.twinbatch.local.emulator.version;

import io.twinbatch.local.emulator.http.ApiVersion;
import java.util.Optional;

/**
 * Which versions know something.
 *
 * @param since the first one; empty for all from the oldest on
 * @param until the first one that no longer does; empty when the newest does
 */
record Lifespan(Optional<ApiVersion> since, Optional<ApiVersion> until) {
    static Lifespan since(ApiVersion version) {
        return new Lifespan(Optional.of(version), Optional.empty());
    }

    static Lifespan until(ApiVersion version) {
        return new Lifespan(Optional.empty(), Optional.of(version));
    }

    static Lifespan between(ApiVersion first, ApiVersion gone) {
        return new Lifespan(Optional.of(first), Optional.of(gone));
    }

    boolean includes(ApiVersion version) {
        return since.filter(version::isBefore).isEmpty()
                && until.filter(gone -> !version.isBefore(gone)).isEmpty();
    }
}
