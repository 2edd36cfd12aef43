package io.twinbatch.app.run;

import io.twinbatch.app.look.Look;

/** Looks at backends. */
@FunctionalInterface
public interface LookOpener {
    /**
     * Looks at a backend.
     *
     * @throws io.twinbatch.api.error.BatchException when it cannot be looked at
     */
    Look look(BackendSettings settings);
}
