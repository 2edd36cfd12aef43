package io.twinbatch.api.pool;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.task.SpecLimits;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The pool that is asked for.
 *
 * @param id its identifier
 * @param vmSize the provider's name for the size of a node, such as {@code standard_d2s_v5}; a provider whose nodes are
 *     the machine itself takes no notice of it
 * @param image the operating system of the nodes
 * @param dedicatedNodes how many nodes that are not taken away; 0 or more
 * @param spotNodes how many cheaper nodes that may be taken away at any time; 0 or more
 * @param slotsPerNode how many one-slot tasks a node runs at once; 1 to 256
 * @param startTask what each node runs as it joins
 * @param idlePolicy when the provider takes nodes away by itself
 * @param metadata names and values kept with the pool
 * @param containerImages the container images that its nodes have before they take tasks; with any, the tasks on them run
 *     in containers, without, none does. A start, preparation or release task may run on the node itself in both cases
 */
public record PoolSpec(
        PoolId id,
        String vmSize,
        VmImage image,
        int dedicatedNodes,
        int spotNodes,
        int slotsPerNode,
        Optional<StartTask> startTask,
        IdlePolicy idlePolicy,
        Map<String, String> metadata,
        List<ContainerImage> containerImages) {
    /** The most slots of a node. */
    public static final int MAX_SLOTS_PER_NODE = 256;

    /** The size of a node when none is asked for: two cores and 8 GiB. */
    public static final String DEFAULT_VM_SIZE = "standard_d2s_v5";

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when a number is out of its range. */
    public PoolSpec {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(vmSize, "vmSize");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(startTask, "startTask");
        Objects.requireNonNull(idlePolicy, "idlePolicy");
        metadata = Map.copyOf(metadata);
        // What was stored before there were images has none.
        containerImages = containerImages == null ? List.of() : List.copyOf(containerImages);
        SpecLimits.requireMetadata("pool " + id, metadata);
        requireNodeCounts(id, dedicatedNodes, spotNodes);
        if (slotsPerNode < 1 || slotsPerNode > MAX_SLOTS_PER_NODE) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "pool " + id,
                    "a node has 1 to " + MAX_SLOTS_PER_NODE + " task slots, not " + slotsPerNode);
        }
    }

    /** A pool whose nodes run no containers. */
    public PoolSpec(
            PoolId id,
            String vmSize,
            VmImage image,
            int dedicatedNodes,
            int spotNodes,
            int slotsPerNode,
            Optional<StartTask> startTask,
            IdlePolicy idlePolicy,
            Map<String, String> metadata) {
        this(id, vmSize, image, dedicatedNodes, spotNodes, slotsPerNode, startTask, idlePolicy, metadata, List.of());
    }

    /**
     * Checks the node counts of a pool.
     *
     * @throws BatchException {@code INVALID} when one is negative
     */
    public static void requireNodeCounts(PoolId id, int dedicatedNodes, int spotNodes) {
        if (dedicatedNodes < 0 || spotNodes < 0) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "pool " + id,
                    "a number of nodes is 0 or more, not " + Math.min(dedicatedNodes, spotNodes));
        }
    }

    /** A pool of dedicated Ubuntu nodes of the default size, one slot each, without a start task. */
    public static PoolSpec of(PoolId id, int dedicatedNodes) {
        return new PoolSpec(
                id,
                DEFAULT_VM_SIZE,
                VmImage.UBUNTU_LTS,
                dedicatedNodes,
                0,
                1,
                Optional.empty(),
                new IdlePolicy.Keep(),
                Map.of());
    }

    /** How many nodes of both kinds are asked for. */
    public int nodes() {
        return dedicatedNodes + spotNodes;
    }

    /** How many one-slot tasks its nodes run at once. */
    public int slots() {
        return nodes() * slotsPerNode;
    }

    /** The same pool under another id. */
    public PoolSpec withId(PoolId newId) {
        return new PoolSpec(
                newId,
                vmSize,
                image,
                dedicatedNodes,
                spotNodes,
                slotsPerNode,
                startTask,
                idlePolicy,
                metadata,
                containerImages);
    }

    /** The same pool with another number of slots on each node. */
    public PoolSpec withSlotsPerNode(int slots) {
        return new PoolSpec(
                id, vmSize, image, dedicatedNodes, spotNodes, slots, startTask, idlePolicy, metadata, containerImages);
    }

    /** The same pool with a start task. */
    public PoolSpec withStartTask(StartTask task) {
        return new PoolSpec(
                id,
                vmSize,
                image,
                dedicatedNodes,
                spotNodes,
                slotsPerNode,
                Optional.of(task),
                idlePolicy,
                metadata,
                containerImages);
    }

    /** The same pool with other numbers of nodes. */
    public PoolSpec withNodes(int dedicated, int spot) {
        return new PoolSpec(
                id, vmSize, image, dedicated, spot, slotsPerNode, startTask, idlePolicy, metadata, containerImages);
    }

    /** The same pool with another idle policy. */
    public PoolSpec withIdlePolicy(IdlePolicy policy) {
        return new PoolSpec(
                id,
                vmSize,
                image,
                dedicatedNodes,
                spotNodes,
                slotsPerNode,
                startTask,
                policy,
                metadata,
                containerImages);
    }

    /** The same pool with other metadata. */
    public PoolSpec withMetadata(Map<String, String> newMetadata) {
        return new PoolSpec(
                id,
                vmSize,
                image,
                dedicatedNodes,
                spotNodes,
                slotsPerNode,
                startTask,
                idlePolicy,
                newMetadata,
                containerImages);
    }

    /** The same pool with an operating system and container images that it can run. */
    public PoolSpec withContainerImages(VmImage system, List<ContainerImage> images) {
        return new PoolSpec(
                id, vmSize, system, dedicatedNodes, spotNodes, slotsPerNode, startTask, idlePolicy, metadata, images);
    }
}
