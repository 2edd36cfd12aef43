package io.twinbatch.app.run;

/** What a backend needs to know to be started. */
public sealed interface BackendSettings permits LocalSettings, AzureSettings {
    /** The backend that is meant. */
    Backend backend();

    /** Whether its nodes cost money. */
    boolean costsMoney();

    /** The settings with which all is seen that earlier runs have left on the backend. */
    default BackendSettings forAllThatIsLeft() {
        return this;
    }
}
