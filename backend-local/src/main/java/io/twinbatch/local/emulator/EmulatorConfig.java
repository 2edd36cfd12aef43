package io.twinbatch.local.emulator;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.proxy.HostName;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the emulator is reached.
 *
 * @param address the address to listen on; a client with the key can run programs on this machine
 * @param port the port; 0 for a free one
 * @param account the account's name: 3 to 24 lower-case letters and digits
 * @param key the account's key in base64
 * @param hostNames the names, besides those of the loopback address and the address itself, that clients reach it by
 * @param httpsFolder where the certificate for HTTPS is kept, made when there is none; empty for HTTP
 */
public record EmulatorConfig(
        String address, int port, String account, String key, Set<String> hostNames, Optional<Path> httpsFolder) {
    /** The port that clients expect when nobody says otherwise. */
    public static final int DEFAULT_PORT = 10_100;

    /** The account that every emulator serves unless another one is named. It is not secret. */
    public static final String DEFAULT_ACCOUNT = "twinbatchdev";

    /**
     * The key of {@link #DEFAULT_ACCOUNT}, the same everywhere, so that it can stand in tests and examples. It is not
     * secret and protects nothing.
     */
    public static final String DEFAULT_KEY =
            "VHdpbmJhdGNoIGVtdWxhdG9yOiB0aGlzIGtleSBpcyBwdWJsaWMsIGl0IGtlZXBzIG5vIHNlY3JldHMuLi4uLg==";

    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
    private static final int MAX_PORT = 65_535;

    public EmulatorConfig {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(httpsFolder, "httpsFolder");
        hostNames = Set.copyOf(hostNames);
        if (port < 0 || port > MAX_PORT) {
            throw invalid("port " + port, "a port is from 0 to " + MAX_PORT);
        }
        if (!ACCOUNT.matcher(account).matches()) {
            throw invalid("account '" + account + "'", "its name must be 3 to 24 lower-case letters and digits");
        }
        if (!isBase64(key)) {
            throw invalid("account " + account, "its key is not base64; take one such as the service gives out");
        }
    }

    /** The well-known account, for this machine alone, over HTTP. */
    public static EmulatorConfig onPort(int port) {
        return new EmulatorConfig(HostName.LOOPBACK, port, DEFAULT_ACCOUNT, DEFAULT_KEY, Set.of(), Optional.empty());
    }

    /** The same on another port. */
    public EmulatorConfig withPort(int other) {
        return new EmulatorConfig(address, other, account, key, hostNames, httpsFolder);
    }

    /** The beginning of all its URLs, for clients on this machine; without a slash at its end. */
    public URI endpoint() {
        return URI.create((httpsFolder.isPresent() ? "https://" : "http://") + HostName.inUrl(address) + ":" + port);
    }

    private static boolean isBase64(String key) {
        try {
            return Base64.getDecoder().decode(key).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static BatchException invalid(String what, String why) {
        return new BatchException(ErrorCode.INVALID, what, why);
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "EmulatorConfig[address=" + address + ", port=" + port + ", account=" + account + "]";
    }
}
