package io.twinbatch.azure;

import java.util.regex.Pattern;

/** How the resource manager <a
 * href="https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules">names resources</a>. */
final class ResourceId {
    private ResourceId() {}

    /**
     * The ids of one kind of resource; their case does not matter.
     *
     * @param kind a pattern of what follows the provider of the resource group, such as {@code
     *     Microsoft\\.Compute/images/[^/\\s]+}
     */
    static Pattern pattern(String kind) {
        return Pattern.compile(
                "/subscriptions/[^/\\s]+/resourceGroups/[^/\\s]+/providers/" + kind, Pattern.CASE_INSENSITIVE);
    }
}
