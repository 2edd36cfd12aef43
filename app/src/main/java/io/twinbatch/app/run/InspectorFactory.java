package io.twinbatch.app.run;

import io.twinbatch.app.inspect.BackendInspector;
import java.util.List;

/** Looks at backends. */
@FunctionalInterface
public interface InspectorFactory {
    /**
     * Looks at a backend: at one place where jobs are, or at several side by side.
     *
     * @throws io.twinbatch.api.error.BatchException when it cannot be read
     */
    List<BackendInspector> look(BackendSettings settings);

    /**
     * Looks again, also at places that have come up since then.
     *
     * @param before what was looked at before; each place that is still there keeps its inspector
     */
    default List<BackendInspector> lookAgain(BackendSettings settings, List<BackendInspector> before) {
        return before;
    }
}
