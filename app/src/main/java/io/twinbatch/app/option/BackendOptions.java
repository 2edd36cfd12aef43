package io.twinbatch.app.option;

import io.twinbatch.app.run.AzuriteChoice;
import io.twinbatch.app.run.Backend;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which backend, and what the local one needs to know: for every command that works on a backend. */
public final class BackendOptions {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            converter = Converters.ToBackend.class,
            defaultValue = "local",
            order = HelpOrder.FIRST,
            description = "Backend: local (this machine) or azure. Default: ${DEFAULT-VALUE}.")
    public Backend backend;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            order = HelpOrder.LOCAL_BACKEND,
            description = "Folder for the state of the local backend. Several runs can use it at the same time. "
                    + "Default: $XDG_STATE_HOME/twinbatch, else ~/.local/state/twinbatch.")
    public Optional<Path> stateDir;

    @Option(
            names = "--azurite",
            paramLabel = "SOURCE",
            converter = Converters.ToAzurite.class,
            defaultValue = "auto",
            order = HelpOrder.LOCAL_BACKEND,
            description = "Source of the local object store: docker, npm, auto, or the endpoint or connection "
                    + "string of a running Azurite. auto is npm when it is installed, else docker when an "
                    + "engine answers, else npm. Default: ${DEFAULT-VALUE}.")
    public AzuriteChoice azurite;

    @Option(
            names = "--azurite-port",
            paramLabel = "PORT",
            converter = WholeNumber.Port.class,
            order = HelpOrder.LOCAL_BACKEND,
            description = "Loopback port of Azurite. Default: a free one.")
    public Optional<Integer> azuritePort;
}
