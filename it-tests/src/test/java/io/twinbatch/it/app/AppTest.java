package io.twinbatch.it.app;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What all tests of the app have in common: a bench of their own, that is clean in the end. */
abstract class AppTest {
    @TempDir
    private Path temporaryFolder;

    private Workbench bench;

    @BeforeEach
    final void setUpBench() {
        bench = new Workbench(temporaryFolder);
    }

    @AfterEach
    final void leavesNoProcessAndNoSecret() {
        try {
            bench.requireClean();
        } finally {
            bench.endAll();
        }
    }

    final Workbench bench() {
        return bench;
    }
}
