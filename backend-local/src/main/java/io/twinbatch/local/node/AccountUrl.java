package io.twinbatch.local.node;

import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.SignedUrl;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The place of a container or an object that a node reaches by a right of its own, and not by a signature in the URL. It
 * is written as a URL of its own scheme, so that it is kept and passed on as any other URL.
 */
public final class AccountUrl {
    private static final String IDENTITY = "identity+";
    private static final String AUTO_STORAGE = "auto-storage";

    private AccountUrl() {}

    /** What a URL of HTTP leads to, reached by the identity of the nodes. */
    public static URI byIdentity(URI url) {
        return URI.create(IDENTITY + url);
    }

    /** A container of the storage account that belongs to the Batch account. */
    public static SignedUrl ofAutoStorage(ContainerName container) {
        return new SignedUrl(URI.create(AUTO_STORAGE + "://account/" + container), Map.of(), Instant.MAX);
    }

    /** The URL of HTTP behind {@link #byIdentity}; empty for any other URL. */
    public static Optional<URI> ofIdentity(URI url) {
        String text = url.toString();
        return text.startsWith(IDENTITY)
                ? Optional.of(URI.create(text.substring(IDENTITY.length())))
                : Optional.empty();
    }

    /** The container behind {@link #ofAutoStorage}; empty for any other URL. */
    public static Optional<ContainerName> autoStorage(URI url) {
        return AUTO_STORAGE.equals(url.getScheme())
                ? Optional.of(new ContainerName(url.getPath().substring(1)))
                : Optional.empty();
    }
}
