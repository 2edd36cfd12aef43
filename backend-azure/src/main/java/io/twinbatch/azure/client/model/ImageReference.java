package io.twinbatch.azure.client.model;

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
