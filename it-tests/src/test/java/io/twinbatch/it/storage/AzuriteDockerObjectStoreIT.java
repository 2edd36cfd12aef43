package io.twinbatch.it.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.it.contract.ObjectStoreContract;
import io.twinbatch.it.contract.ObjectStoreFixture;
import io.twinbatch.local.azurite.AzuriteSource;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an Azurite in a container; skipped, and reported so, where no engine has its image. */
class AzuriteDockerObjectStoreIT extends ObjectStoreContract {
    private static final String IMAGE = "mcr.microsoft.com/azure-storage/azurite:3.37.0";

    @TempDir
    private static Path dataDir;

    @Override
    protected ObjectStoreFixture open() throws InterruptedException {
        assumeTrue(hasImage(), "no Docker engine answers, or it has no image " + IMAGE);
        return AzuriteFixture.start(AzuriteSource.DOCKER, dataDir);
    }

    private static boolean hasImage() throws InterruptedException {
        try {
            Process docker = new ProcessBuilder("docker", "image", "inspect", IMAGE)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return docker.waitFor() == 0;
        } catch (IOException e) {
            // There is no docker program at all.
            return false;
        }
    }
}
