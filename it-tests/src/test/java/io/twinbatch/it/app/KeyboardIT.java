package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody types while the changing line is shown, at a pseudo-terminal that {@code script} makes. */
class KeyboardIT extends AppTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Process process;
    private Path screen;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void keysAreNeitherShownNorTakenForTheAnswerAndWorkAgainAfterwards() throws Exception {
        Path go = bench().folder().resolve("go");
        bench().write("a.txt", "words");
        start("--command 'while [ ! -e " + go + " ]; do sleep 0.1; done; cat {}' --output-dir results a.txt");

        until("0 of 1 task done, 1 running");
        type("qzqz\n\n\nqzqz");
        // What was typed has come to the terminal: a line that is drawn afterwards would have it above.
        Files.createFile(go);
        until("Delete job [");
        assertThat(shown()).doesNotContain("qzqz");
        type("n\n");
        until("Delete pool [");
        type("y\n");

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(shown())
                .as("the job is kept as answered, although Enter was typed before")
                .doesNotContain("Deleted job [")
                .contains("Deleted pool [")
                .containsPattern("settings: .*(?<!-)echo ");
    }

    private void start(String options) throws IOException {
        assumeTrue(isThere("script") && isThere("stty"), "script and stty are installed");
        screen = bench().folder().resolve("screen");
        String run = Workbench.project().resolve("app/app") + " --azurite=npm --state-dir " + bench().stateDir() + " "
                + options;
        String settings = "; echo settings: $(stty -a)";
        ProcessBuilder builder = new ProcessBuilder("script", "-qfec", run + settings, screen.toString())
                .directory(bench().work().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TWINBATCH_"));
        builder.environment().putAll(bench().environment());
        builder.environment().put("TERM", "xterm");
        process = builder.start();
    }

    private static boolean isThere(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program)) || Files.isExecutable(Path.of("/bin", program));
    }

    private void type(String keys) throws IOException {
        OutputStream keyboard = process.getOutputStream();
        keyboard.write(keys.getBytes(StandardCharsets.US_ASCII));
        keyboard.flush();
    }

    private void until(String text) {
        Deadline.await(LIMIT, () -> text + " is shown in " + shown(), () -> shown().contains(text));
    }

    private String shown() {
        try {
            return Files.exists(screen) ? Files.readString(screen, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new AssertionError("the screen cannot be read", e);
        }
    }
}
