package io.twinbatch.local.emulator.http;

import java.security.KeyStore;
import java.util.Objects;

/**
 * A certificate with its private key.
 *
 * @param keyStore what holds them
 * @param password what the private key is kept with
 */
public record Tls(KeyStore keyStore, String password) {
    public Tls {
        Objects.requireNonNull(keyStore, "keyStore");
        Objects.requireNonNull(password, "password");
    }

    /** Leaves out the password. */
    @Override
    public String toString() {
        return "Tls[]";
    }
}
