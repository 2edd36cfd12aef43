package io.twinbatch.it.memory;

import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.it.contract.ComputePoolContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of pools, kept in memory. */
class MemoryComputePoolTest extends ComputePoolContract {
    @TempDir
    private static Path folder;

    @Override
    protected BatchFixture open() {
        return new MemoryBatchFixture(folder);
    }
}
