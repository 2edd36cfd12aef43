package io.twinbatch.app.portal.server;

import io.twinbatch.api.proxy.HostName;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where the portal listens.
 *
 * @param bind the address
 * @param port the port; 0 for a free one, empty for {@link #USUAL_PORT} or, when that is taken, a free one
 * @param hosts names by which clients of other machines reach it
 */
public record ServerOptions(String bind, Optional<Integer> port, Set<String> hosts) {
    /** The port that is tried first, so that bookmarks stay good. */
    public static final int USUAL_PORT = 10_180;

    /** Nobody but this machine reaches it. */
    public static final ServerOptions DEFAULT = new ServerOptions(HostName.LOOPBACK, Optional.empty(), Set.of());

    public ServerOptions {
        Objects.requireNonNull(bind, "bind");
        Objects.requireNonNull(port, "port");
        hosts = Set.copyOf(hosts);
    }
}
