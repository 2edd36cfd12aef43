package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.LocalEmulator;
import io.twinbatch.local.azurite.AzuriteSource;
import io.twinbatch.local.emulator.EmulatorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole emulator, with an engine behind it. */
class OperationsFuzzIT {
    private static final int REQUESTS = 20_000;

    @TempDir
    private Path stateDir;

    @Test
    void noRequestIsAnsweredAsTheServersFaultAndTheStateCanBeOpenedAgain() throws IOException {
        try (LocalEmulator emulator = open()) {
            RequestFuzzer fuzzer = fuzzer(emulator, 2);
            fuzzer.run(REQUESTS);

            assertThat(fuzzer.findings()).isEmpty();
            assertThat(fuzzer.statuses()).containsKeys(200, 201, 202, 400, 403, 404);
        }
        try (LocalEmulator emulator = open()) {
            RequestFuzzer fuzzer = fuzzer(emulator, 3);
            fuzzer.run(REQUESTS / 100);

            assertThat(fuzzer.findings()).isEmpty();
        }
    }

    private static RequestFuzzer fuzzer(LocalEmulator emulator, long seed) {
        return new RequestFuzzer(emulator.endpoint(), EmulatorConfig.DEFAULT_ACCOUNT, EmulatorConfig.DEFAULT_KEY, seed);
    }

    private LocalEmulator open() {
        LocalConfig config =
                new LocalConfig(stateDir, cacheDir(), AzuriteSource.NPM, Optional.empty(), Optional.empty());
        return LocalEmulator.open(config, EmulatorConfig.onPort(0), System.err::println);
    }

    /** The user's own cache, so that Azurite is installed once and not for each test. */
    private static Path cacheDir() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("twinbatch");
    }
}
