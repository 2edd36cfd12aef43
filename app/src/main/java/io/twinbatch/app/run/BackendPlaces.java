package io.twinbatch.app.run;

import io.twinbatch.app.inspect.BackendInspector;
import java.util.List;
import java.util.function.Supplier;

/** The places where the jobs of a backend are, also those that come up later, such as the engine of another run. */
public final class BackendPlaces implements Supplier<List<BackendInspector>> {
    private final InspectorFactory factory;
    private final BackendSettings settings;
    private List<BackendInspector> present;

    /**
     * Looks at a backend.
     *
     * @throws io.twinbatch.api.error.BatchException when it cannot be read
     */
    public BackendPlaces(InspectorFactory factory, BackendSettings settings) {
        this.factory = factory;
        this.settings = settings;
        this.present = factory.look(settings);
    }

    @Override
    public synchronized List<BackendInspector> get() {
        present = factory.lookAgain(settings, present);
        return present;
    }
}
