package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ErrorStreamTest {
    private final TickingClock clock = new TickingClock();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void onATerminalTheProgressChangesInPlaceBelowTheLines() {
        ErrorStream stream = stream(new Terminal(true, true, true, 40));
        stream.progress(1, 4, "1 of 4");
        stream.line("a line");
        stream.endProgress();
        stream.line("the end");
        assertThat(text())
                .isEqualTo("\r\u001b[K[#######-----------------------] 1 of 4"
                        + "\r\u001b[Ka line\n[#######-----------------------] 1 of 4"
                        + "\r\u001b[Kthe end\n");
    }

    @Test
    void theProgressIsNotDrawnMoreOftenThanTheEyeCanFollow() {
        ErrorStream stream = stream(new Terminal(true, true, true, 40));
        stream.progress(1, 4, "1 of 4");
        int length = text().length();
        clock.advance(Duration.ofMillis(50));
        stream.progress(2, 4, "2 of 4");
        assertThat(text()).hasSize(length);
        clock.advance(Duration.ofMillis(50));
        stream.progress(3, 4, "3 of 4");
        assertThat(text()).endsWith("3 of 4");
    }

    @Test
    void theSameProgressIsDrawnOnce() {
        ErrorStream stream = stream(new Terminal(true, true, true, 40));
        stream.progress(1, 4, "1 of 4");
        int length = text().length();
        clock.advance(Duration.ofSeconds(1));
        stream.progress(1, 4, "1 of 4");
        assertThat(text()).hasSize(length);
    }

    @Test
    void aNarrowTerminalGetsNoBarAndNoSecondLine() {
        ErrorStream stream = stream(new Terminal(true, true, true, 20));
        stream.progress(1, 4, "1 of 4 tasks done, 2 running");
        assertThat(text()).isEqualTo("\r\u001b[K1 of 4 tasks done, ");
    }

    @Test
    void elsewhereProgressIsPlainLinesThatAreRareAndNew() {
        ErrorStream stream = stream(Terminal.NONE);
        stream.progress(0, 4, "0 of 4");
        clock.advance(Duration.ofSeconds(2));
        stream.progress(1, 4, "1 of 4");
        clock.advance(Duration.ofSeconds(4));
        stream.progress(2, 4, "2 of 4");
        clock.advance(Duration.ofSeconds(6));
        stream.progress(2, 4, "2 of 4");
        stream.progress(3, 4, "3 of 4");
        stream.endProgress();
        assertThat(text()).isEqualTo("2 of 4\n3 of 4\n");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        ErrorStream stream = stream(Terminal.NONE);
        stream.line("name \u001b]0;title\u0007");
        assertThat(text()).isEqualTo("name \\u001b]0;title\\u0007\n");
    }

    private ErrorStream stream(Terminal terminal) {
        return new ErrorStream(new PrintStream(written, true, StandardCharsets.UTF_8), terminal, clock);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
