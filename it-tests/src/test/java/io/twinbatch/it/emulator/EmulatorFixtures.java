package io.twinbatch.it.emulator;

import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.it.azure.AzureFixture;
import java.nio.file.Path;

/** The Azure backend in front of an emulator of its own. */
final class EmulatorFixtures {
    private EmulatorFixtures() {}

    /** Starts an emulator, which ends with the fixture. */
    static AzureFixture open(Path folder) {
        RunningEmulator emulator = RunningEmulator.start(folder);
        return new AzureFixture(
                new BatchEndpoint(emulator.endpoint()),
                new BatchCredential.SharedKey(emulator.account(), emulator.key()),
                BlobStoreConfig.fromConnectionString(emulator.storage()),
                AzureFixture.Surroundings.EMULATOR,
                emulator::close);
    }
}
