package io.twinbatch.azure.client.model;

import java.time.Instant;
import java.util.List;

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
