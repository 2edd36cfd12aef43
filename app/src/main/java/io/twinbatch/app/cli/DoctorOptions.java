package io.twinbatch.app.cli;

import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.app.run.AzuriteChoice;
import io.twinbatch.app.run.Backend;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@code doctor}, as picocli fills them in. */
@Command(name = "app doctor")
final class DoctorOptions {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            converter = Converters.ToBackend.class,
            defaultValue = "local",
            description = "The backend to check for: local or azure. Default: ${DEFAULT-VALUE}.")
    Backend backend;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "The folder for what the local backend keeps. Default: $XDG_STATE_HOME/twinbatch, else"
                    + " ~/.local/state/twinbatch.")
    Optional<Path> stateDir;

    @Option(
            names = "--azurite",
            paramLabel = "SOURCE",
            converter = Converters.ToAzurite.class,
            defaultValue = "auto",
            description = "Where the local object store is to come from; see app --help. Default: ${DEFAULT-VALUE}.")
    AzuriteChoice azurite;

    @Option(
            names = "--nodes",
            paramLabel = "K",
            converter = WholeNumber.Nodes.class,
            defaultValue = "1",
            description = "With azure: how many nodes there has to be room for. Default: ${DEFAULT-VALUE}.")
    int nodes;

    @Option(
            names = "--vm-size",
            paramLabel = "NAME",
            converter = Converters.ToName.class,
            defaultValue = PoolSpec.DEFAULT_VM_SIZE,
            description = "With azure: the size of a node. Default: ${DEFAULT-VALUE}.")
    String vmSize;

    @Option(
            names = "--image",
            paramLabel = "PUBLISHER:OFFER:SKU",
            converter = Converters.ToImage.class,
            defaultValue = "canonical:ubuntu-24_04-lts:server",
            description = "With azure: the operating system of the nodes. Default: ${DEFAULT-VALUE}.")
    VmImage image;

    @Option(names = "--spot", negatable = true, description = "With azure: spot nodes.")
    boolean spot;

    @Option(names = "--json", negatable = true, description = "Print one JSON document on standard output.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            negatable = true,
            description = "Show the stack trace of an error.")
    boolean verbose;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = Converters.ToPath.class,
            description = "The file with defaults for options; see app --help.")
    Optional<Path> config;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;
}
