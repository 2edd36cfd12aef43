package io.twinbatch.azure;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A user-assigned managed identity that the nodes of a pool have.
 *
 * @param resourceId the id of its resource
 */
public record ManagedIdentity(String resourceId) {
    static final Pattern RESOURCE_ID =
            ResourceId.pattern("Microsoft\\.ManagedIdentity/userAssignedIdentities/[^/\\s]+");

    /** What a setting that names an identity has to hold. */
    static final String EXPECTED = "the resource id of a managed identity is expected (id in az identity show)";

    /** The identity of a resource; empty when the text is not the id of one. */
    public static Optional<ManagedIdentity> of(String resourceId) {
        return RESOURCE_ID.matcher(resourceId).matches()
                ? Optional.of(new ManagedIdentity(resourceId))
                : Optional.empty();
    }
}
