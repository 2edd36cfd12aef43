package io.twinbatch.local;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.local.application.ApplicationPackages;
import io.twinbatch.local.azurite.Azurite;
import io.twinbatch.local.azurite.AzuriteConfig;
import io.twinbatch.local.azurite.AzuriteLauncher;
import io.twinbatch.local.azurite.AzuriteSource;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.EngineSettings;
import io.twinbatch.local.faults.Faults;
import io.twinbatch.local.node.NodeAccount;
import io.twinbatch.local.runs.RunRecordFiles;
import io.twinbatch.local.runs.RunRecordStore;
import io.twinbatch.local.store.EngineFolders;
import io.twinbatch.local.store.StateFolder;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The local backend while it is open: the engine of a state folder, and an Azurite beside it. Azurite starts in the
 * background; the first use of the object store waits for it. Closing it ends all tasks and leaves no process behind.
 */
public final class LocalBackend implements AutoCloseable {
    private final StateFolder folder;
    private final Engine engine;
    private final Faults faults;
    private final AzuriteStart azurite;
    private final AtomicBoolean objectsUsed = new AtomicBoolean();

    private LocalBackend(StateFolder folder, Engine engine, Faults faults, AzuriteStart azurite) {
        this.folder = folder;
        this.engine = engine;
        this.faults = faults;
        this.azurite = azurite;
    }

    /**
     * Opens the backend.
     *
     * @param progress hears, in lines for a person, what takes long
     * @throws BatchException {@code CONFLICT} when another process uses the state folder; {@code INVALID} when the
     *     folder, or the file of faults, cannot be used
     */
    public static LocalBackend open(LocalConfig config, Consumer<String> progress) {
        return open(
                config,
                EngineSettings.DEFAULT,
                progress,
                () -> StateFolder.take(config.stateDir()),
                port -> port.last(progress));
    }

    /**
     * Opens the backend beside those that are at work in the same state folder: in the first of its engines' folders that
     * is free.
     *
     * @throws BatchException as {@link #open(LocalConfig, Consumer)} does; {@code CONFLICT} when no folder is free
     */
    static LocalBackend openBesideOthers(LocalConfig config, Consumer<String> progress) {
        EngineFolders folders = new EngineFolders(config.stateDir());
        return open(config, EngineSettings.DEFAULT, progress, folders::takeFirstFree, port -> port.last(progress));
    }

    /**
     * Opens the backend with its object store on the port on which it was before, or on the one that clients try first.
     *
     * @param settings the account that tasks see, and the users that they run as; the rest follows from the configuration
     * @throws BatchException as {@link #open(LocalConfig, Consumer)} does
     */
    static LocalBackend openOnKnownPort(LocalConfig config, EngineSettings settings, Consumer<String> progress) {
        return open(
                config, settings, progress, () -> StateFolder.take(config.stateDir()), port -> port.choose(progress));
    }

    private static LocalBackend open(
            LocalConfig config,
            EngineSettings wanted,
            Consumer<String> progress,
            Supplier<StateFolder> taken,
            Function<StoragePort, Optional<Integer>> choice) {
        LibraryLogs.onlyWarnings();
        Faults faults = config.faults().map(Faults::read).orElseGet(Faults::none);
        ApplicationPackages applications =
                config.applications().map(ApplicationPackages::in).orElse(ApplicationPackages.NONE);
        StateFolder folder = taken.get();
        AzuriteConfig azuriteConfig = new AzuriteConfig(
                config.azurite(),
                config.azuriteEndpoint(),
                folder.objects(),
                config.cacheDir(),
                config.azuritePort(),
                config.azuriteAddress());
        StoragePort port = new StoragePort(folder.objects());
        AzuriteStart azurite = AzuriteStart.begin(() -> start(azuriteConfig, port, choice, progress));
        try {
            NodeAccount withStorage = wanted.account()
                    .with(new AccountStorage(() -> azurite.await().blobConfig()));
            EngineSettings settings = new EngineSettings(
                    withStorage, applications, faults, config.transitionTime(), wanted.users(), wanted.userSwitch());
            Engine engine = Engine.open(folder, System.getenv(), settings, Clock.systemUTC());
            return new LocalBackend(folder, engine, faults, azurite);
        } catch (RuntimeException | OutOfMemoryError e) {
            azurite.giveUp().ifPresent(Azurite::close);
            folder.close();
            throw e;
        }
    }

    private static Azurite start(
            AzuriteConfig config,
            StoragePort port,
            Function<StoragePort, Optional<Integer>> choice,
            Consumer<String> progress) {
        AzuriteLauncher launcher = new AzuriteLauncher();
        if (config.source() == AzuriteSource.ENDPOINT) {
            return launcher.start(config, progress);
        }
        if (port.isTaken()) {
            launcher.endLeftover(config);
        }
        Azurite started = config.port().isPresent()
                ? launcher.start(config, progress)
                : port.start(
                        choice.apply(port),
                        chosen -> launcher.start(chosen.map(config::withPort).orElse(config), progress),
                        progress);
        port.remember(started.blobConfig().endpoint().getPort());
        return started;
    }

    /** The engine behind the pools and jobs. */
    Engine engine() {
        return engine;
    }

    /**
     * The object store, once Azurite answers.
     *
     * @throws BatchException {@code UNAVAILABLE} when Azurite could not be started; the message says what to do
     */
    ObjectStore objectStore() {
        objectsUsed.set(true);
        return RunRecordStore.open(
                new BlobObjectStore(azurite.await().blobConfig()), new RunRecordFiles(folder.runs()));
    }

    /**
     * Azurite, once it answers; stays this backend's to close.
     *
     * @throws BatchException {@code UNAVAILABLE} when it could not be started; the message says what to do
     */
    Azurite azurite() {
        return azurite.await();
    }

    /** What is to go wrong on purpose. */
    Faults faults() {
        return faults;
    }

    /** The folder of everything that it keeps. */
    StateFolder folder() {
        return folder;
    }

    private void closeAzurite(Azurite running) {
        boolean holdsNothing = objectsUsed.get() && holdsNothing(running);
        running.close();
        if (holdsNothing) {
            // Azurite keeps the content of deleted objects for a while, and collects it only while it runs.
            ObjectData.delete(folder.objects());
        }
    }

    private static boolean holdsNothing(Azurite running) {
        try (Stream<ContainerInfo> containers = new BlobObjectStore(running.blobConfig()).listContainers("")) {
            return containers.findAny().isEmpty();
        } catch (BatchException e) {
            return false;
        }
    }

    /** Ends all tasks and Azurite. Tasks that were running run again when a backend is opened on the same folder. */
    @Override
    public void close() {
        try {
            // First the tasks: one that lost its object store before it is ended would count as failed.
            engine.close();
            azurite.giveUp().ifPresent(this::closeAzurite);
        } finally {
            folder.close();
        }
    }
}
