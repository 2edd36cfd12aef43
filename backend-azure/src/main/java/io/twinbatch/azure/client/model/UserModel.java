package io.twinbatch.azure.client.model;

/** Users that tasks run as, and identities that nodes have, in requests and answers of the service. */
public final class UserModel {
    private UserModel() {}

    /**
     * An account that the service makes.
     *
     * @param scope {@code pool} or {@code task}
     * @param elevationLevel {@code admin} or {@code nonadmin}
     */
    public record AutoUser(String scope, String elevationLevel) {}

    /** A managed identity, by the id of its resource. */
    public record IdentityReference(String resourceId) {}

    /** Under whose name a task runs: a named account of the pool, or one that the service makes. */
    public record UserIdentity(String username, AutoUser autoUser) {}
}
