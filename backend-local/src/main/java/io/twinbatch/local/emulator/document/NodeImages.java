package io.twinbatch.local.emulator.document;

import java.util.List;

/** The operating system images that this emulator says it has. Nodes are this machine, whatever image a pool names. */
public final class NodeImages {
    /** All of them. */
    public static final List<NodeImage> ALL = List.of(
            new NodeImage("almalinux", "almalinux", "9-gen1", "batch.node.el 9", false),
            new NodeImage("almalinux", "almalinux", "9-gen2", "batch.node.el 9", false),
            new NodeImage("canonical", "0001-com-ubuntu-server-jammy", "22_04-lts", "batch.node.ubuntu 22.04", false),
            new NodeImage(
                    "canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-gen2", "batch.node.ubuntu 22.04", false),
            new NodeImage("canonical", "ubuntu-24_04-lts", "server", "batch.node.ubuntu 24.04", false),
            new NodeImage("canonical", "ubuntu-24_04-lts", "server-gen1", "batch.node.ubuntu 24.04", false),
            new NodeImage("debian", "debian-12", "12", "batch.node.debian 12", false),
            new NodeImage("debian", "debian-12", "12-gen2", "batch.node.debian 12", false),
            new NodeImage("microsoft-dsvm", "ubuntu-hpc", "2204", "batch.node.ubuntu 22.04", true),
            new NodeImage("microsoft-dsvm", "ubuntu-hpc", "2404", "batch.node.ubuntu 24.04", true));

    private NodeImages() {}

    /** Whether nodes of an image can run containers, as far as is known. */
    public static boolean mayRunContainers(String publisher, String offer, String sku) {
        return ALL.stream()
                .filter(image -> image.publisher().equalsIgnoreCase(publisher)
                        && image.offer().equalsIgnoreCase(offer)
                        && image.sku().equalsIgnoreCase(sku))
                .allMatch(NodeImage::runsContainers);
    }

    /**
     * An image.
     *
     * @param agent the node agent that goes with it
     * @param runsContainers whether it has an engine for containers
     */
    public record NodeImage(String publisher, String offer, String sku, String agent, boolean runsContainers) {
        /** Its place in lists. */
        public String key() {
            return publisher + " " + offer + " " + sku;
        }
    }
}
