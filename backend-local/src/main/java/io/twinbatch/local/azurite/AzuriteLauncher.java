package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import java.util.function.Consumer;

/** Gets an Azurite by the way that its configuration names. */
public final class AzuriteLauncher {
    private final NpmAzurite npm;

    /** A launcher that looks for programs and engines where this process's environment says. */
    public AzuriteLauncher() {
        this(new NpmAzurite(new SearchPath(System.getenv().getOrDefault("PATH", ""))));
    }

    AzuriteLauncher(NpmAzurite npm) {
        this.npm = npm;
    }

    /**
     * Starts an Azurite, or connects to one, and returns when it answers.
     *
     * @param progress told, in a line each, of what takes long
     * @throws BatchException {@code UNAVAILABLE} when there is no way to get one, or it does not start; {@code CONFLICT}
     *     when its port is taken; {@code INVALID} when a folder cannot be written
     */
    public Azurite start(AzuriteConfig config, Consumer<String> progress) {
        return npm.start(config, progress);
    }
}
