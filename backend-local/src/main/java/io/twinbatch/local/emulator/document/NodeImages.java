package io.twinbatch.local.emulator.document;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** Images that the service has had besides: publishers, offers and SKUs, for pools of older programs. */
    private static final List<Family> OLDER = List.of(
            new Family("canonical", "ubuntuserver", "1[468][._]04(\\.[0-9])?(-daily)?-lts(-gen2)?"),
            new Family("canonical", "0001-com-ubuntu-server-focal", "20_04-lts(-gen2)?"),
            new Family("canonical", "ubuntu-2[24]_04-lts", "(server|minimal)(-gen1)?"),
            new Family("microsoft-azure-batch", "(ubuntu-server|centos)-container(-rdma)?", "[0-9]+-[0-9]+(-lts)?"),
            new Family("microsoft-dsvm", "ubuntu-hpc", "(1804|2004|2204|2404)(-[a-z0-9-]+)?"),
            new Family("microsoft-dsvm", "(linux-data-science-vm|dsvm-win).*", ".+"),
            new Family("almalinux", "almalinux(-hpc|-x86_64)?", "([89]|10)[a-z0-9._-]*"),
            new Family("credativ|debian", "debian(-1[0-3])?", "(8|9|1[0-3])(-gen2)?"),
            new Family("openlogic", "centos(-hpc)?", "[678][a-z0-9._-]*"),
            new Family("microsoftcblmariner", "cbl-mariner", "cbl-mariner-.+"),
            new Family("microsoftwindowsserver", "windowsserver(semiannual)?", "(20[0-9]{2}|datacenter)[a-z0-9-]*"));

    private static final Pattern AGENTS = Pattern.compile(
            "batch\\.node\\.(ubuntu (1[468]|2[024])\\.04|debian ([89]|1[0-3])|centos [678]|el ([89]|10)|windows amd64"
                    + "|mariner [23]\\.0|opensuse [0-9.]+)",
            Pattern.CASE_INSENSITIVE);

    private NodeImages() {}

    private static Stream<NodeImage> named(String publisher, String offer, String sku) {
        return ALL.stream()
                .filter(image -> image.publisher().equalsIgnoreCase(publisher)
                        && image.offer().equalsIgnoreCase(offer)
                        && image.sku().equalsIgnoreCase(sku));
    }

    /** Whether the service has, or has had, such an image. */
    public static boolean exists(String publisher, String offer, String sku) {
        return named(publisher, offer, sku).findAny().isPresent()
                || OLDER.stream().anyMatch(family -> family.has(publisher, offer, sku));
    }

    /** Whether the service has, or has had, such a node agent. */
    public static boolean isAgent(String agent) {
        return AGENTS.matcher(agent).matches();
    }

    /** Whether a node agent goes with an image, as far as is known. */
    public static boolean fits(String publisher, String offer, String sku, String agent) {
        return named(publisher, offer, sku).allMatch(image -> image.agent().equalsIgnoreCase(agent));
    }

    private record Family(Pattern publisher, Pattern offer, Pattern sku) {
        Family(String publisher, String offer, String sku) {
            this(pattern(publisher), pattern(offer), pattern(sku));
        }

        private static Pattern pattern(String names) {
            return Pattern.compile(names, Pattern.CASE_INSENSITIVE);
        }

        boolean has(String aPublisher, String anOffer, String aSku) {
            return publisher.matcher(aPublisher).matches()
                    && offer.matcher(anOffer).matches()
                    && sku.matcher(aSku).matches();
        }
    }

    /** Whether nodes of an image can run containers, as far as is known. */
    public static boolean mayRunContainers(String publisher, String offer, String sku) {
        return named(publisher, offer, sku).allMatch(NodeImage::runsContainers);
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
