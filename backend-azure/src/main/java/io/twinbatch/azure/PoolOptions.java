package io.twinbatch.azure;

import io.twinbatch.api.pool.VmImage;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What new pools have on Azure and on no other provider.
 *
 * @param image an image of one's own, in the place of one of the marketplace
 * @param subnetId the resource id of the subnet of the nodes; empty for a network of the service
 * @param publicAddresses whether nodes have public addresses
 * @param placement {@code regional} or {@code zonal}; empty for the service's default
 * @param disk the disk of the operating system; empty for the service's default
 * @param tags the tags of the resources behind a pool
 */
public record PoolOptions(
        Optional<CustomImage> image,
        Optional<String> subnetId,
        boolean publicAddresses,
        Optional<String> placement,
        Optional<SystemDisk> disk,
        Map<String, String> tags) {
    /** The service's defaults. */
    public static final PoolOptions NONE =
            new PoolOptions(Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty(), Map.of());

    public PoolOptions {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(subnetId, "subnetId");
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(disk, "disk");
        tags = Map.copyOf(tags);
    }

    /**
     * An image of one's own.
     *
     * @param id the resource id of a managed image, or of an image in a gallery
     * @param nodeAgent the node agent that goes with its operating system, such as {@code batch.node.ubuntu 24.04}
     */
    public record CustomImage(String id, String nodeAgent) {
        public CustomImage {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(nodeAgent, "nodeAgent");
        }

        /** How the specification of a pool names it. */
        public VmImage name() {
            return new VmImage("", id, "");
        }
    }

    /**
     * The disk of the operating system.
     *
     * @param gib its size; empty for that of the image
     * @param type {@code standard_lrs}, {@code standardssd_lrs} or {@code premium_lrs}; empty for the service's default
     * @param ephemeral whether it lies on the machine of the node itself, which costs nothing and loses nothing that a node
     *     needs
     */
    public record SystemDisk(Optional<Integer> gib, Optional<String> type, boolean ephemeral) {
        public SystemDisk {
            Objects.requireNonNull(gib, "gib");
            Objects.requireNonNull(type, "type");
        }
    }
}
