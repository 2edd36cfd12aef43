package io.twinbatch.app.cli;

import io.twinbatch.app.run.AzuriteChoice;
import io.twinbatch.app.run.Backend;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which backend, and what the local one needs to know: for every command that works on a backend. */
final class BackendOptions {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            converter = Converters.ToBackend.class,
            defaultValue = "local",
            order = HelpOrder.FIRST,
            description = "Where the work is done: local (this machine), or azure. Default: ${DEFAULT-VALUE}.")
    Backend backend;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            order = HelpOrder.LOCAL_BACKEND,
            description = "The folder for what the local backend keeps. Default: $XDG_STATE_HOME/twinbatch, else"
                    + " ~/.local/state/twinbatch. Several runs can use it at once.")
    Optional<Path> stateDir;

    @Option(
            names = "--azurite",
            paramLabel = "SOURCE",
            converter = Converters.ToAzurite.class,
            defaultValue = "auto",
            order = HelpOrder.LOCAL_BACKEND,
            description = "Where the local object store comes from: docker, npm, auto (npm when it is installed"
                    + " already, else docker when an engine answers, else npm), or the endpoint or connection string of an Azurite that runs."
                    + " Default: ${DEFAULT-VALUE}.")
    AzuriteChoice azurite;

    @Option(
            names = "--azurite-port",
            paramLabel = "PORT",
            converter = WholeNumber.Port.class,
            order = HelpOrder.LOCAL_BACKEND,
            description = "The loopback port that Azurite is to listen on. Default: one that is free.")
    Optional<Integer> azuritePort;
}
