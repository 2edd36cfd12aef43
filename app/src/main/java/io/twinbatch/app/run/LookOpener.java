package io.twinbatch.app.run;

import io.twinbatch.app.look.Look;
import java.util.List;

/** Looks at backends. */
@FunctionalInterface
public interface LookOpener {
    /**
     * Looks at a backend: at one place where jobs are, or at several side by side.
     *
     * @throws io.twinbatch.api.error.BatchException when it cannot be looked at
     */
    List<Look> look(BackendSettings settings);
}
