package io.twinbatch.app.cli;

import io.twinbatch.app.run.AzuriteChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code emulator}, as picocli fills them in. */
@Command(name = "app emulator")
final class EmulatorOptions implements CommandOptions {
    @Mixin
    final GeneralOptions general = new GeneralOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = WholeNumber.PortOrFree.class,
            defaultValue = "10100",
            description = "The port to listen on; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    int port;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "The folder for pools, jobs, tasks and objects; one emulator at a time uses it. Default:"
                    + " $XDG_STATE_HOME/twinbatch/emulator, else ~/.local/state/twinbatch/emulator.")
    Optional<Path> stateDir;

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description = "The name of the Batch account. Default: the well-known account twinbatchdev.")
    Optional<String> account;

    @Option(
            names = "--key",
            paramLabel = "BASE64",
            description = "The key of the Batch account. Others on this machine see command lines: better set it in"
                    + " TWINBATCH_KEY. Default: the well-known key, which is no secret.")
    Optional<String> key;

    @Option(
            names = "--https",
            negatable = true,
            description = "Speak HTTPS, with a certificate of its own that clients have to be told to trust. Clients"
                    + " that sign in with Microsoft Entra ID need it.")
    boolean https;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on. One that other machines reach takes a --key of your own: whoever"
                    + " knows the key runs programs as you. Default: ${DEFAULT-VALUE}.")
    String bind;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A name by which clients reach the emulator, besides localhost and the address; may be"
                    + " repeated.")
    List<String> hosts = List.of();

    @Option(
            names = "--azurite",
            paramLabel = "SOURCE",
            converter = Converters.ToAzurite.class,
            defaultValue = "auto",
            description = "Where the storage account comes from; see app --help. Default: ${DEFAULT-VALUE}.")
    AzuriteChoice azurite;

    @Option(
            names = "--azurite-port",
            paramLabel = "N",
            converter = WholeNumber.Port.class,
            description = "The port of the storage account. Default: the one that this state folder had last, else"
                    + " 10000, else a free one.")
    Optional<Integer> azuritePort;

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            converter = Converters.ToPath.class,
            description = "A file with what is to go wrong on purpose; docs/faults.md describes it.")
    Optional<Path> faults;

    @Override
    public GeneralOptions general() {
        return general;
    }
}
