package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ErrorStreamTest {
    private static final String ERASE = "\r\u001b[J";

    private final TickingClock clock = new TickingClock();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void onATerminalTheProgressChangesInPlaceBelowTheLines() {
        ErrorStream stream = stream(terminal(40));
        stream.progress(1, 4, "1 of 4");
        stream.line("a line");
        stream.endProgress();
        stream.line("the end");
        assertThat(text())
                .isEqualTo(drawing("[#######-----------------------] 1 of 4")
                        + (ERASE + "a line\n")
                        + drawing("[#######-----------------------] 1 of 4")
                        + (ERASE + "the end\n"));
    }

    @Test
    void keysAreIgnoredFromTheFirstDrawingOnUntilAQuestionIsAskedOrTheEnd() {
        List<String> calls = new ArrayList<>();
        Keyboard keyboard = new Keyboard() {
            @Override
            public void ignore() {
                calls.add("ignore");
            }

            @Override
            public void listen() {
                calls.add("listen");
            }
        };
        ErrorStream stream =
                new ErrorStream(new PrintStream(written, true, StandardCharsets.UTF_8), terminal(40), clock, keyboard);

        stream.line("a line");
        assertThat(calls).isEmpty();
        stream.progress(1, 4, "1 of 4");
        stream.progress(2, 4, "2 of 4");
        assertThat(calls).containsExactly("ignore");
        stream.question("Really?");
        assertThat(calls).containsExactly("ignore", "listen");
        stream.answered();
        stream.progress(3, 4, "3 of 4");
        stream.end();
        assertThat(calls).containsExactly("ignore", "listen", "ignore", "listen");
    }

    @Test
    void theProgressIsNotDrawnMoreOftenThanTheEyeCanFollow() {
        ErrorStream stream = stream(terminal(40));
        stream.progress(1, 4, "1 of 4");
        int length = text().length();
        clock.advance(Duration.ofMillis(50));
        stream.progress(2, 4, "2 of 4");
        assertThat(text()).hasSize(length);
        clock.advance(Duration.ofMillis(50));
        stream.progress(3, 4, "3 of 4");
        assertThat(text()).contains("3 of 4");
    }

    @Test
    void theSameProgressIsDrawnOnce() {
        ErrorStream stream = stream(terminal(40));
        stream.progress(1, 4, "1 of 4");
        int length = text().length();
        clock.advance(Duration.ofSeconds(1));
        stream.progress(1, 4, "1 of 4");
        assertThat(text()).hasSize(length);
    }

    @Test
    void aNarrowTerminalGetsNoBarAndNoSecondLine() {
        ErrorStream stream = stream(terminal(20));
        stream.progress(1, 4, "1 of 4 tasks done, 2 running");
        assertThat(text()).isEqualTo(drawing("1 of 4 tasks done, "));
    }

    @Test
    void aLineAfterAQuestionWithoutAnAnswerDoesNotStandBehindIt() {
        ErrorStream stream = stream(terminal(40));
        stream.question("Delete job [j]? [Y/n]");
        stream.resized();
        stream.line("stopping");
        stream.question("Delete pool [p]? [Y/n]");
        stream.answered();
        stream.line("Deleted pool [p].");
        assertThat(text()).isEqualTo("Delete job [j]? [Y/n] \nstopping\nDelete pool [p]? [Y/n] Deleted pool [p].\n");
    }

    @Test
    void nothingIsDrawnAfterTheEnd() {
        ErrorStream stream = stream(terminal(40));
        stream.progress(1, 4, "1 of 4");
        stream.end();
        clock.advance(Duration.ofSeconds(1));
        stream.progress(2, 4, "2 of 4");
        stream.resized();
        stream.line("ended at once");
        assertThat(text()).doesNotContain("2 of 4").endsWith(ERASE + "ended at once\n");
    }

    @Test
    void aTerminalThatCannotChangeALineGetsPlainLinesAndNoEscapeSequence() {
        ErrorStream stream = stream(new Terminal(true, true, false, () -> 40));
        stream.progress(0, 4, "0 of 4");
        clock.advance(Duration.ofSeconds(6));
        stream.progress(1, 4, "1 of 4");
        stream.resized();
        stream.line("a line");
        stream.endProgress();
        assertThat(text()).isEqualTo("1 of 4\na line\n");
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
    void errorsAreRedWhereTheTerminalHasColoursAndItsUserWantsThem() {
        Properties terminals = new Properties();
        terminals.setProperty("twinbatch.terminals", "012");
        Properties pipe = new Properties();
        pipe.setProperty("twinbatch.terminals", "01");

        stream(Terminal.of(terminals, Map.of("TERM", "xterm"), () -> 80)).error("it failed");
        assertThat(text()).isEqualTo("\u001b[31mit failed\u001b[0m" + System.lineSeparator());
        for (Terminal plain : List.of(
                Terminal.of(terminals, Map.of("TERM", "xterm", "NO_COLOR", "1"), () -> 80),
                Terminal.of(terminals, Map.of("TERM", "dumb"), () -> 80),
                Terminal.of(pipe, Map.of("TERM", "xterm"), () -> 80))) {
            written.reset();
            stream(plain).error("it failed");
            assertThat(text()).isEqualTo("it failed" + System.lineSeparator());
        }
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        ErrorStream stream = stream(Terminal.NONE);
        stream.line("name \u001b]0;title\u0007");
        assertThat(text()).isEqualTo("name \\u001b]0;title\\u0007\n");
    }

    private static Terminal terminal(int columns) {
        return new Terminal(true, true, true, () -> columns);
    }

    private static String drawing(String bar) {
        return ERASE + "\u001b[?7l" + bar + "\u001b[?7h\r";
    }

    private ErrorStream stream(Terminal terminal) {
        return new ErrorStream(new PrintStream(written, true, StandardCharsets.UTF_8), terminal, clock);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
