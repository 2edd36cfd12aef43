package io.twinbatch.app.option;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether a command serves the portal beside its work. */
public final class PortalSwitch {
    @Option(
            names = "--portal",
            negatable = true,
            order = HelpOrder.LAST,
            description = "Serve a live page of pools, jobs, tasks and objects for a browser while this command works, "
                    + "and print its address; docs/portal.md describes it.")
    public boolean portal;

    @Option(
            names = "--portal-port",
            paramLabel = "N",
            converter = WholeNumber.PortOrFree.class,
            order = HelpOrder.LAST,
            description = "Port of the portal; 0 takes a free one. Default: 10180, or a free one when that is taken.")
    public Optional<Integer> portalPort;

    @Option(
            names = "--allow-actions",
            negatable = true,
            order = HelpOrder.LAST,
            description = "Let the portal's pages terminate and delete jobs, tasks and pools, and resize pools.")
    public boolean allowActions;
}
