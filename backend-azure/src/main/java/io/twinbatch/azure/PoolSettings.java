package io.twinbatch.azure;

import static io.twinbatch.azure.AzureVariable.AZURE_BATCH_ACCESS_KEY;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_API_VERSION;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_DISK_EPHEMERAL;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_DISK_GIB;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_DISK_TYPE;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_IMAGE_ID;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_NODE_AGENT;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_NODE_IDENTITY;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_PLACEMENT;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_PUBLIC_ADDRESSES;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_SUBNET_ID;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_TAGS;

import io.twinbatch.azure.PoolOptions.CustomImage;
import io.twinbatch.azure.PoolOptions.SystemDisk;
import io.twinbatch.azure.client.BatchEndpoint;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads the settings of {@link PoolOptions}, and the identity of nodes. */
final class PoolSettings {
    private static final Pattern IMAGE = ResourceId.pattern(
            "Microsoft\\.Compute/(images/[^/\\s]+|galleries/[^/\\s]+/images/[^/\\s]+(/versions/[^/\\s]+)?)");
    private static final Pattern SUBNET =
            ResourceId.pattern("Microsoft\\.Network/virtualNetworks/[^/\\s]+/subnets/[^/\\s]+");
    private static final Pattern NODE_AGENT = Pattern.compile("batch\\.node\\.[a-z]+ [0-9.]+");
    private static final Pattern PLACEMENT = Pattern.compile("regional|zonal");
    private static final Pattern DISK_TYPE = Pattern.compile("standard_lrs|standardssd_lrs|premium_lrs");
    private static final Pattern DISK_GIB = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern YES_NO = Pattern.compile("true|false");
    private static final Pattern TAG = Pattern.compile("\\s*([^=,<>%&\\\\?/]{1,512})=([^,]{0,256})");

    private final Map<String, String> settings;
    private final boolean remote;
    private final Consumer<String> problems;

    /**
     * A reader.
     *
     * @param remote whether the service is Azure itself, and no emulator
     * @param problems hears each problem, in a sentence without values
     */
    PoolSettings(Map<String, String> settings, boolean remote, Consumer<String> problems) {
        this.settings = settings;
        this.remote = remote;
        this.problems = problems;
    }

    /** The identity by which nodes reach the storage account; empty when none is named, or it is malformed. */
    Optional<ManagedIdentity> nodeIdentity() {
        return get(TWINBATCH_AZURE_NODE_IDENTITY, ManagedIdentity.RESOURCE_ID, ManagedIdentity.EXPECTED)
                .map(ManagedIdentity::new);
    }

    PoolOptions read() {
        Optional<String> subnet = get(
                TWINBATCH_AZURE_SUBNET_ID,
                SUBNET,
                "the resource id of a subnet is expected (az network vnet subnet show --query id)");
        boolean publicAddresses =
                !"false".equals(yesOrNo(TWINBATCH_AZURE_PUBLIC_ADDRESSES).orElse("true"));
        if (!publicAddresses && subnet.isEmpty()) {
            problems.accept(
                    named(TWINBATCH_AZURE_PUBLIC_ADDRESSES) + " is false, and nodes without public addresses need a"
                            + " subnet of your own; set " + named(TWINBATCH_AZURE_SUBNET_ID));
        }
        Optional<CustomImage> image = image();
        // https://learn.microsoft.com/azure/batch/batch-virtual-network and /batch-sig-images
        requireSignIn(TWINBATCH_AZURE_SUBNET_ID, subnet.isPresent());
        requireSignIn(TWINBATCH_AZURE_IMAGE_ID, image.isPresent());
        return new PoolOptions(
                image,
                subnet,
                publicAddresses,
                get(TWINBATCH_AZURE_PLACEMENT, PLACEMENT, "regional or zonal is expected"),
                disk(),
                tags());
    }

    private void requireSignIn(AzureVariable setting, boolean isSet) {
        if (isSet && remote && !text(AZURE_BATCH_ACCESS_KEY).isEmpty()) {
            problems.accept(
                    named(setting) + " needs a sign-in with Microsoft Entra ID, and the service refuses it with a key;"
                            + " unset " + AZURE_BATCH_ACCESS_KEY + ", and run az login");
        }
    }

    private Optional<CustomImage> image() {
        Optional<String> id = get(
                TWINBATCH_AZURE_IMAGE_ID,
                IMAGE,
                "the resource id of a managed image or of an image in a gallery is expected (az sig image-version show"
                        + " --query id)");
        Optional<String> agent = get(
                TWINBATCH_AZURE_NODE_AGENT,
                NODE_AGENT,
                "a node agent such as batch.node.ubuntu 24.04 is expected (az batch pool supported-images list)");
        if (text(TWINBATCH_AZURE_IMAGE_ID).isEmpty()
                != text(TWINBATCH_AZURE_NODE_AGENT).isEmpty()) {
            problems.accept(named(TWINBATCH_AZURE_IMAGE_ID) + " and " + named(TWINBATCH_AZURE_NODE_AGENT)
                    + " belong together; set both");
        }
        return id.flatMap(image -> agent.map(known -> new CustomImage(image, known)));
    }

    private Optional<SystemDisk> disk() {
        Optional<Integer> gib = get(TWINBATCH_AZURE_DISK_GIB, DISK_GIB, "a whole number of GiB is expected")
                .map(Integer::valueOf);
        Optional<String> type =
                get(TWINBATCH_AZURE_DISK_TYPE, DISK_TYPE, "standard_lrs, standardssd_lrs or premium_lrs is expected");
        boolean ephemeral = yesOrNo(TWINBATCH_AZURE_DISK_EPHEMERAL).equals(Optional.of("true"));
        if (ephemeral && type.isPresent()) {
            problems.accept(named(TWINBATCH_AZURE_DISK_EPHEMERAL) + " and " + named(TWINBATCH_AZURE_DISK_TYPE)
                    + " exclude each other; unset one");
        }
        return gib.isPresent() || type.isPresent() || ephemeral
                ? Optional.of(new SystemDisk(gib, type, ephemeral))
                : Optional.empty();
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        String text = text(TWINBATCH_AZURE_TAGS);
        for (String pair : text.isEmpty() ? new String[0] : text.split(",")) {
            var parts = TAG.matcher(pair);
            if (!parts.matches()) {
                problems.accept(
                        named(TWINBATCH_AZURE_TAGS) + " is wrong: NAME=VALUE pairs between commas are expected");
                return Map.of();
            }
            tags.put(parts.group(1).strip(), parts.group(2).strip());
        }
        // Since then pools have no tags:
        // https://learn.microsoft.com/dotnet/api/azure.compute.batch.batchpoolcreateoptions
        String asked = text(TWINBATCH_AZURE_API_VERSION);
        String version = asked.isEmpty() ? BatchEndpoint.DEFAULT_API_VERSION : asked;
        if (!tags.isEmpty() && version.compareTo("2025") >= 0) {
            problems.accept(named(TWINBATCH_AZURE_TAGS) + " needs a version of the protocol before 2025; set "
                    + TWINBATCH_AZURE_API_VERSION + " to 2024-07-01.20.0");
        }
        return tags;
    }

    private Optional<String> yesOrNo(AzureVariable setting) {
        return get(setting, YES_NO, "true or false is expected");
    }

    private Optional<String> get(AzureVariable setting, Pattern pattern, String expectation) {
        String text = text(setting);
        // What matches in any case is an id, and stays as it is; the other settings are words.
        boolean isId = (pattern.flags() & Pattern.CASE_INSENSITIVE) != 0;
        String value = isId ? text : text.toLowerCase(Locale.ROOT);
        if (!text.isEmpty() && !pattern.matcher(value).matches()) {
            problems.accept(named(setting) + " is wrong: " + expectation);
            return Optional.empty();
        }
        return Optional.of(value).filter(found -> !found.isEmpty());
    }

    private static String named(AzureVariable setting) {
        return setting.key() + " (" + setting + ")";
    }

    private String text(AzureVariable setting) {
        return settings.getOrDefault(setting.name(), "").strip();
    }
}
