package io.twinbatch.app;

import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.app.cli.AppEnvironment;
import io.twinbatch.app.cli.TwinbatchApp;
import io.twinbatch.app.config.UserFolders;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.OutOfMemory;
import io.twinbatch.app.report.ElapsedTime;
import io.twinbatch.app.report.ErrorStream;
import io.twinbatch.app.report.Keyboard;
import io.twinbatch.app.report.ResultStream;
import io.twinbatch.app.report.Terminal;
import io.twinbatch.app.report.TerminalKeyboard;
import io.twinbatch.app.report.WindowWidth;
import io.twinbatch.app.run.Backends;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.Signals;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;

/** Starts the program; {@code app/app} is the script that calls it. */
public final class Main {
    private Main() {}

    /** Runs a command line, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        try {
            System.exit(run(arguments).status());
        } catch (OutOfMemoryError e) {
            System.err.println("twinbatch: " + OutOfMemory.MESSAGE);
            Runtime.getRuntime().halt(ExitCode.PROVIDER.status());
        }
    }

    private static ExitCode run(String[] arguments) {
        Clock clock = Clock.systemUTC();
        ElapsedTime workingTime = new ElapsedTime(clock);
        Charset charset = terminalCharset();
        WindowWidth width = WindowWidth.ofStandardError(System.getenv());
        Terminal terminal = Terminal.of(System.getProperties(), System.getenv(), width);
        PrintStream out = ResultStream.ofStandardOutput(charset);
        Keyboard keyboard = keyboard(terminal);
        ErrorStream err = new ErrorStream(
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset), terminal, clock, keyboard);
        if (terminal.rewritable()) {
            Runtime.getRuntime().addShutdownHook(new Thread(keyboard::listen, "keyboard"));
            Signals.handle("WINCH", () -> {
                width.change();
                err.resized();
            });
        }
        AppEnvironment appEnvironment = new AppEnvironment(
                System.getenv(),
                UserFolders.of(System.getenv(), home()),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("twinbatch.home", "app/target/twinbatch")),
                new BufferedReader(new InputStreamReader(System.in, charset)),
                out,
                err,
                clock,
                workingTime,
                new SplittableRandom(),
                RunOwner.of(System.getProperty("user.name"), hostName()));
        Interruption interruption =
                new Interruption(err, status -> Runtime.getRuntime().halt(status));
        interruption.install();
        Backends backends = new Backends(err::line);
        ExitCode exitCode = new TwinbatchApp(appEnvironment, backends, backends, interruption).run(List.of(arguments));
        interruption.finish();
        err.end();
        out.flush();
        return exitCode;
    }

    private static Keyboard keyboard(Terminal terminal) {
        return terminal.rewritable()
                ? new TerminalKeyboard(terminal.input() ? System.in : InputStream.nullInputStream())
                : Keyboard.NONE;
    }

    /** The locale's, but UTF-8 where it knows ASCII alone: what is not ASCII would be lost otherwise. */
    private static Charset terminalCharset() {
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    /** As the system has it; a name service may take its time, and is asked last. */
    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return localHostName();
        }
    }

    private static String localHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** As for a shell, HOME comes before what the system's list of users says. */
    private static Path home() {
        String home = System.getenv().getOrDefault("HOME", "");
        return Path.of(home.startsWith("/") ? home : System.getProperty("user.home"));
    }
}
