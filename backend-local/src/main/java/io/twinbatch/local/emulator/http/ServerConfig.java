package io.twinbatch.local.emulator.http;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a {@link BatchServer} is set up.
 *
 * @param address the address to listen on
 * @param port the port; 0 for a free one
 * @param account the account's name
 * @param key the account's key in base64
 * @param hostNames the names, besides those of the loopback address, that requests may be sent to
 * @param tls what to serve HTTPS with; empty for HTTP
 */
public record ServerConfig(
        String address, int port, String account, String key, Set<String> hostNames, Optional<Tls> tls) {
    public ServerConfig {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(key, "key");
        hostNames = Set.copyOf(hostNames);
        Objects.requireNonNull(tls, "tls");
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "ServerConfig[address=" + address + ", port=" + port + ", account=" + account + "]";
    }
}
