package io.twinbatch.local.emulator.pool;

import static io.twinbatch.local.emulator.document.Schemas.DISPLAY_NAME;
import static io.twinbatch.local.emulator.document.Schemas.FLAG;
import static io.twinbatch.local.emulator.document.Schemas.NEW_ID;
import static io.twinbatch.local.emulator.document.Schemas.TEXT;
import static io.twinbatch.local.emulator.document.Schemas.WORDS;
import static io.twinbatch.local.emulator.document.Schemas.duration;
import static io.twinbatch.local.emulator.document.Schemas.listOf;
import static io.twinbatch.local.emulator.document.Schemas.number;
import static io.twinbatch.local.emulator.document.Schemas.oneOf;
import static io.twinbatch.local.emulator.document.Schemas.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.CommonDocuments;
import io.twinbatch.local.emulator.document.CommonSchemas;
import io.twinbatch.local.emulator.document.ObjectSchema;
import io.twinbatch.local.emulator.document.Schema;
import java.time.Duration;

/** What documents about pools may hold. */
public final class PoolSchemas {
    private static final int MAX_NODES = 100_000;
    private static final Duration MAX_DURATION = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Schema NODE_COUNT = number(0, MAX_NODES);
    private static final Schema RESIZE_TIMEOUT = duration(Duration.ofMinutes(5), MAX_DURATION);
    private static final Schema INTERVAL = duration(Duration.ofMinutes(5), Duration.ofDays(7));

    private static final Schema COMMUNICATION = oneOf("default", "classic", "simplified");

    private static final Schema DEALLOCATION = oneOf("requeue", "terminate", "taskcompletion", "retaineddata");

    private static final Schema CERTIFICATES = refused("the service has retired certificates.");

    /** What a change of a pool may name. */
    private static final ObjectSchema CHANGEABLE = new ObjectSchema()
            .mayHave("displayName", DISPLAY_NAME)
            .mayHave("virtualMachineConfiguration", MachineSchemas.MACHINE)
            .mayHave("enableInterNodeCommunication", FLAG, false)
            .mayHave("networkConfiguration", NetworkSchemas.NETWORK)
            .mayHave("startTask", CommonSchemas.START_TASK)
            .mayHave("certificateReferences", CERTIFICATES)
            .mayHave("applicationPackageReferences", CommonSchemas.APPLICATIONS)
            .mayHave("taskSlotsPerNode", number(1, PoolSpec.MAX_SLOTS_PER_NODE), 1)
            .mayHave(
                    "taskSchedulingPolicy",
                    new ObjectSchema()
                            .needs("nodeFillType", oneOf("Spread", "Pack"))
                            .mayHave("jobDefaultOrder", oneOf("none", "creationtime")),
                    CommonDocuments.object().put("nodeFillType", "Spread"))
            .mayHave("userAccounts", listOf(UserAccounts.ACCOUNT))
            .mayHave("metadata", CommonSchemas.METADATA)
            .mayHave("mountConfiguration", MountsAndExtensions.MOUNTS)
            .mayHave("targetNodeCommunicationMode", COMMUNICATION)
            .mayHave("upgradePolicy", MachineSchemas.UPGRADES)
            .mayHave("resourceTags", PoolSchemas::kept)
            .mayHave("vmSkuProfile", PoolSchemas::kept);

    /** A pool without its id, as an automatic pool is described. */
    public static final ObjectSchema UNNAMED = new ObjectSchema()
            .like(CHANGEABLE)
            .needs("vmSize", MachineSchemas.SIZE)
            .needs("virtualMachineConfiguration", MachineSchemas.MACHINE)
            .mayHave("targetDedicatedNodes", NODE_COUNT)
            .mayHave("targetLowPriorityNodes", NODE_COUNT)
            .mayHave("resizeTimeout", RESIZE_TIMEOUT, "PT15M")
            .mayHave("enableAutoScale", FLAG)
            .mayHave("autoScaleFormula", TEXT)
            .mayHave("autoScaleEvaluationInterval", INTERVAL)
            .mayHave("cloudServiceConfiguration", refused("the service has retired it."))
            .mayHave("applicationLicenses", refused("the service has retired application licences."));

    static final ObjectSchema ADD = new ObjectSchema().needs("id", NEW_ID).like(UNNAMED);

    static final ObjectSchema PATCH = new ObjectSchema().like(CHANGEABLE).mayHave("vmSize", MachineSchemas.SIZE);

    static final ObjectSchema UPDATE = new ObjectSchema()
            .mayHave("startTask", CommonSchemas.START_TASK)
            .mayHave("certificateReferences", CERTIFICATES)
            .needs("applicationPackageReferences", CommonSchemas.APPLICATIONS)
            .needs("metadata", CommonSchemas.METADATA)
            .mayHave("targetNodeCommunicationMode", COMMUNICATION);

    static final ObjectSchema RESIZE = new ObjectSchema()
            .mayHave("targetDedicatedNodes", NODE_COUNT)
            .mayHave("targetLowPriorityNodes", NODE_COUNT)
            .mayHave("resizeTimeout", RESIZE_TIMEOUT)
            .mayHave("nodeDeallocationOption", DEALLOCATION);

    static final ObjectSchema REMOVE = new ObjectSchema()
            .needs("nodeList", listOf(WORDS, 1, ComputePool.MAX_REMOVED_NODES))
            .mayHave("resizeTimeout", RESIZE_TIMEOUT)
            .mayHave("nodeDeallocationOption", DEALLOCATION);

    static final ObjectSchema ENABLE_AUTO_SCALE =
            new ObjectSchema().mayHave("autoScaleFormula", TEXT).mayHave("autoScaleEvaluationInterval", INTERVAL);

    static final ObjectSchema EVALUATE = new ObjectSchema().needs("autoScaleFormula", TEXT);

    static final ObjectSchema REBOOT = new ObjectSchema().mayHave("nodeRebootOption", DEALLOCATION);

    static final ObjectSchema REIMAGE = new ObjectSchema().mayHave("nodeReimageOption", DEALLOCATION);

    static final ObjectSchema DISABLE_SCHEDULING =
            new ObjectSchema().mayHave("nodeDisableSchedulingOption", oneOf("requeue", "terminate", "taskcompletion"));

    private PoolSchemas() {}

    /** Something that clients store and this machine takes no notice of. */
    static JsonNode kept(String name, JsonNode value) {
        if (!value.isObject()) {
            throw BodyFaults.illTyped(name, "an object");
        }
        return value;
    }
}
