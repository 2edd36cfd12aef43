package io.twinbatch.azure.account;

import io.twinbatch.api.pool.VmImage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An image that the Batch service has for a plan.
 *
 * @param nodeAgent the node agent that goes with it
 * @param endOfSupport when the service stops supporting it; empty when that is not planned
 * @param alternatives others of its publisher that can take its place, those supported longest first
 */
record OfferedImage(String nodeAgent, Optional<Instant> endOfSupport, List<VmImage> alternatives) {
    OfferedImage {
        Objects.requireNonNull(nodeAgent, "nodeAgent");
        Objects.requireNonNull(endOfSupport, "endOfSupport");
        alternatives = List.copyOf(alternatives);
    }
}
