package io.twinbatch.azure.batch;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to do when the service gives a pool fewer nodes than it is to have, by the codes of <a
 * href="https://learn.microsoft.com/dotnet/api/microsoft.azure.batch.common.poolresizeerrorcodes">pool resize errors</a>.
 */
final class ResizeRemedies {
    private static final String REQUEST =
            "request more (Azure portal, the Batch account, Quotas; a new account may have 0)";
    private static final String DELETE = ", delete pools that hold cores (az batch pool list), ";

    private static final String SPOT_QUOTA = "the account's quota of spot cores is used up: " + REQUEST + DELETE
            + "or take dedicated nodes in place of spot nodes";

    private static final Map<String, String> BY_CODE = byCode();

    private ResizeRemedies() {}

    /** The remedy for a code, whatever its case: the documentation writes some codes in two ways. */
    static Optional<String> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    private static Map<String, String> byCode() {
        Map<String, String> remedies = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        remedies.put(
                "AccountCoreQuotaReached",
                "the account's quota of dedicated cores is used up: " + REQUEST + DELETE
                        + "ask for fewer or smaller nodes, or take spot nodes in place of dedicated ones");
        remedies.put("AccountLowPriorityCoreQuotaReached", SPOT_QUOTA);
        remedies.put("AccountSpotCoreQuotaReached", SPOT_QUOTA);
        remedies.put(
                "AccountVMSeriesCoreQuotaReached",
                "the account's quota of cores of this family of sizes is used up: " + REQUEST + DELETE
                        + "or choose a size of another family");
        remedies.put(
                "AllocationFailed",
                "when its message names no other cause, the region has no capacity of this size now: choose another size,"
                        + " take spot nodes in place of dedicated ones or the other way round, or try again later");
        remedies.put(
                "AllocationTimedOut",
                "the nodes did not come within the resize timeout: try again later, ask for fewer nodes, or choose another"
                        + " size");
        remedies.put(
                "IncompatibleVMSize",
                "choose a size and an image that fit each other in architecture and hypervisor generation (az batch pool"
                        + " supported-images list, az vm list-skus)");
        remedies.put(
                "DependentResourceNotFound",
                "the subnet, the image or the identity that the pool names does not exist, or is not in the account's"
                        + " region: correct it");
        remedies.put("ResizeStopped", "somebody stopped the resize: begin it again");
        return remedies;
    }
}
