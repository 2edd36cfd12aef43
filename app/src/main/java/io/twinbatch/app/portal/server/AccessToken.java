package io.twinbatch.app.portal.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret that opens the portal. It is made anew at each start, and held in memory alone. */
public final class AccessToken {
    private static final int BYTES = 24;

    private final String value;

    private AccessToken(String value) {
        this.value = value;
    }

    /** A token that nobody can guess. */
    public static AccessToken random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new AccessToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether this is the token; takes as long for a wrong one whatever is right in it. */
    boolean matches(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    /** The token itself, for the address that is printed. */
    String value() {
        return value;
    }

    /** Leaves it out. */
    @Override
    public String toString() {
        return "access token";
    }
}
