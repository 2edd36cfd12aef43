package io.twinbatch.app.option;

import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code doctor}, as picocli fills them in. */
@Command(
        name = "app/app doctor",
        header = "check this machine or the accounts",
        customSynopsis = "app/app doctor [OPTION]...",
        description = """
                Checks whether this machine (--backend=local) or the accounts (--backend=azure)
                can run Twinbatch, and prints a remedy for each problem.""",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {"0:the backend can run", "1:it cannot", "2:wrong command line or configuration"})
public final class DoctorOptions implements CommandOptions {
    @Mixin
    public final BackendOptions where = new BackendOptions();

    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Option(
            names = "--nodes",
            paramLabel = "K",
            converter = WholeNumber.Nodes.class,
            defaultValue = "1",
            description = "With azure: number of nodes that the quota must allow. Default: ${DEFAULT-VALUE}.")
    int nodes;

    @Option(
            names = "--vm-size",
            paramLabel = "NAME",
            converter = Converters.ToName.class,
            defaultValue = PoolSpec.DEFAULT_VM_SIZE,
            description = "With azure: size of a node. Default: ${DEFAULT-VALUE}.")
    public String vmSize;

    @Option(
            names = {"--vm-image", "--image"},
            paramLabel = "PUBLISHER:OFFER:SKU",
            converter = Converters.ToVmImage.class,
            defaultValue = "canonical:ubuntu-24_04-lts:server",
            description = "With azure: operating system of the nodes. Default: ${DEFAULT-VALUE}.")
    public VmImage image;

    @Option(names = "--spot", negatable = true, description = "With azure: use spot nodes.")
    boolean spot;

    @Option(
            names = "--spot-nodes",
            paramLabel = "K",
            converter = WholeNumber.Nodes.class,
            description = "With azure: number of spot nodes beside those of --nodes. Default: none.")
    Optional<Integer> spotNodes;

    /** How many nodes the quota must allow. */
    public NodeCounts nodeCounts() {
        return NodeCounts.of(nodes, spot, spotNodes);
    }

    @Override
    public GeneralOptions general() {
        return general;
    }
}
