package io.twinbatch.local.testing;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.local.EmulatorAccounts;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.LocalEmulator;
import io.twinbatch.local.disk.FolderTree;
import io.twinbatch.local.disk.UserFolder;
import io.twinbatch.local.emulator.EmulatorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * An emulator of Azure Batch with a storage account, in this process. It listens on free ports of the loopback address; its
 * tasks are processes of this machine. When it is closed, all that it held is gone.
 *
 * <p>The storage account is Azurite: an installed npm package, one in a container, or one that is installed into the cache
 * folder at the first start, whichever is at hand. A first start can take a minute.
 */
public final class TemporaryEmulator implements AutoCloseable {
    private final Path folder;
    private final LocalEmulator emulator;

    private TemporaryEmulator(Path folder, LocalEmulator emulator) {
        this.folder = folder;
        this.emulator = emulator;
    }

    /**
     * Starts one, with the cache of this user ({@code $XDG_CACHE_HOME/twinbatch}), and waits until it answers.
     *
     * @throws BatchException {@code UNAVAILABLE} when Azurite could not be started
     */
    public static TemporaryEmulator start() {
        return start(UserFolder.cacheOfProcess(), line -> {});
    }

    /**
     * Starts one, and waits until it answers.
     *
     * @param cacheDir where an Azurite installation is kept from one start to the next
     * @param progress takes lines for a person about what takes long
     * @throws BatchException {@code UNAVAILABLE} when Azurite could not be started
     */
    public static TemporaryEmulator start(Path cacheDir, Consumer<String> progress) {
        try {
            Path folder = Files.createTempDirectory("twinbatch-emulator-");
            try {
                LocalConfig local = LocalConfig.of(folder.resolve("state"), cacheDir);
                return new TemporaryEmulator(folder, LocalEmulator.open(local, EmulatorConfig.onPort(0), progress));
            } catch (RuntimeException e) {
                delete(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How clients reach it. */
    public EmulatorAccounts accounts() {
        return emulator.accounts();
    }

    /** Ends all tasks, and deletes everything that clients have created. */
    @Override
    public void close() {
        try {
            emulator.close();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
