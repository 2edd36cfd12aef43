package io.twinbatch.app.option;

import io.twinbatch.api.proxy.HostName;
import io.twinbatch.app.run.AzuriteChoice;
import io.twinbatch.local.TaskUserMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code emulator}, as picocli fills them in. */
@Command(
        name = "app/app emulator",
        header = "serve the protocol of Azure Batch on this machine",
        customSynopsis = "app/app emulator [OPTION]...",
        description = """
                Serves the protocol of the Azure Batch service and a storage account on this
                machine, until Ctrl-C. Clients of Azure Batch work unmodified. Pools, jobs,
                tasks and objects are kept in the state folder.

                When it is ready, it prints the settings of clients as shell commands, or with
                --json as a document:
                  (umask 077; exec app/app emulator > emulator.env) &  start in the background
                  . ./emulator.env                                     use it from this shell
                  app/app --backend=azure FILES""",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "2:wrong command line or configuration, or the state folder is in use",
            "3:a port is taken, or the storage account does not start or has ended",
            "130:stopped by Ctrl-C",
            "143:stopped by SIGTERM"
        })
public final class EmulatorOptions implements CommandOptions {
    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Mixin
    public final PortalSwitch portal = new PortalSwitch();

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = WholeNumber.PortOrFree.class,
            defaultValue = "10100",
            description = "Port to listen on; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    public int port;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "Folder for pools, jobs, tasks and objects. One emulator at a time uses it. Default: "
                    + "$XDG_STATE_HOME/twinbatch/emulator, else ~/.local/state/twinbatch/emulator.")
    public Optional<Path> stateDir;

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description = "Name of the Batch account. Default: the well-known account twinbatchdev.")
    public Optional<String> account;

    @Option(
            names = "--key",
            paramLabel = "BASE64",
            description = "Key of the Batch account. Other users of this machine can see command lines; prefer the "
                    + "variable TWINBATCH_KEY. Default: the well-known key, which is not secret.")
    public Optional<String> key;

    @Option(
            names = "--https",
            negatable = true,
            description = "Serve HTTPS, with a self-made certificate that clients must be told to trust. Clients "
                    + "that sign in with Microsoft Entra ID need it.")
    public boolean https;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            converter = Converters.ToListenAddress.class,
            defaultValue = HostName.LOOPBACK,
            description = "Address to listen on. An address that other machines can reach requires a --key of your "
                    + "own: anybody with the key can run programs as you. Default: ${DEFAULT-VALUE}.")
    public String bind;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            converter = Converters.ToHostName.class,
            description = "Name by which clients reach the emulator, besides localhost and the address. May be "
                    + "repeated.")
    public List<String> hosts = List.of();

    @Option(
            names = "--azurite",
            paramLabel = "SOURCE",
            converter = Converters.ToAzurite.class,
            defaultValue = "auto",
            description = "Source of the storage account, as for run. Default: ${DEFAULT-VALUE}.")
    public AzuriteChoice azurite;

    @Option(
            names = "--azurite-port",
            paramLabel = "N",
            converter = WholeNumber.Port.class,
            description = "Port of the storage account. Default: the port that this state folder used last, else "
                    + "10000, else a free one.")
    public Optional<Integer> azuritePort;

    @Option(
            names = "--azurite-bind",
            paramLabel = "ADDRESS",
            converter = Converters.ToListenAddress.class,
            defaultValue = HostName.LOOPBACK,
            description = "Address that the storage account listens on, such as 0.0.0.0 in a container whose ports are "
                    + "published. Its URLs name 127.0.0.1 all the same. Default: ${DEFAULT-VALUE}.")
    public String azuriteBind;

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            converter = Converters.ToPath.class,
            description = "File with the faults to inject; docs/faults.md describes it.")
    public Optional<Path> faults;

    @Option(
            names = "--applications",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "Folder with the application packages of the account, each a file ID/VERSION.zip.")
    public Optional<Path> applications;

    @Option(
            names = "--transition-time",
            paramLabel = "TIME",
            converter = Converters.ToTransitionTime.class,
            defaultValue = "1s",
            description = "How long states such as resizing, starting, terminating and deleting last at least, as on "
                    + "the service: 0 to 10m. With 0 they last as long as the work in them. Default: ${DEFAULT-VALUE}.")
    public Duration transitionTime;

    @Option(
            names = "--task-users",
            paramLabel = "WHEN",
            converter = Converters.ToTaskUsers.class,
            defaultValue = "auto",
            description = "Whether tasks that are no administrators run without the rights of root, as on the service:"
                    + " auto (where the emulator runs as root and can switch users), on, or off."
                    + " Default: ${DEFAULT-VALUE}.")
    public TaskUserMode taskUsers;

    @Override
    public GeneralOptions general() {
        return general;
    }
}
