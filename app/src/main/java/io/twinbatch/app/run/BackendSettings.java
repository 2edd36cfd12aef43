package io.twinbatch.app.run;

import io.twinbatch.api.pool.VmImage;
import java.util.Optional;

/** What a backend needs to know to be started. */
public sealed interface BackendSettings permits LocalSettings, AzureSettings {
    /** The backend that is meant. */
    Backend backend();

    /** Whether its nodes cost money. */
    boolean costsMoney();

    /** The image of the nodes of new pools, when it is set here and not by an option of a run. */
    default Optional<VmImage> nodeImage() {
        return Optional.empty();
    }

    /** The settings with which all is seen that earlier runs have left on the backend. */
    default BackendSettings forAllThatIsLeft() {
        return this;
    }
}
