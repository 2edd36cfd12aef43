package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's chromium without a window and without a network. */
final class HeadlessBrowser {
    private static final int LIMIT_SECONDS = 60;
    private static final int HEIGHT = 3000;

    private final Path program;
    private final Path folder;

    private HeadlessBrowser(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * The browser of this machine; skips the test where there is none.
     *
     * @param folder a folder of its own
     */
    static HeadlessBrowser ofThisMachine(Path folder) throws IOException {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(":"))
                .map(path -> Path.of(path, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "this machine has no chromium");
        return new HeadlessBrowser(found.get(), Files.createDirectories(folder));
    }

    /**
     * What the browser made of a page.
     *
     * @param document the document as it is shown
     * @param console what it says of errors, such as a violated content security policy
     */
    record Page(String document, List<String> console) {}

    Page open(Path file) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        run(List.of("--enable-logging=stderr", "--dump-dom", file.toUri().toString()), out, err);
        try (Stream<String> lines = Files.lines(err)) {
            return new Page(
                    Files.readString(out),
                    lines.filter(line -> line.contains("CONSOLE")).toList());
        }
    }

    void picture(Path file, int width, String scheme, Path picture) throws IOException, InterruptedException {
        Files.createDirectories(picture.getParent());
        Files.deleteIfExists(picture);
        run(
                List.of(
                        "--hide-scrollbars",
                        "--force-device-scale-factor=1",
                        "--blink-settings=preferredColorScheme=" + (scheme.equals("dark") ? 0 : 1),
                        "--window-size=" + width + "," + HEIGHT,
                        "--screenshot=" + picture,
                        file.toUri().toString()),
                folder.resolve("out"),
                folder.resolve("err"));
    }

    private void run(List<String> arguments, Path out, Path err) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--proxy-server=127.0.0.1:9",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + folder.resolve("profile")));
        words.addAll(arguments);
        Process process = new ProcessBuilder(words)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(ended).as("chromium ends within %s s", LIMIT_SECONDS).isTrue();
        assertThat(process.exitValue()).as("exit code of chromium").isZero();
    }
}
