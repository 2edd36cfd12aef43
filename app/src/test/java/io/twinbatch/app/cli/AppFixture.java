package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.app.config.UserFolders;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.report.ElapsedTime;
import io.twinbatch.app.report.ErrorStream;
import io.twinbatch.app.report.Terminal;
import io.twinbatch.app.report.TickingClock;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.LocalSettings;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The program in a folder of its own, with a backend that only pretends. */
final class AppFixture {
    static final RunOwner OWNER = new RunOwner("ada@laptop");

    final Path folder;
    private Path workingFolder;
    final Map<String, String> environment = new HashMap<>();
    final TickingClock clock = new TickingClock();
    final FakeInspector look = new FakeInspector();
    final FakeSession session = new FakeSession(clock, look);
    final List<LocalSettings> started = new ArrayList<>();
    final List<BackendSettings> settingsUsed = new ArrayList<>();
    final List<Integer> ends = new ArrayList<>();
    final UserFolders folders;
    private final SplittableRandom random = new SplittableRandom(1);
    Terminal terminal = Terminal.NONE;
    String answers = "";
    Runnable whileStarting = () -> {};
    Interruption interruption;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    AppFixture(Path folder) throws IOException {
        this.folder = folder;
        workingFolder = folder;
        folders = new UserFolders(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
        make("home/node-task.jar", "jar");
        environment.put("TWINBATCH_NODE_JAVA", "installed");
    }

    Path make(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    ExitCode run(String... arguments) {
        out.reset();
        err.reset();
        ErrorStream errors = new ErrorStream(stream(err), terminal, clock);
        interruption = new Interruption(errors, ends::add);
        AppEnvironment appEnvironment = new AppEnvironment(
                environment,
                folders,
                workingFolder,
                folder.resolve("home"),
                new BufferedReader(new StringReader(answers)),
                stream(out),
                errors,
                clock,
                new ElapsedTime(clock),
                random,
                OWNER);
        TwinbatchApp app = new TwinbatchApp(
                appEnvironment,
                settings -> {
                    if (settings instanceof LocalSettings local) {
                        started.add(local);
                    }
                    settingsUsed.add(settings);
                    whileStarting.run();
                    return session;
                },
                settings -> {
                    settingsUsed.add(settings);
                    return List.of(look);
                },
                interruption);
        try {
            return app.run(List.of(arguments));
        } finally {
            interruption.finish();
        }
    }

    /** The same, from now on in a folder below. */
    AppFixture in(String name) {
        workingFolder = folder.resolve(name);
        return this;
    }

    /** Runs the command line with which a sentence ends, as a shell divides it into words. */
    ExitCode typed(String advice) {
        List<String> words = words(advice.substring(advice.indexOf("app/app ")));
        return run(words.subList(1, words.size()).toArray(String[]::new));
    }

    /** A line as a shell divides it into words. */
    static List<String> words(String line) {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", "printf '%s\\n' " + line)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor()).as(output).isZero();
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
