package io.twinbatch.it.app;

import io.twinbatch.it.emulator.RunningEmulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Runs the app with the Azure backend against an emulator of its own; the run has to succeed. */
    final AppRun runOnAzure(String... options) {
        Path folder = bench.folder().resolve("emulator");
        try (RunningEmulator emulator = RunningEmulator.start(folder, bench.environment())) {
            Path own = bench.stateDir();
            bench.useStateDir(RunningEmulator.stateDir(folder));
            emulator.environment().forEach(bench::setEnvironment);
            List<String> words = new ArrayList<>(List.of("run", "--backend=azure"));
            words.addAll(List.of(options));
            AppRun run = bench.start(words).endsWith(0);
            bench.useStateDir(own);
            return run;
        }
    }
}
