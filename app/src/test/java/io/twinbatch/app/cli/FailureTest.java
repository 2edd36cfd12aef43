package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.app.exit.ExitCode;
import org.junit.jupiter.api.Test;

/** The words for a failure that no service has answered. */
class FailureTest {
    @Test
    void missingMemoryIsToldWithAWayToMore() {
        Failure failure = Failure.atWork(new OutOfMemoryError("Java heap space"));

        assertThat(failure.message()).contains("out of memory", "-Xmx2g");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.PROVIDER);
    }

    @Test
    void aMissingThreadIsNotTakenForMissingMemory() {
        Failure failure = Failure.atWork(new OutOfMemoryError(
                "unable to create native thread: possibly out of memory or process/resource limits reached"));

        assertThat(failure.message()).contains("no further process or thread", "ulimit -u");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.PROVIDER);
    }
}
