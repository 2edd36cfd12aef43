package io.twinbatch.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.report.ErrorStream;
import io.twinbatch.app.report.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptionTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Integer> ends = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private final Interruption interruption = new Interruption(
            new ErrorStream(new PrintStream(written, true, StandardCharsets.UTF_8), Terminal.NONE, Clock.systemUTC()),
            ends::add);

    @AfterEach
    void endTheWatch() {
        interruption.finish();
    }

    @Test
    void theFirstSignalCancelsAndSaysSo() {
        interruption.onSignal(() -> cancelled.add("run"));
        interruption.signal(ExitCode.INTERRUPTED);
        assertThat(cancelled).containsExactly("run");
        assertThat(interruption.received()).contains(ExitCode.INTERRUPTED);
        assertThat(ends).isEmpty();
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("Ctrl-C again ends at once");
    }

    @Test
    void theSecondSignalEndsTheProcessAtOnce() {
        interruption.signal(ExitCode.TERMINATED);
        interruption.signal(ExitCode.INTERRUPTED);
        assertThat(ends).containsExactly(130);
    }

    @Test
    void workThatBeginsAfterASignalIsCancelledAtOnce() {
        interruption.signal(ExitCode.TERMINATED);
        interruption.onSignal(() -> cancelled.add("late"));
        assertThat(cancelled).containsExactly("late");
    }
}
