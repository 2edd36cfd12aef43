package io.twinbatch.it.local;

import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.it.contract.JobQueueContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of jobs on this machine. */
class LocalJobQueueIT extends JobQueueContract {
    @TempDir
    private static Path folder;

    @Override
    protected BatchFixture open() {
        return new LocalFixture(folder.resolve("state"));
    }
}
