package io.twinbatch.azure.client.model;

import java.time.Instant;
import java.util.List;

/** Images of nodes in requests and answers of the service. */
public final class ImageModel {
    private ImageModel() {}

    /**
     * An image, by the names of the marketplace.
     *
     * @param exactVersion the version that {@code latest} stood for; in answers alone
     * @param virtualMachineImageId the id of an image of one's own, which has no marketplace names
     */
    public record ImageReference(
            String publisher,
            String offer,
            String sku,
            String version,
            String exactVersion,
            String virtualMachineImageId) {}

    /**
     * An operating system image that the service can run nodes with.
     *
     * @param nodeAgentSKUId the node agent that goes with it
     * @param imageReference the image
     * @param osType {@code linux} or {@code windows}
     * @param capabilities what it can do besides, such as {@code DockerCompatible}
     * @param batchSupportEndOfLife when the service stops supporting it; null when that is not planned
     * @param verificationType {@code verified} or {@code unverified}
     */
    public record SupportedImage(
            String nodeAgentSKUId,
            ImageReference imageReference,
            String osType,
            List<String> capabilities,
            Instant batchSupportEndOfLife,
            String verificationType) {}
}
