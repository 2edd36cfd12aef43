package io.twinbatch.azure.account;

import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.azure.ManagedIdentity;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a Batch account has now, and the images that it offers. Failures are {@link
 * io.twinbatch.api.error.BatchException}s.
 */
interface AccountUsage {
    /** All pools. */
    List<PoolUse> pools();

    /** How many jobs are active. */
    int activeJobs();

    /**
     * What the service has for an image.
     *
     * @param containers whether its nodes are to run containers
     * @throws io.twinbatch.api.error.BatchException {@code INVALID} when the image is not offered, or runs no containers
     */
    OfferedImage image(VmImage image, boolean containers);

    /** The node agents that the service has. */
    Set<String> nodeAgents();

    /** How many bytes of a request a task takes. */
    long requestBytes(TaskSpec task);

    /**
     * A pool.
     *
     * @param id its identifier
     * @param vmSize the size of its nodes
     * @param dedicatedNodes how many dedicated nodes it has or is going to have, whichever is more
     * @param spotNodes the same of spot nodes
     * @param windows whether its nodes run Windows
     * @param identities the managed identities of its nodes
     */
    record PoolUse(
            String id,
            String vmSize,
            int dedicatedNodes,
            int spotNodes,
            boolean windows,
            Set<ManagedIdentity> identities) {
        public PoolUse {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(vmSize, "vmSize");
            identities = Set.copyOf(identities);
        }

        /** Whether its nodes have an identity; the case of the ids of resources does not matter. */
        boolean has(ManagedIdentity identity) {
            return identities.stream().anyMatch(own -> own.resourceId().equalsIgnoreCase(identity.resourceId()));
        }

        /** A pool whose nodes run Linux. */
        PoolUse(String id, String vmSize, int dedicatedNodes, int spotNodes) {
            this(id, vmSize, dedicatedNodes, spotNodes, false, Set.of());
        }
    }
}
