package io.twinbatch.app.option;

import io.twinbatch.api.proxy.HostName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code portal}, as picocli fills them in. */
@Command(
        name = "app/app portal",
        header = "show everything live in a browser",
        customSynopsis = "app/app portal [OPTION]...",
        description = """
                Serves a live page of pools, nodes, jobs, tasks and objects for a browser, until
                Ctrl-C, and prints its address. Changes nothing. Works while a run or an
                emulator is running, and after it was killed. Only this machine can reach it.""",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:closed with Ctrl-C",
            "2:wrong command line or configuration, or the port is taken",
            "3:the provider failed",
            "143:terminated (SIGTERM)"
        })
public final class PortalOptions implements CommandOptions {
    @Mixin
    public final BackendOptions where = new BackendOptions();

    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    // The long names tell these options from the emulator's in the environment and the configuration file.
    @Option(
            names = {"--port", "--portal-port"},
            paramLabel = "N",
            converter = WholeNumber.PortOrFree.class,
            description = "Port to listen on; 0 takes a free one. Default: 10180, or a free one when that is taken.")
    public Optional<Integer> port;

    @Option(
            names = {"--bind", "--portal-bind"},
            paramLabel = "ADDRESS",
            defaultValue = HostName.LOOPBACK,
            description = "Address to listen on. The connection is not encrypted: for another machine's browser, "
                    + "forward the port through ssh instead. Default: ${DEFAULT-VALUE}.")
    public String bind;

    @Option(
            names = {"--allow-host", "--portal-allow-host"},
            paramLabel = "NAME",
            description =
                    "Name by which browsers reach the portal, besides localhost and the address. May be " + "repeated.")
    public List<String> hosts = List.of();

    @Option(
            names = "--allow-actions",
            negatable = true,
            description = "Let the portal's pages terminate and delete jobs, tasks and pools, and resize pools.")
    public boolean allowActions;

    @Option(names = "--open", negatable = true, description = "Open the page in the browser.")
    public boolean open;

    @Override
    public GeneralOptions general() {
        return general;
    }
}
