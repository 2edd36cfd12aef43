package io.twinbatch.app.run;

import io.twinbatch.app.inspect.BackendInspector;
import java.util.List;

/** Looks at backends. */
@FunctionalInterface
public interface InspectorFactory {
    /**
     * Looks at a backend: at one place where jobs are, or at several side by side.
     *
     * @throws io.twinbatch.api.error.BatchException when it cannot be looked at
     */
    List<BackendInspector> look(BackendSettings settings);
}
