package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.LocalEmulator;
import io.twinbatch.local.azurite.AzuriteSource;
import io.twinbatch.local.disk.UserFolder;
import io.twinbatch.local.emulator.EmulatorConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole emulator, with an engine behind it. */
@Tag("long")
class OperationsFuzzIT {
    private static final int REQUESTS = 10_000;
    private static final int LOOK_EVERY = 500;
    private static final int LIKELY_PERCENT = 80;

    @TempDir
    private Path stateDir;

    @Test
    void noRequestIsAnsweredAsTheServersFaultAndWhatIsThereFitsTogetherAlsoAfterARestart() throws Exception {
        List<String> before;
        try (LocalEmulator emulator = open();
                RequestFuzzer fuzzer = fuzzer(emulator, 2)) {
            AccountCheck check = check(emulator);
            for (int sent = 0; sent < REQUESTS && fuzzer.findings().isEmpty(); sent += LOOK_EVERY) {
                fuzzer.run(LOOK_EVERY);
                check.noNodeRunsMoreThanItsSlots();
            }

            assertThat(fuzzer.findings()).isEmpty();
            // Much is accepted, so that the engine has something to do.
            assertThat(fuzzer.statuses().get(200)).isGreaterThan(REQUESTS / 10);
            assertThat(fuzzer.statuses().get(201)).isGreaterThan(REQUESTS / 20);
            assertThat(fuzzer.statuses().get(202)).isGreaterThan(REQUESTS / 50);
            assertThat(fuzzer.statuses().get(204)).isGreaterThan(REQUESTS / 200);
            assertThat(fuzzer.statuses()).containsKeys(400, 403, 404, 409);
            before = check.settled();
            check.fitsTogether();
        }
        try (LocalEmulator emulator = open()) {
            AccountCheck check = check(emulator);

            assertThat(check.settled()).isEqualTo(before);
            check.fitsTogether();
            check.deleteEverything();
        }
    }

    private static AccountCheck check(LocalEmulator emulator) {
        return new AccountCheck(emulator.endpoint(), EmulatorConfig.DEFAULT_ACCOUNT, EmulatorConfig.DEFAULT_KEY);
    }

    private static RequestFuzzer fuzzer(LocalEmulator emulator, long seed) {
        return new RequestFuzzer(
                emulator.endpoint(), EmulatorConfig.DEFAULT_ACCOUNT, EmulatorConfig.DEFAULT_KEY, LIKELY_PERCENT, seed);
    }

    private LocalEmulator open() {
        LocalConfig config = new LocalConfig(
                stateDir, UserFolder.cacheOfProcess(), AzuriteSource.NPM, Optional.empty(), Optional.empty());
        return LocalEmulator.open(config, EmulatorConfig.onPort(0), System.err::println);
    }
}
