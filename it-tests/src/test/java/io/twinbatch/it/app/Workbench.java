package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder in which a test runs the app: with a state folder, a working folder and an empty configuration of its own, but
 * with the user's cache, so that Azurite is installed once.
 */
final class Workbench {
    private static final Duration CALM = Duration.ofSeconds(10);

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<AppRun> runs = new ArrayList<>();
    private Path stateDir;
    private String azurite = "npm";
    private Path app = project().resolve("app");

    Workbench(Path temporaryFolder) {
        try {
            folder = temporaryFolder.toRealPath();
            stateDir = folder.resolve("state");
            Files.createDirectory(work());
            Files.createDirectory(folder.resolve("config"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        environment.put("XDG_STATE_HOME", folder.resolve("state-home").toString());
    }

    /** The module's folder is what the build tool says; in an IDE it is where the tests are run. */
    static Path project() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    }

    /** Where the app is run, and relative names lead. */
    Path work() {
        return folder.resolve("work");
    }

    Path stateDir() {
        return stateDir;
    }

    void useStateDir(Path other) {
        stateDir = other;
    }

    void useAzurite(String source) {
        azurite = source;
    }

    /** Another installation of the app than the one that was built. */
    void useApp(Path other) {
        app = other;
    }

    Path folder() {
        return folder;
    }

    /** Sets an environment variable for the runs to come. */
    void setEnvironment(String name, String value) {
        environment.put(name, value);
    }

    /** Puts a shell script before the programs of that name on the PATH of the runs to come. */
    void addProgram(String name, String script) {
        Path programs = folder.resolve("programs");
        try {
            Files.createDirectories(programs);
            Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        setEnvironment("PATH", programs + ":" + System.getenv("PATH"));
    }

    /** The environment variables for the runs to come, besides those that this process has. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Writes a file below the working folder. */
    Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file below the working folder. */
    Path write(String name, byte[] bytes) {
        try {
            Path file = work().resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the app on the state folder of this bench. */
    AppRun run(String... arguments) {
        List<String> words = new ArrayList<>(List.of("--state-dir", stateDir.toString(), "--azurite=" + azurite));
        words.addAll(List.of(arguments));
        return start(words);
    }

    /** Starts a command on this bench's state folder, which needs no object store. */
    AppRun command(String name, String... options) {
        List<String> words = new ArrayList<>(List.of(name, "--state-dir", stateDir.toString()));
        words.addAll(List.of(options));
        return start(words);
    }

    /** Starts a command on this bench's state folder, with the object store of its runs. */
    AppRun commandWithStore(String name, String... options) {
        List<String> words = new ArrayList<>(List.of("--azurite=" + azurite));
        words.addAll(List.of(options));
        return command(name, words.toArray(String[]::new));
    }

    /** Starts the app with these words and no others. */
    AppRun start(List<String> arguments) {
        Path script = app.resolve("app");
        assertThat(app.resolve("target/twinbatch/twinbatch-app.jar"))
                .as("the app is packaged before these tests run")
                .exists();
        Path out = folder.resolve("run-" + runs.size() + ".out");
        Path err = folder.resolve("run-" + runs.size() + ".err");
        // A build in the background ignores Ctrl-C, and its children would as well.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", script.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TWINBATCH_"));
        builder.environment().putAll(environment);
        try {
            AppRun run = new AppRun(builder.start(), List.copyOf(arguments), out, err);
            runs.add(run);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files and folders below the state folder's nodes; what the engine keeps for itself is left out. */
    Set<Path> onNodes() {
        return below(stateDir.resolve("nodes")).stream()
                .filter(path -> !path.startsWith(".discarded"))
                .collect(Collectors.toSet());
    }

    /** Everything below a folder, relative to it; nothing when there is no such folder. */
    static Set<Path> below(Path folder) {
        if (!Files.exists(folder)) {
            return Set.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder))
                    .map(folder::relativize)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The results in a folder, beside which there are the index of what they were made from, and the report. */
    static Set<Path> results(Path folder) {
        Path index = Path.of(".twinbatch-results");
        Set<Path> all = below(folder);
        assertThat(all).contains(index);
        return all.stream()
                .filter(path -> !path.equals(index) && !isReport(path) && !path.startsWith("logs"))
                .collect(Collectors.toSet());
    }

    /** Whether a file is the report of a run. */
    static boolean isReport(Path file) {
        return file.getFileName().toString().matches("report(-\\d{8}-\\d{6}-\\w+)?\\.(html|json)");
    }

    /** The processes that have to do with this bench. */
    ProcessTable processes() {
        return new ProcessTable(folder);
    }

    /** The keys that nobody may see. */
    List<String> keys() {
        return Stream.of("azurite/account.key", "engine.key")
                .map(stateDir::resolve)
                .filter(Files::isRegularFile)
                .map(Workbench::readKey)
                .toList();
    }

    private static String readKey(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks what holds after every run, however it ended. */
    void requireClean() {
        runs.forEach(run -> assertThat(run.isAlive()).as("%s runs still", run).isFalse());
        assertThat(processes().now()).as("processes left behind").isEmpty();
        for (AppRun run : runs) {
            requireNoSecret("standard output of " + run, run.out());
            requireNoSecret("standard error of " + run, run.err());
            requireResultsOnly(run);
        }
        below(folder).forEach(path -> requireNoSecret("a file's name", path.toString()));
        below(work()).stream()
                .filter(Workbench::isReport)
                .map(work()::resolve)
                .forEach(file -> requireNoSecret(file.toString(), text(file)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks that a text has neither a signature nor a key in it. */
    void requireNoSecret(String what, String text) {
        assertThat(text).as(what).doesNotContain("sig=").doesNotContain("AccountKey");
        keys().forEach(key -> assertThat(text).as(what).doesNotContain(key));
    }

    /** Standard output may be fed into another program: nothing of what standard error tells belongs there. */
    private static void requireResultsOnly(AppRun run) {
        Set<String> errorLines =
                run.err().lines().filter(line -> !line.isBlank()).collect(Collectors.toSet());
        assertThat(run.out().lines().filter(errorLines::contains))
                .as("told twice by %s", run)
                .isEmpty();
        assertThat(run.out()).doesNotContain("twinbatch: ");
    }

    /** Ends what a failed test has left, so that it does not disturb the next one. */
    void endAll() {
        runs.stream().filter(AppRun::isAlive).forEach(AppRun::kill);
        processes().now().forEach(entry -> ProcessHandle.of(entry.pid()).ifPresent(ProcessHandle::destroyForcibly));
        Deadline.await(CALM, () -> "no process is left", () -> processes().now().isEmpty());
    }
}
