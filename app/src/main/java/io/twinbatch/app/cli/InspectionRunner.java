package io.twinbatch.app.cli;

import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.option.BackendOptions;
import io.twinbatch.app.option.GeneralOptions;
import io.twinbatch.app.run.BackendPlaces;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.InspectorFactory;
import io.twinbatch.app.run.Interruption;
import java.util.List;

/**
 * What the inspecting commands have in common: the backend, and signals.
 *
 * @param appEnvironment everything of this process that is touched
 * @param opener opens a backend for inspection
 * @param interruption what a signal does
 */
record InspectionRunner(AppEnvironment appEnvironment, InspectorFactory opener, Interruption interruption) {
    /** Opens a backend for inspection; a signal ends it. */
    List<BackendInspector> begin(BackendOptions where, GeneralOptions general, Runnable begun) {
        return opener.look(prepare(where, general, begun));
    }

    /** Opens a backend for repeated inspection; a signal ends it. */
    BackendPlaces beginRepeated(BackendOptions where, GeneralOptions general, Runnable begun) {
        return new BackendPlaces(opener, prepare(where, general, begun));
    }

    private BackendSettings prepare(BackendOptions where, GeneralOptions general, Runnable begun) {
        BackendSettings settings = new SettingsReader(appEnvironment).read(where, general);
        begun.run();
        interruption.announce("stopping");
        interruption.onAbandon("nothing was changed");
        interruption.onSignal(Thread.currentThread()::interrupt);
        return settings;
    }
}
