package io.twinbatch.azure.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.twinbatch.azure.client.model.FileModel.BatchResourceFile;
import io.twinbatch.azure.client.model.ImageModel.ImageReference;
import io.twinbatch.azure.client.model.TaskModel.TaskContainerSettings;
import io.twinbatch.azure.client.model.UserModel.IdentityReference;
import io.twinbatch.azure.client.model.UserModel.UserIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Pools in requests and answers of the service. */
public final class PoolModel {
    private PoolModel() {}

    /** The formula that sets a pool's target counts from now on, and how often it is evaluated. */
    public record AutoScaleEnable(String autoScaleFormula, Duration autoScaleEvaluationInterval) {}

    /** Why the evaluation of a formula failed. */
    public record AutoScaleError(String code, String message, List<NameValue> values) {}

    /**
     * What a formula came to.
     *
     * @param results the variables and their values, such as {@code $TargetDedicatedNodes=2;$NodeDeallocationOption=requeue}
     * @param error why it came to nothing; null when it did not fail
     */
    public record AutoScaleRun(Instant timestamp, String results, AutoScaleError error) {}

    /**
     * A pool as the service describes it.
     *
     * @param state {@code active} or {@code deleting}
     * @param allocationState {@code steady}, {@code resizing} or {@code stopping}
     * @param resizeErrors why the last resize fell short; null when it did not
     */
    public record BatchPool(
            String id,
            String displayName,
            String url,
            @JsonProperty("eTag") String etag,
            Instant lastModified,
            Instant creationTime,
            String state,
            Instant stateTransitionTime,
            String allocationState,
            Instant allocationStateTransitionTime,
            String vmSize,
            VirtualMachineConfiguration virtualMachineConfiguration,
            Duration resizeTimeout,
            List<BatchResizeError> resizeErrors,
            Integer currentDedicatedNodes,
            Integer currentLowPriorityNodes,
            Integer targetDedicatedNodes,
            Integer targetLowPriorityNodes,
            Boolean enableAutoScale,
            String autoScaleFormula,
            Duration autoScaleEvaluationInterval,
            AutoScaleRun autoScaleRun,
            Boolean enableInterNodeCommunication,
            BatchStartTask startTask,
            Integer taskSlotsPerNode,
            TaskSchedulingPolicy taskSchedulingPolicy,
            List<NameValue> metadata,
            String targetNodeCommunicationMode,
            String currentNodeCommunicationMode,
            PoolIdentity identity) {}

    /** The managed identities of the nodes of a pool. */
    public record PoolIdentity(List<IdentityReference> userAssignedIdentities) {}

    /** Why a pool did not reach its target counts. */
    public record BatchResizeError(String code, String message, List<NameValue> values) {}

    /** What each node runs as it joins its pool. A null part is left to the service's default. */
    public record BatchStartTask(
            String commandLine,
            TaskContainerSettings containerSettings,
            List<BatchResourceFile> resourceFiles,
            List<NameValue> environmentSettings,
            UserIdentity userIdentity,
            Integer maxTaskRetryCount,
            Boolean waitForSuccess) {}

    /**
     * Single nodes that are taken out of a pool.
     *
     * @param nodeList at most {@code ComputePool.MAX_REMOVED_NODES} ids
     * @param nodeDeallocationOption what happens to tasks on them; null for {@code requeue}
     */
    public record NodeRemoval(List<String> nodeList, Duration resizeTimeout, String nodeDeallocationOption) {}

    /** The pool that is asked for. A null part is left to the service's default. */
    public record PoolAdd(
            String id,
            String displayName,
            String vmSize,
            VirtualMachineConfiguration virtualMachineConfiguration,
            Duration resizeTimeout,
            Integer targetDedicatedNodes,
            Integer targetLowPriorityNodes,
            Boolean enableAutoScale,
            String autoScaleFormula,
            Duration autoScaleEvaluationInterval,
            Boolean enableInterNodeCommunication,
            BatchStartTask startTask,
            Integer taskSlotsPerNode,
            TaskSchedulingPolicy taskSchedulingPolicy,
            List<NameValue> metadata,
            NetworkConfiguration networkConfiguration,
            Map<String, String> resourceTags) {}

    /** Where the addresses of nodes are. */
    public record NetworkConfiguration(String subnetId, PublicIPAddressConfiguration publicIPAddressConfiguration) {}

    /** Whether nodes have public addresses, such as {@code noPublicIPAddresses}. */
    public record PublicIPAddressConfiguration(String provision) {}

    /** How nodes are placed: {@code regional} or {@code zonal}. */
    public record NodePlacementConfiguration(String policy) {}

    /** The disk of the operating system. A null part is left to the service's default. */
    public record OSDisk(
            EphemeralOSDiskSettings ephemeralOSDiskSettings, ManagedDisk managedDisk, Integer diskSizeGB) {}

    /** A disk on the machine of the node: {@code cachedisk}. */
    public record EphemeralOSDiskSettings(String placement) {}

    /** A disk in storage, such as {@code premium_lrs}. */
    public record ManagedDisk(String storageAccountType) {}

    /**
     * The containers that nodes can run.
     *
     * @param type {@code dockerCompatible} or {@code criCompatible}
     * @param containerImageNames the images that a node has beforehand; null for none
     * @param containerRegistries where they are, when signing in is needed; null for none
     */
    public record ContainerConfiguration(
            String type, List<String> containerImageNames, List<ContainerRegistry> containerRegistries) {
        /** The type of containers that the backend uses. */
        public static final String DOCKER = "dockerCompatible";
    }

    /**
     * A registry of container images, signed in to with a password or with a managed identity.
     *
     * @param registryServer its host; null for Docker Hub
     */
    public record ContainerRegistry(
            String username, String password, String registryServer, IdentityReference identityReference) {
        /** Without the password. */
        @Override
        public String toString() {
            return "registry " + registryServer;
        }
    }

    /** What of a pool is replaced. A null part stays as it is; an empty list of metadata clears it. */
    public record PoolPatch(BatchStartTask startTask, List<NameValue> metadata, String targetNodeCommunicationMode) {}

    /**
     * Other numbers of nodes.
     *
     * @param resizeTimeout how long the service tries; null for 15 minutes
     * @param nodeDeallocationOption what happens to tasks on nodes that go; null for {@code requeue}
     */
    public record PoolResize(
            Integer targetDedicatedNodes,
            Integer targetLowPriorityNodes,
            Duration resizeTimeout,
            String nodeDeallocationOption) {}

    /** How tasks are spread over nodes: {@code spread} or {@code pack}. */
    public record TaskSchedulingPolicy(String nodeFillType) {}

    /** What a pool's nodes are made of. */
    public record VirtualMachineConfiguration(
            ImageReference imageReference,
            String nodeAgentSKUId,
            ContainerConfiguration containerConfiguration,
            NodePlacementConfiguration nodePlacementConfiguration,
            OSDisk osDisk) {
        /** Nodes of an image and its node agent, and the service's defaults. */
        public VirtualMachineConfiguration(ImageReference imageReference, String nodeAgentSKUId) {
            this(imageReference, nodeAgentSKUId, null, null, null);
        }

        /** The same nodes, which can run containers. */
        public VirtualMachineConfiguration with(ContainerConfiguration containers) {
            return new VirtualMachineConfiguration(
                    imageReference, nodeAgentSKUId, containers, nodePlacementConfiguration, osDisk);
        }

        /** The same nodes with a placement and a disk; null for the service's defaults. */
        public VirtualMachineConfiguration with(NodePlacementConfiguration placement, OSDisk disk) {
            return new VirtualMachineConfiguration(
                    imageReference, nodeAgentSKUId, containerConfiguration, placement, disk);
        }
    }
}
