package io.twinbatch.local.emulator.version;

import static io.twinbatch.local.emulator.http.ApiVersion.V2020_03;
import static io.twinbatch.local.emulator.http.ApiVersion.V2020_09;
import static io.twinbatch.local.emulator.http.ApiVersion.V2021_06;
import static io.twinbatch.local.emulator.http.ApiVersion.V2022_01;
import static io.twinbatch.local.emulator.http.ApiVersion.V2022_10;
import static io.twinbatch.local.emulator.http.ApiVersion.V2023_05;
import static io.twinbatch.local.emulator.http.ApiVersion.V2023_11;
import static io.twinbatch.local.emulator.http.ApiVersion.V2024_02;
import static io.twinbatch.local.emulator.http.ApiVersion.V2024_07;
import static io.twinbatch.local.emulator.http.ApiVersion.V2025_06;
import static io.twinbatch.local.emulator.http.ApiVersion.V2026_10;

import io.twinbatch.local.emulator.http.ApiVersion;
import io.twinbatch.local.emulator.operation.Routes.Endpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which version of the protocol knows what. Each difference is stated here, once. */
final class VersionTable {
    private static final String MACHINE = "virtualMachineConfiguration.";
    private static final String NODE = "/pools/{}/nodes/{}/";
    private static final Endpoint PATCH_POOL = new Endpoint("PATCH", "/pools/{}");
    private static final Endpoint PATCH_JOB = new Endpoint("PATCH", "/jobs/{}");

    /** A property that some versions do not have, in requests and answers. */
    record Property(PropertyPath path, Lifespan lifespan) {}

    /**
     * A property that is in another place, or has another name, in older versions.
     *
     * @param path where it is, below its parent
     * @param parent the object that has it; empty for any
     */
    record Move(PropertyPath path, Optional<String> parent, String oldName, ApiVersion since) {
        boolean isIn(PropertyPath place) {
            return parent.map(place::isOf).orElse(true);
        }
    }

    /** An object whose properties stand in the place of the object itself in older versions. */
    record Wrapping(String name, ApiVersion since) {}

    /** A property of the body of one operation that older versions of it do not take. */
    record Argument(Endpoint endpoint, String name, ApiVersion since) {}

    /** A property that the body of one operation has to have in older versions. */
    record Need(Endpoint endpoint, String name, ApiVersion until) {}

    /** A value that some versions of a property do not take. */
    record Value(String property, String word, Lifespan lifespan) {}

    /** An operation that some versions do not have. */
    record Operation(Endpoint endpoint, Lifespan lifespan) {}

    static final List<Property> PROPERTIES = Stream.of(
                    since(V2020_03, MACHINE + "diskEncryptionConfiguration"),
                    since(V2020_03, "networkConfiguration.publicIPAddressConfiguration"),
                    since(V2020_09, "requiredSlots", "runningTaskSlotsCount", "taskSlotCounts"),
                    since(V2021_06, "identity", "identityReference", "maxParallelTasks", "virtualMachineInfo"),
                    since(
                            V2021_06,
                            MACHINE + "extensions",
                            MACHINE + "nodePlacementConfiguration",
                            MACHINE + "osDisk",
                            "imageReference.exactVersion"),
                    since(V2022_01, "allowTaskPreemption", "uploadHeaders"),
                    between(V2022_10, V2025_06, "targetNodeCommunicationMode", "currentNodeCommunicationMode"),
                    since(V2023_05, "networkConfiguration.enableAcceleratedNetworking"),
                    since(V2023_05, "extensions.enableAutomaticUpgrade"),
                    between(V2023_11, V2025_06, "resourceTags"),
                    since(
                            V2023_11,
                            MACHINE + "securityProfile",
                            MACHINE + "serviceArtifactReference",
                            "osDisk.caching",
                            "osDisk.diskSizeGB",
                            "osDisk.managedDisk",
                            "osDisk.writeAcceleratorEnabled",
                            "virtualMachineInfo.scaleSetVmResourceId"),
                    since(V2024_02, "upgradePolicy", "upgradingOS"),
                    since(V2024_07, "deallocated", "deallocating", "containerHostBatchBindMounts"),
                    since(
                            V2024_07,
                            "imageReference.sharedGalleryImageId",
                            "imageReference.communityGalleryImageId",
                            "managedDisk.securityProfile"),
                    until(V2024_07, "cloudServiceConfiguration", "applicationLicenses"),
                    since(
                            V2025_06,
                            "taskSchedulingPolicy.jobDefaultOrder",
                            "publicIPAddressConfiguration.ipFamilies",
                            "publicIPAddressConfiguration.ipTags",
                            "securityProfile.proxyAgentSettings",
                            "diskEncryptionConfiguration.customerManagedKey",
                            "managedDisk.diskEncryptionSet"),
                    until(V2025_06, "certificateReferences", "authenticationTokenSettings"),
                    since(
                            V2026_10,
                            "vmSkuProfile",
                            MACHINE + "hardwareProfile",
                            MACHINE + "placement",
                            MACHINE + "resiliencyPolicy"),
                    until(V2026_10, "stats.usageStats"))
            .flatMap(List::stream)
            .toList();

    static final List<Move> MOVES = List.of(
            new Move(PropertyPath.of("taskSlotsPerNode"), Optional.empty(), "maxTasksPerNode", V2020_09),
            new Move(
                    PropertyPath.of("publicIPAddressConfiguration.ipAddressIds"),
                    Optional.of("networkConfiguration"),
                    "publicIPs",
                    V2020_03));

    static final List<Wrapping> WRAPPINGS = List.of(new Wrapping("taskCounts", V2020_09));

    static final List<Argument> ARGUMENTS = Stream.concat(
                    Stream.of(
                                    "displayName",
                                    "vmSize",
                                    "virtualMachineConfiguration",
                                    "enableInterNodeCommunication",
                                    "networkConfiguration",
                                    "taskSlotsPerNode",
                                    "taskSchedulingPolicy",
                                    "userAccounts",
                                    "mountConfiguration",
                                    "upgradePolicy",
                                    "resourceTags")
                            .map(name -> new Argument(PATCH_POOL, name, V2024_07)),
                    Stream.of(new Argument(PATCH_JOB, "networkConfiguration", V2024_07)))
            .toList();

    static final List<Need> NEEDS =
            List.of(new Need(new Endpoint("POST", "/pools/{}/updateproperties"), "certificateReferences", V2025_06));

    static final List<Value> VALUES = Stream.concat(
                    Stream.of("nodeDeallocationOption", "nodeDeallocateOption", "nodeRebootOption", "nodeReimageOption")
                            .map(property -> new Value(property, "retaineddata", Lifespan.until(V2026_10))),
                    // Older versions map the ports of SSH and RDP by themselves.
                    Stream.of("22", "3389").map(port -> new Value("backendPort", port, Lifespan.since(V2024_07))))
            .toList();

    static final List<Operation> OPERATIONS = List.of(
            new Operation(new Endpoint("GET", NODE + "extensions"), Lifespan.since(V2021_06)),
            new Operation(new Endpoint("GET", NODE + "extensions/{}"), Lifespan.since(V2021_06)),
            new Operation(new Endpoint("POST", NODE + "start"), Lifespan.since(V2024_07)),
            new Operation(new Endpoint("POST", NODE + "deallocate"), Lifespan.since(V2024_07)),
            new Operation(new Endpoint("GET", "/poolusagemetrics"), Lifespan.until(V2026_10)));

    /** Objects whose names are their authors' own. */
    static final List<String> FREE_FORM = List.of("resourceTags", "settings", "protectedSettings");

    private VersionTable() {}

    private static List<Property> since(ApiVersion version, String... paths) {
        return properties(Lifespan.since(version), paths);
    }

    private static List<Property> until(ApiVersion version, String... paths) {
        return properties(Lifespan.until(version), paths);
    }

    private static List<Property> between(ApiVersion first, ApiVersion gone, String... paths) {
        return properties(Lifespan.between(first, gone), paths);
    }

    private static List<Property> properties(Lifespan lifespan, String... paths) {
        return Arrays.stream(paths)
                .map(path -> new Property(PropertyPath.of(path), lifespan))
                .toList();
    }
}
