package io.twinbatch.local.emulator.document;

import static io.twinbatch.local.emulator.document.Shapes.DISPLAY_NAME;
import static io.twinbatch.local.emulator.document.Shapes.FLAG;
import static io.twinbatch.local.emulator.document.Shapes.NEW_ID;
import static io.twinbatch.local.emulator.document.Shapes.TEXT;
import static io.twinbatch.local.emulator.document.Shapes.WORDS;
import static io.twinbatch.local.emulator.document.Shapes.duration;
import static io.twinbatch.local.emulator.document.Shapes.listOf;
import static io.twinbatch.local.emulator.document.Shapes.number;
import static io.twinbatch.local.emulator.document.Shapes.oneOf;
import static io.twinbatch.local.emulator.document.Shapes.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What documents about pools may hold. */
final class PoolShapes {
    private static final int MOST_NODES = 100_000;
    private static final int MOST_SLOTS = 256;
    private static final int MOST_REMOVED = 100;
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Shape NODE_COUNT = number(0, MOST_NODES);
    private static final Shape RESIZE_TIMEOUT = duration(Duration.ofMinutes(5), LONGEST);
    private static final Shape INTERVAL = duration(Duration.ofMinutes(5), Duration.ofDays(7));

    private static final Shape COMMUNICATION = oneOf("default", "classic", "simplified");

    private static final Shape DEALLOCATION = oneOf("requeue", "terminate", "taskcompletion", "retaineddata");

    private static final Shape CERTIFICATES = refused("the service has retired certificates.");

    private static final ObjectShape IMAGE = new ObjectShape()
            .mayHave("publisher", WORDS)
            .mayHave("offer", WORDS)
            .mayHave("sku", WORDS)
            .mayHave("version", TEXT)
            .mayHave("virtualMachineImageId", WORDS)
            .mayHave("sharedGalleryImageId", WORDS)
            .mayHave("communityGalleryImageId", WORDS)
            .mayHave("exactVersion", TEXT)
            .exactlyOneOf("publisher", "virtualMachineImageId", "sharedGalleryImageId", "communityGalleryImageId");

    private static final ObjectShape REGISTRY = new ObjectShape()
            .mayHave("username", TEXT)
            .mayHave("password", TEXT)
            .mayHave("registryServer", TEXT)
            .mayHave("identityReference", PartShapes.IDENTITY);

    private static final ObjectShape MACHINE = new ObjectShape()
            .needs("imageReference", IMAGE)
            .needs("nodeAgentSKUId", WORDS)
            .mayHave("windowsConfiguration", refused("nodes are this machine, which runs no Windows."))
            .mayHave("dataDisks", listOf(PoolShapes::kept))
            .mayHave("licenseType", TEXT)
            .mayHave(
                    "containerConfiguration",
                    new ObjectShape()
                            .needs("type", oneOf("dockerCompatible", "criCompatible"))
                            .mayHave("containerImageNames", listOf(WORDS))
                            .mayHave("containerRegistries", listOf(REGISTRY)))
            .mayHave("diskEncryptionConfiguration", PoolShapes::kept)
            .mayHave("nodePlacementConfiguration", new ObjectShape().mayHave("policy", oneOf("regional", "zonal")))
            .mayHave("extensions", refused("nodes are no virtual machines and have no extensions."))
            .mayHave("osDisk", PoolShapes::kept)
            .mayHave("securityProfile", PoolShapes::kept)
            .mayHave("serviceArtifactReference", PoolShapes::kept);

    private static final ObjectShape ACCOUNT = new ObjectShape()
            .needs("name", WORDS)
            .needs("password", TEXT)
            .mayHave("elevationLevel", oneOf("nonadmin", "admin"))
            .mayHave(
                    "linuxUserConfiguration",
                    new ObjectShape()
                            .mayHave("uid", number(0, Integer.MAX_VALUE))
                            .mayHave("gid", number(0, Integer.MAX_VALUE))
                            .mayHave("sshPrivateKey", TEXT))
            .mayHave("windowsUserConfiguration", PoolShapes::kept);

    private static final ObjectShape NETWORK = new ObjectShape()
            .mayHave("subnetId", WORDS)
            .mayHave("dynamicVNetAssignmentScope", oneOf("none", "job"))
            .mayHave("endpointConfiguration", PoolShapes::kept)
            .mayHave("publicIPAddressConfiguration", PoolShapes::kept)
            .mayHave("enableAcceleratedNetworking", FLAG);

    /** What a change of a pool may name. */
    private static final ObjectShape CHANGEABLE = new ObjectShape()
            .mayHave("displayName", DISPLAY_NAME)
            .mayHave("virtualMachineConfiguration", MACHINE)
            .mayHave("enableInterNodeCommunication", FLAG)
            .mayHave("networkConfiguration", NETWORK)
            .mayHave("startTask", PartShapes.START_TASK)
            .mayHave("certificateReferences", CERTIFICATES)
            .mayHave("applicationPackageReferences", PartShapes.NO_APPLICATIONS)
            .mayHave("taskSlotsPerNode", number(1, MOST_SLOTS))
            .mayHave("taskSchedulingPolicy", new ObjectShape().needs("nodeFillType", oneOf("Spread", "Pack")))
            .mayHave("userAccounts", listOf(ACCOUNT))
            .mayHave("metadata", PartShapes.METADATA)
            .mayHave("mountConfiguration", refused("nodes are folders of this machine and mount nothing."))
            .mayHave("targetNodeCommunicationMode", COMMUNICATION)
            .mayHave("upgradePolicy", PoolShapes::kept)
            .mayHave("resourceTags", PoolShapes::kept);

    /** A pool without its id, as an automatic pool is described. */
    static final ObjectShape UNNAMED = new ObjectShape()
            .like(CHANGEABLE)
            .needs("vmSize", WORDS)
            .needs("virtualMachineConfiguration", MACHINE)
            .mayHave("targetDedicatedNodes", NODE_COUNT)
            .mayHave("targetLowPriorityNodes", NODE_COUNT)
            .mayHave("resizeTimeout", RESIZE_TIMEOUT)
            .mayHave("enableAutoScale", FLAG)
            .mayHave("autoScaleFormula", TEXT)
            .mayHave("autoScaleEvaluationInterval", INTERVAL)
            .mayHave("cloudServiceConfiguration", refused("the service has retired it."))
            .mayHave("applicationLicenses", refused("the service has retired application licences."));

    static final ObjectShape ADD = new ObjectShape().needs("id", NEW_ID).like(UNNAMED);

    static final ObjectShape PATCH = new ObjectShape().like(CHANGEABLE).mayHave("vmSize", WORDS);

    static final ObjectShape UPDATE = new ObjectShape()
            .mayHave("startTask", PartShapes.START_TASK)
            .needs("certificateReferences", CERTIFICATES)
            .needs("applicationPackageReferences", PartShapes.NO_APPLICATIONS)
            .needs("metadata", PartShapes.METADATA)
            .mayHave("targetNodeCommunicationMode", COMMUNICATION);

    static final ObjectShape RESIZE = new ObjectShape()
            .mayHave("targetDedicatedNodes", NODE_COUNT)
            .mayHave("targetLowPriorityNodes", NODE_COUNT)
            .mayHave("resizeTimeout", RESIZE_TIMEOUT)
            .mayHave("nodeDeallocationOption", DEALLOCATION);

    static final ObjectShape REMOVE = new ObjectShape()
            .needs("nodeList", listOf(WORDS, 1, MOST_REMOVED))
            .mayHave("resizeTimeout", RESIZE_TIMEOUT)
            .mayHave("nodeDeallocationOption", DEALLOCATION);

    static final ObjectShape ENABLE_AUTO_SCALE =
            new ObjectShape().mayHave("autoScaleFormula", TEXT).mayHave("autoScaleEvaluationInterval", INTERVAL);

    static final ObjectShape EVALUATE = new ObjectShape().needs("autoScaleFormula", TEXT);

    static final ObjectShape REBOOT = new ObjectShape().mayHave("nodeRebootOption", DEALLOCATION);

    static final ObjectShape REIMAGE = new ObjectShape().mayHave("nodeReimageOption", DEALLOCATION);

    static final ObjectShape DISABLE_SCHEDULING =
            new ObjectShape().mayHave("nodeDisableSchedulingOption", oneOf("requeue", "terminate", "taskcompletion"));

    private PoolShapes() {}

    /** Something that clients store and this machine takes no notice of. */
    private static JsonNode kept(String name, JsonNode value) {
        if (!value.isObject()) {
            throw BodyFaults.illTyped(name, "an object");
        }
        return value;
    }
}
