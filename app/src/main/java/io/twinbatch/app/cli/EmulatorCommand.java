package io.twinbatch.app.cli;

import io.twinbatch.api.command.ShellWord;
import io.twinbatch.api.proxy.HostName;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.option.EmulatorOptions;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.LiveInspector;
import io.twinbatch.local.EmulatorAccounts;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.LocalEmulator;
import io.twinbatch.local.emulator.EmulatorConfig;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The command {@code emulator}: serves until a signal comes. */
final class EmulatorCommand implements AppCommand {
    private static final int SECONDS_BETWEEN_LOOKS = 2;

    private static final String PYTHON_PROGRAM = "docs/examples/emulator-client.py";

    private final AppEnvironment appEnvironment;
    private final Interruption interruption;
    private final Optional<Path> script;
    private final EmulatorOptions options;

    /**
     * An emulator that is not started.
     *
     * @param script the script that starts the app, which is beside the project's documents
     */
    EmulatorCommand(
            AppEnvironment appEnvironment, Interruption interruption, Optional<Path> script, EmulatorOptions options) {
        this.appEnvironment = appEnvironment;
        this.interruption = interruption;
        this.script = script;
        this.options = options;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        Path stateDir = options.stateDir
                .map(appEnvironment.workingFolder()::resolve)
                .orElse(appEnvironment.folders().state().resolve("emulator"));
        EmulatorConfig config = config(stateDir);
        LocalConfig local = new LocalConfig(
                stateDir,
                appEnvironment.folders().cache(),
                options.azurite.source(),
                options.azurite.endpoint(),
                options.azuritePort,
                options.azuriteBind,
                options.faults.map(appEnvironment.workingFolder()::resolve),
                options.applications.map(appEnvironment.workingFolder()::resolve),
                options.transitionTime,
                options.taskUsers);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread starter = Thread.currentThread();
        interruption.announce("stopping the emulator; Ctrl-C again ends at once");
        interruption.onSignal(starter::interrupt);
        begun.run();
        try (LocalEmulator emulator = LocalEmulator.open(local, config, appEnvironment.err()::line)) {
            interruption.onSignal(stopped::countDown);
            try (PortalOpening.Opened portal = new PortalOpening(appEnvironment)
                    .beside(options.portal, "emulator, " + stateDir, () -> look(emulator))) {
                tell(emulator);
                return serve(emulator, stopped);
            }
        } catch (InterruptedException e) {
            return interruption.received().orElse(ExitCode.INTERRUPTED);
        }
    }

    private static BackendInspector look(LocalEmulator emulator) {
        return LiveInspector.nearby(emulator.jobs(), emulator.pools(), emulator::objects);
    }

    private EmulatorConfig config(Path stateDir) {
        if (options.account.isPresent() != options.key.isPresent()) {
            throw new UsageException("--account and --key go together: name both, or neither");
        }
        if (options.port != 0 && options.azuritePort.equals(Optional.of(options.port))) {
            throw new UsageException(
                    "--port and --azurite-port are both " + options.port + ": choose two different ports");
        }
        requireReachableStorage();
        boolean local = options.bind.equals(HostName.LOOPBACK);
        if (!local && options.key.isEmpty()) {
            throw new UsageException(
                    "--bind " + options.bind + " may be reached by other machines, and whoever knows the"
                            + " key runs programs as you: give --account and --key of your own, such as the output of"
                            + " 'openssl rand -base64 64 | tr -d \"\\n\"'");
        }
        return new EmulatorConfig(
                options.bind,
                options.port,
                options.account.orElse(EmulatorConfig.DEFAULT_ACCOUNT),
                options.key.orElse(EmulatorConfig.DEFAULT_KEY),
                Set.copyOf(options.hosts),
                options.https ? Optional.of(stateDir.resolve("tls")) : Optional.empty());
    }

    /** Tasks and clients reach the storage account at the loopback address, wherever else it listens. */
    private void requireReachableStorage() {
        if (options.azuriteBind.equals(HostName.LOOPBACK)) {
            return;
        }
        if (options.azurite.endpoint().isPresent()) {
            throw new UsageException("--azurite-bind is about an Azurite that the emulator starts, but --azurite names"
                    + " one that runs already: leave one of them out");
        }
        if (!HostName.isWildcard(options.azuriteBind)) {
            throw new UsageException("--azurite-bind " + options.azuriteBind + " leaves out " + HostName.LOOPBACK
                    + ", which the storage account's URLs name: choose 0.0.0.0 for all addresses");
        }
    }

    private ExitCode serve(LocalEmulator emulator, CountDownLatch stopped) throws InterruptedException {
        while (!stopped.await(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS)) {
            if (!emulator.isStorageAlive()) {
                appEnvironment.err().error("twinbatch: the storage account has stopped: " + emulator.describeStorage());
                return ExitCode.PROVIDER;
            }
        }
        return interruption.received().orElse(ExitCode.DONE);
    }

    private void tell(LocalEmulator emulator) {
        EmulatorAccounts accounts = emulator.accounts();
        if (options.general.json) {
            writeJson(emulator, accounts);
        } else {
            print(emulator, accounts);
        }
        appEnvironment.out().flush();
        boolean person = appEnvironment.err().terminal().canAsk();
        appEnvironment
                .err()
                .line("The emulator is ready at " + emulator.endpoint() + "; "
                        + (person
                                ? "Ctrl-C stops it."
                                : "kill " + ProcessHandle.current().pid() + " stops it."));
        if (emulator.switchesUsers()) {
            appEnvironment
                    .err()
                    .line("Tasks run without the rights of root unless they ask for them (--task-users=off: all run as"
                            + " root).");
        }
        if (options.https) {
            appEnvironment
                    .err()
                    .line("Tokens of Microsoft Entra ID are checked for form, audience and expiry, but their"
                            + " signature is not verified: anybody can make one.");
        }
    }

    /** Comments and commands that a shell understands, so that the whole can be evaluated. */
    private void print(LocalEmulator emulator, EmulatorAccounts accounts) {
        PrintStream out = appEnvironment.out();
        out.println("# Batch account   " + accounts.batchAccount() + " at " + emulator.endpoint());
        out.println("# Batch key       " + accounts.batchKey());
        out.println("# Storage         " + emulator.describeStorage());
        emulator.certificate().ifPresent(file -> out.println("# Certificate     " + file));
        accounts.environment().forEach((name, value) -> out.println("export " + name + "=" + ShellWord.quoted(value)));
        out.println("# With these in the environment, try it");
        out.println("#   this program  app/app --backend=azure FILES");
        out.println("#   with az       az batch pool list");
        out.println("#   from Python   python3 " + ShellWord.quoted(pythonProgram()));
    }

    private String pythonProgram() {
        return script.map(path ->
                        path.resolveSibling("..").resolve(PYTHON_PROGRAM).normalize())
                // In a container there is the app alone, and its client is elsewhere.
                .filter(Files::exists)
                .map(Path::toString)
                .orElse(PYTHON_PROGRAM);
    }

    private void writeJson(LocalEmulator emulator, EmulatorAccounts accounts) {
        new JsonReport(appEnvironment.out()).write("emulator", "ready", ExitCode.DONE, json -> {
            json.writeStringField("endpoint", emulator.endpoint().toString());
            json.writeStringField("account", accounts.batchAccount());
            json.writeStringField("key", accounts.batchKey());
            json.writeStringField("storageConnectionString", accounts.storageConnectionString());
            if (emulator.certificate().isPresent()) {
                json.writeStringField(
                        "certificate", emulator.certificate().get().toString());
            }
            json.writeObjectFieldStart("environment");
            for (Map.Entry<String, String> export : accounts.environment().entrySet()) {
                json.writeStringField(export.getKey(), export.getValue());
            }
            json.writeEndObject();
        });
    }
}
