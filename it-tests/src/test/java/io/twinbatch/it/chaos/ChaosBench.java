package io.twinbatch.it.chaos;

import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.local.azurite.Azurite;
import io.twinbatch.local.azurite.AzuriteConfig;
import io.twinbatch.local.azurite.AzuriteLauncher;
import io.twinbatch.local.azurite.AzuriteSource;
import io.twinbatch.local.disk.UserFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An object store that outlives the engines, and a run on it.
 *
 * @param folder where the run's files are
 * @param run the run
 * @param azurite the object store
 */
record ChaosBench(Path folder, ChaosRun run, Azurite azurite) implements AutoCloseable {
    static ChaosBench open(Path folder) throws IOException {
        AzuriteConfig config =
                AzuriteConfig.of(AzuriteSource.NPM, folder.resolve("azurite"), UserFolder.cacheOfProcess());
        Azurite azurite = new AzuriteLauncher().start(config, System.err::println);
        // The object store has its folder on its command line, and is not to be taken for one of the engine's
        // processes.
        Path own = Files.createDirectory(folder.toRealPath().resolve("engine"));
        return new ChaosBench(own, new ChaosRun(own, new BlobObjectStore(azurite.blobConfig())), azurite);
    }

    @Override
    public void close() {
        azurite.close();
    }
}
