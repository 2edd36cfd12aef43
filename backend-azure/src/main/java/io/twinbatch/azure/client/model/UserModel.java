package io.twinbatch.azure.client.model;

/** Users that tasks run as, in requests of the service. */
public final class UserModel {
    private UserModel() {}

    /**
     * An account that the service makes.
     *
     * @param scope {@code pool} or {@code task}
     * @param elevationLevel {@code admin} or {@code nonadmin}
     */
    public record AutoUser(String scope, String elevationLevel) {}

    /** Under whose name a task runs: a named account of the pool, or one that the service makes. */
    public record UserIdentity(String username, AutoUser autoUser) {}
}
