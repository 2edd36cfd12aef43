package io.twinbatch.local.container;

import java.util.Objects;

/**
 * A login to a registry of container images.
 *
 * @param registry the registry, such as {@code registry.example.com}; empty for Docker's own
 * @param user the name of the user
 * @param password the password
 */
public record RegistryLogin(String registry, String user, String password) {
    public RegistryLogin {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + " at " + registry;
    }
}
