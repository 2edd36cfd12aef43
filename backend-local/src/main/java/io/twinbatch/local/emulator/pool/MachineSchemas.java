package io.twinbatch.local.emulator.pool;

import static io.twinbatch.local.emulator.document.Schemas.FLAG;
import static io.twinbatch.local.emulator.document.Schemas.TEXT;
import static io.twinbatch.local.emulator.document.Schemas.WORDS;
import static io.twinbatch.local.emulator.document.Schemas.duration;
import static io.twinbatch.local.emulator.document.Schemas.listOf;
import static io.twinbatch.local.emulator.document.Schemas.number;
import static io.twinbatch.local.emulator.document.Schemas.oneOf;
import static io.twinbatch.local.emulator.document.Schemas.refined;
import static io.twinbatch.local.emulator.document.Schemas.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.CommonSchemas;
import io.twinbatch.local.emulator.document.NodeImages;
import io.twinbatch.local.emulator.document.ObjectSchema;
import io.twinbatch.local.emulator.document.Schema;
import java.time.Duration;
import java.util.regex.Pattern;

/** What documents about the virtual machines of a pool may hold. */
final class MachineSchemas {
    private static final int MAX_PERCENT = 100;
    private static final int MAX_LUN = 63;
    private static final Duration MAX_PAUSE = Duration.ofDays(365);

    private static final Pattern SIZES = Pattern.compile("(?i)(small|medium|large|extralarge|a[5-9]|a1[01]|basic_a[0-4]"
            + "|standard_(a|b|d|dc|ds|e|ec|es|f|fs|fx|g|gs|h|hb|hc|hx|l|ls|m|nc|nd|ng|np|nv|pb)"
            + "[0-9]{1,4}(-[0-9]{1,3})?[a-z]*(_[a-z0-9]+)*)");

    private static final String RESOURCE = "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Compute/";

    /** A size of virtual machines by the form of its name: which of them a region has changes from month to month. */
    static final Schema SIZE = refined(
            WORDS,
            "It is no size of virtual machines.",
            size -> SIZES.matcher(size.textValue()).matches());

    private static final Schema CACHING = oneOf("None", "ReadOnly", "ReadWrite");

    private static final Schema STORAGE = oneOf("standard_lrs", "premium_lrs", "standardssd_lrs");

    private static final ObjectSchema IMAGE_PARTS = new ObjectSchema()
            .mayHave("publisher", WORDS)
            .mayHave("offer", WORDS)
            .mayHave("sku", WORDS)
            .mayHave("version", TEXT)
            .mayHave(
                    "virtualMachineImageId",
                    id(RESOURCE + "(images/[^/]+|galleries/[^/]+/images/[^/]+(/versions/[^/]+)?)"))
            .mayHave("sharedGalleryImageId", id("/sharedGalleries/[^/]+/images/[^/]+(/versions/[^/]+)?"))
            .mayHave("communityGalleryImageId", id("/communityGalleries/[^/]+/images/[^/]+(/versions/[^/]+)?"))
            .mayHave("exactVersion", TEXT)
            .exactlyOneOf("publisher", "virtualMachineImageId", "sharedGalleryImageId", "communityGalleryImageId");

    private static final Schema IMAGE = refined(
            IMAGE_PARTS,
            "The specified image does not exist; GET /supportedimages lists those that do.",
            image -> !isWhole(image)
                    || NodeImages.exists(
                            image.get("publisher").textValue(),
                            image.get("offer").textValue(),
                            image.get("sku").textValue()));

    private static final ObjectSchema OS_DISK = new ObjectSchema()
            .mayHave("ephemeralOSDiskSettings", new ObjectSchema().mayHave("placement", oneOf("CacheDisk")))
            .mayHave("caching", CACHING)
            .mayHave("managedDisk", managedDisk())
            .mayHave("diskSizeGB", number(1, Integer.MAX_VALUE))
            .mayHave("writeAcceleratorEnabled", FLAG);

    private static final ObjectSchema DATA_DISK = new ObjectSchema()
            .needs("lun", number(0, MAX_LUN))
            .needs("diskSizeGB", number(1, Integer.MAX_VALUE))
            .mayHave("caching", CACHING)
            .mayHave("storageAccountType", STORAGE)
            .mayHave("managedDisk", managedDisk());

    private static final ObjectSchema ENCRYPTION = new ObjectSchema()
            .mayHave("targets", listOf(oneOf("osdisk", "temporarydisk")))
            .mayHave(
                    "customerManagedKey",
                    new ObjectSchema()
                            .mayHave("identityReference", CommonSchemas.IDENTITY)
                            .mayHave("keyUrl", WORDS)
                            .mayHave("rotationToLatestKeyVersionEnabled", FLAG));

    private static final ObjectSchema HOST_ENDPOINT = new ObjectSchema()
            .mayHave("mode", oneOf("Audit", "Enforce"))
            .mayHave("inVMAccessControlProfileReferenceId", WORDS);

    private static final ObjectSchema SECURITY = new ObjectSchema()
            .mayHave("securityType", oneOf("trustedlaunch", "confidentialvm"))
            .mayHave("encryptionAtHost", FLAG)
            .mayHave(
                    "uefiSettings",
                    new ObjectSchema().mayHave("secureBootEnabled", FLAG).mayHave("vTpmEnabled", FLAG))
            .mayHave(
                    "proxyAgentSettings",
                    new ObjectSchema()
                            .mayHave("enabled", FLAG)
                            .mayHave("imds", HOST_ENDPOINT)
                            .mayHave("wireServer", HOST_ENDPOINT));

    private static final ObjectSchema PARTS = new ObjectSchema()
            .needs("imageReference", IMAGE)
            .needs(
                    "nodeAgentSKUId",
                    refined(WORDS, "There is no such node agent.", agent -> NodeImages.isAgent(agent.textValue())))
            .mayHave("windowsConfiguration", refused("nodes are this machine, which runs no Windows."))
            .mayHave("dataDisks", listOf(DATA_DISK))
            .mayHave("licenseType", TEXT)
            .mayHave(
                    "containerConfiguration",
                    new ObjectSchema()
                            .needs("type", oneOf("dockerCompatible", "criCompatible"))
                            .mayHave("containerImageNames", listOf(WORDS))
                            .mayHave("containerRegistries", listOf(CommonSchemas.REGISTRY)))
            .mayHave("diskEncryptionConfiguration", ENCRYPTION)
            .mayHave("nodePlacementConfiguration", new ObjectSchema().mayHave("policy", oneOf("Regional", "Zonal")))
            .mayHave("extensions", MountsAndExtensions.EXTENSIONS)
            .mayHave("osDisk", OS_DISK)
            .mayHave("securityProfile", SECURITY)
            .mayHave("serviceArtifactReference", new ObjectSchema().needs("id", WORDS))
            .mayHave("hardwareProfile", PoolSchemas::kept)
            .mayHave("placement", PoolSchemas::kept)
            .mayHave("resiliencyPolicy", PoolSchemas::kept);

    /** The machines of a pool; the node agent goes with the image. */
    static final Schema MACHINE = (name, value) -> {
        JsonNode machine = PARTS.check(name, value);
        JsonNode image = machine.get("imageReference");
        JsonNode agent = machine.get("nodeAgentSKUId");
        if (isWhole(image)
                && !NodeImages.fits(
                        image.get("publisher").textValue(),
                        image.get("offer").textValue(),
                        image.get("sku").textValue(),
                        agent.textValue())) {
            throw BodyFaults.invalid(
                    name + ".nodeAgentSKUId", agent, "The node agent does not go with the specified image.");
        }
        return machine;
    };

    static final ObjectSchema UPGRADES = new ObjectSchema()
            .needs("mode", oneOf("automatic", "manual", "rolling"))
            .mayHave(
                    "automaticOSUpgradePolicy",
                    new ObjectSchema()
                            .mayHave("disableAutomaticRollback", FLAG)
                            .mayHave("enableAutomaticOSUpgrade", FLAG)
                            .mayHave("useRollingUpgradePolicy", FLAG)
                            .mayHave("osRollingUpgradeDeferral", FLAG))
            .mayHave(
                    "rollingUpgradePolicy",
                    new ObjectSchema()
                            .mayHave("enableCrossZoneUpgrade", FLAG)
                            .mayHave("maxBatchInstancePercent", number(5, MAX_PERCENT))
                            .mayHave("maxUnhealthyInstancePercent", number(5, MAX_PERCENT))
                            .mayHave("maxUnhealthyUpgradedInstancePercent", number(0, MAX_PERCENT))
                            .mayHave("pauseTimeBetweenBatches", duration(Duration.ZERO, MAX_PAUSE))
                            .mayHave("prioritizeUnhealthyInstances", FLAG)
                            .mayHave("rollbackFailedInstancesOnPolicyBreach", FLAG));

    private MachineSchemas() {}

    /** Whether a marketplace image is named with all that names one. */
    private static boolean isWhole(JsonNode image) {
        return image.has("publisher") && image.has("offer") && image.has("sku");
    }

    private static ObjectSchema managedDisk() {
        return new ObjectSchema()
                .mayHave("storageAccountType", STORAGE)
                .mayHave("diskEncryptionSet", new ObjectSchema().mayHave("id", WORDS))
                .mayHave(
                        "securityProfile",
                        new ObjectSchema()
                                .mayHave(
                                        "securityEncryptionType",
                                        oneOf("NonPersistedTPM", "VMGuestStateOnly", "DiskWithVMGuestState")));
    }

    private static Schema id(String pattern) {
        Pattern form = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        return refined(
                WORDS,
                "It is no id of an image.",
                id -> form.matcher(id.textValue()).matches());
    }
}
