package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window of the terminal gets another width while the changing line is on it. */
class WindowChangeTest {
    private static final int ALL = 1000;

    private final TickingClock clock = new TickingClock();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int width = 80;
    private final ErrorStream stream = new ErrorStream(
            new PrintStream(written, true, StandardCharsets.UTF_8), new Terminal(true, true, true, () -> width), clock);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBarThatIsBrokenOverSeveralRowsIsErasedWhole(boolean breaksAnew) {
        TerminalScreen screen = new TerminalScreen(width, breaksAnew);
        stream.line("x".repeat(15));
        progress(1);
        show(screen);
        for (int columns : new int[] {30, 11, 2, 1, 60, 7, 80}) {
            change(screen, columns);
            stream.resized();
            show(screen);
            assertOneBar(screen, columns);
        }
        stream.endProgress();
        stream.line("x");
        show(screen);
        assertThat(String.join("", screen.lines())).isEqualTo(breaksAnew ? "x".repeat(16) : "xx");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterAnySequenceOfWidthsThereIsOneBar(boolean breaksAnew) {
        TerminalScreen screen = new TerminalScreen(width, breaksAnew);
        Random random = new Random(17);
        int lines = 0;
        for (int step = 0; step < 500; step++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    change(screen, 1 + random.nextInt(120));
                    stream.resized();
                }
                case 1 -> changeBeforeTheProgramKnows(screen, 1 + random.nextInt(120), step);
                case 2 -> {
                    stream.line("x".repeat(50));
                    lines++;
                }
                default -> progress(step);
            }
            show(screen);
            assertOneBar(screen, width);
        }
        String above = String.join("", screen.lines()).replaceAll("[^x]", "");
        assertThat(above)
                .as("what is printed above the bar")
                .hasSizeGreaterThanOrEqualTo(lines * (breaksAnew ? 50 : 1));
    }

    /** A drawing comes between the change and its signal. */
    private void changeBeforeTheProgramKnows(TerminalScreen screen, int columns, int step) {
        screen.resize(columns);
        progress(step);
        show(screen);
        width = columns;
        stream.resized();
    }

    private void change(TerminalScreen screen, int columns) {
        screen.resize(columns);
        width = columns;
    }

    private void progress(int done) {
        clock.advance(Duration.ofSeconds(1));
        stream.progress(done % ALL, ALL, "@ " + done + " of 1000 tasks done, 2 running");
    }

    private void show(TerminalScreen screen) {
        screen.write(written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
        written.reset();
    }

    /** The line is the last one, and has no part above it. */
    private static void assertOneBar(TerminalScreen screen, int columns) {
        assertThat(screen.lines().stream().filter(line -> line.matches("[^x].*")))
                .as("at %s columns", columns)
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(bar -> assertThat(bar).hasSizeLessThan(columns));
    }
}
