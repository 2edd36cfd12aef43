package io.twinbatch.it.storage;

import io.twinbatch.it.contract.ObjectStoreContract;
import io.twinbatch.it.contract.ObjectStoreFixture;
import io.twinbatch.local.azurite.AzuriteSource;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an Azurite from npm. */
class AzuriteNpmObjectStoreIT extends ObjectStoreContract {
    @TempDir
    private static Path dataDir;

    @Override
    protected ObjectStoreFixture open() {
        return AzuriteFixture.start(AzuriteSource.NPM, dataDir);
    }
}
