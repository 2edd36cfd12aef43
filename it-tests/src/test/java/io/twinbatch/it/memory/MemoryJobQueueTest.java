package io.twinbatch.it.memory;

import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.it.contract.JobQueueContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of jobs, kept in memory. */
class MemoryJobQueueTest extends JobQueueContract {
    @TempDir
    private static Path folder;

    @Override
    protected BatchFixture open() {
        return new MemoryBatchFixture(folder);
    }
}
