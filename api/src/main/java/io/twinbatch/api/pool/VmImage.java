package io.twinbatch.api.pool;

import java.util.Locale;

/**
 * The operating system image of a pool's nodes. The provider picks the newest version that it has verified, and the
 * node agent that goes with it. A provider whose nodes are the machine itself takes no notice of it.
 *
 * @param publisher who publishes the image, such as {@code canonical}
 * @param offer the product, such as {@code ubuntu-24_04-lts}
 * @param sku the variant, such as {@code server}
 */
public record VmImage(String publisher, String offer, String sku) {
    /** Ubuntu 24.04 LTS, second-generation virtual machines. */
    public static final VmImage UBUNTU_LTS = new VmImage("canonical", "ubuntu-24_04-lts", "server");

    /** Ubuntu 22.04 with a container engine. */
    public static final VmImage UBUNTU_WITH_CONTAINERS = new VmImage("microsoft-dsvm", "ubuntu-hpc", "2204");

    public VmImage {
        publisher = publisher.toLowerCase(Locale.ROOT);
        offer = offer.toLowerCase(Locale.ROOT);
        sku = sku.toLowerCase(Locale.ROOT);
    }

    /** An image that has no publisher and no variant is known by one name. */
    @Override
    public String toString() {
        return publisher.isEmpty() && sku.isEmpty() ? offer : publisher + ":" + offer + ":" + sku;
    }
}
