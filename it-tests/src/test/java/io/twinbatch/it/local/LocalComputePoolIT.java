package io.twinbatch.it.local;

import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.it.contract.ComputePoolContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of pools on this machine. */
class LocalComputePoolIT extends ComputePoolContract {
    @TempDir
    private static Path folder;

    @Override
    protected BatchFixture open() {
        return new LocalFixture(folder.resolve("state"));
    }
}
