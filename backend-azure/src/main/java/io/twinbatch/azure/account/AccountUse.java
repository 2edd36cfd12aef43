package io.twinbatch.azure.account;

import java.util.List;
import java.util.Objects;

/** What a Batch account has now, and the images that it offers. */
interface AccountUse {
    /** All pools. Failures are {@link io.twinbatch.api.error.BatchException}s, here as below. */
    List<PoolUse> pools();

    /** How many jobs are active. */
    int activeJobs();

    /** The verified Linux images. */
    List<ImageOffer> images();

    /**
     * A pool.
     *
     * @param id its identifier
     * @param vmSize the size of its nodes
     * @param dedicatedNodes how many dedicated nodes it has or is going to have, whichever is more
     * @param spotNodes the same of spot nodes
     */
    record PoolUse(String id, String vmSize, int dedicatedNodes, int spotNodes) {
        public PoolUse {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(vmSize, "vmSize");
        }
    }

    /**
     * An image.
     *
     * @param publisher who publishes it
     * @param offer the product
     * @param sku the variant
     * @param nodeAgent the node agent that goes with it
     */
    record ImageOffer(String publisher, String offer, String sku, String nodeAgent) {}
}
