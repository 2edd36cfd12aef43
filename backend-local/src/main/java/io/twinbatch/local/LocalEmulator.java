package io.twinbatch.local;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.proxy.HostName;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.local.azurite.Azurite;
import io.twinbatch.local.emulator.BatchOperations;
import io.twinbatch.local.emulator.Emulator;
import io.twinbatch.local.emulator.EmulatorConfig;
import io.twinbatch.local.emulator.FaultyHandler;
import io.twinbatch.local.emulator.http.Handler;
import io.twinbatch.local.emulator.http.JobTokens;
import io.twinbatch.local.emulator.pool.UserIdentities;
import io.twinbatch.local.engine.EngineSettings;
import io.twinbatch.local.engine.LocalComputePool;
import io.twinbatch.local.engine.LocalJobQueue;
import io.twinbatch.local.node.NodeAccount;
import io.twinbatch.local.node.UserSwitch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An Azure Batch account and a storage account on this machine: the local backend, with the Batch service's protocol in
 * front of its engine. What clients have created outlives it in the state folder.
 */
public final class LocalEmulator implements AutoCloseable {
    private final LocalBackend backend;
    private final Azurite azurite;
    private final EmulatorConfig config;
    private final Emulator emulator;
    private final boolean switchesUsers;

    private LocalEmulator(
            LocalBackend backend, Azurite azurite, EmulatorConfig config, Emulator emulator, boolean switchesUsers) {
        this.backend = backend;
        this.azurite = azurite;
        this.config = config;
        this.emulator = emulator;
        this.switchesUsers = switchesUsers;
    }

    /**
     * Starts everything, and waits until it answers.
     *
     * @param progress hears, in lines for a person, what takes long
     * @throws BatchException {@code CONFLICT} when another process uses the state folder; {@code UNAVAILABLE} when a
     *     port is taken or Azurite could not be started; {@code INVALID} when the folder cannot be used
     */
    public static LocalEmulator open(LocalConfig local, EmulatorConfig wanted, Consumer<String> progress) {
        // Tasks that wait in the state folder start with the engine, and see the URL before anything answers there.
        EmulatorConfig config = wanted.port() == 0 ? wanted.withPort(StoragePort.anyFree()) : wanted;
        NodeAccount account =
                new NodeAccount(config.account(), config.endpoint().toString());
        EngineSettings oneUser = EngineSettings.DEFAULT.with(account);
        EngineSettings settings = userSwitch(local.taskUsers())
                .map(means -> oneUser.with(new UserIdentities(), means))
                .orElse(oneUser);
        LocalBackend backend = LocalBackend.openOnKnownPort(local, settings, progress);
        try {
            requireFree(config);
            Azurite azurite = backend.azurite();
            Handler handler = new FaultyHandler(
                    new BatchOperations(backend.engine(), Clock.systemUTC()), backend.faults(), Sleeper.REAL);
            JobTokens tokens = token -> backend.engine().tokens().job(token).map(JobId::value);
            Emulator emulator = Emulator.open(config, handler, tokens, Clock.systemUTC());
            boolean switchesUsers = settings.userSwitch().isPresent();
            return new LocalEmulator(backend, azurite, config, emulator, switchesUsers);
        } catch (RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    /** Switches to the users of tasks; empty when all run as the user of the emulator. */
    private static Optional<UserSwitch> userSwitch(TaskUserMode mode) {
        if (mode == TaskUserMode.OFF) {
            return Optional.empty();
        }
        Optional<UserSwitch> found = UserSwitch.find(System.getenv().getOrDefault("PATH", ""));
        if (mode == TaskUserMode.ON && found.isEmpty()) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "users of tasks",
                    "this process cannot switch users; that needs root with the right to read all files"
                            + " (CAP_DAC_READ_SEARCH), and setpriv of util-linux. Without --task-users=on, tasks run as"
                            + " the user of the emulator");
        }
        return found;
    }

    /** Azurite takes a while to start, and longer to be installed: a taken port is said before. */
    private static void requireFree(EmulatorConfig config) {
        if (config.address().equals(HostName.LOOPBACK) && config.port() != 0 && !StoragePort.isFree(config.port())) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "port " + config.port(),
                    "another program listens there, perhaps another emulator; end that one, or choose another port with"
                            + " --port, or --port 0 for a free one");
        }
    }

    /** The beginning of all URLs of the Batch account. */
    public URI endpoint() {
        return emulator.endpoint();
    }

    /** The certificate that clients have to trust, in PEM; empty without HTTPS. */
    public Optional<Path> certificate() {
        return emulator.certificate();
    }

    /** What clients of both accounts need to know. It holds their keys. */
    public EmulatorAccounts accounts() {
        return new EmulatorAccounts(
                endpoint(), config.account(), config.key(), azurite.blobConfig().connectionString());
    }

    /** Whether tasks run as users of their own, without the rights of root unless they ask for them. */
    public boolean switchesUsers() {
        return switchesUsers;
    }

    /** Where the storage account comes from and where it listens, in a few words without secrets. */
    public String describeStorage() {
        return azurite.describe();
    }

    /** The jobs of the Batch account. */
    public JobQueue jobs() {
        return new LocalJobQueue(backend.engine());
    }

    /** The pools of the Batch account. */
    public ComputePool pools() {
        return new LocalComputePool(backend.engine());
    }

    /** The objects of the storage account. */
    public ObjectStore objects() {
        return new BlobObjectStore(azurite.blobConfig());
    }

    /** Whether the storage account still runs, as far as is known without a request. */
    public boolean isStorageAlive() {
        return azurite.isAlive();
    }

    /** Stops answering, and ends all tasks; those that were running run again when it is opened on the same folder. */
    @Override
    public void close() {
        try {
            emulator.close();
        } finally {
            backend.close();
        }
    }
}
