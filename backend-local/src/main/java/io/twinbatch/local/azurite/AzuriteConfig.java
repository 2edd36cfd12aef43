package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.proxy.HostName;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How to get an Azurite.
 *
 * @param source where it comes from
 * @param endpoint with {@link AzuriteSource#ENDPOINT} alone: a connection string, or the URL of an Azurite that runs
 *     with the published account of emulators
 * @param dataDir the folder of its data; made when it is missing, for this user alone
 * @param cacheDir the folder in which an installation may be kept from run to run; made when it is missing
 * @param port the port to listen on; empty for a free one
 * @param address the address to listen on; its URLs name the loopback address whatever it is
 */
public record AzuriteConfig(
        AzuriteSource source,
        Optional<String> endpoint,
        Path dataDir,
        Path cacheDir,
        Optional<Integer> port,
        String address) {
    private static final int MAX_PORT = 65_535;

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when the parts do not fit together. */
    public AzuriteConfig {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(address, "address");
        dataDir = dataDir.toAbsolutePath();
        cacheDir = cacheDir.toAbsolutePath();
        if ((source == AzuriteSource.ENDPOINT) != endpoint.isPresent()) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "Azurite",
                    "an endpoint has to be named when Azurite is taken from an endpoint, and only then");
        }
        port.filter(number -> number < 1 || number > MAX_PORT).ifPresent(number -> {
            throw new BatchException(ErrorCode.INVALID, "Azurite", "a port is 1 to " + MAX_PORT + ", not " + number);
        });
    }

    /** An Azurite that this machine runs, on a free port. */
    public static AzuriteConfig of(AzuriteSource source, Path dataDir, Path cacheDir) {
        return new AzuriteConfig(source, Optional.empty(), dataDir, cacheDir, Optional.empty(), HostName.LOOPBACK);
    }

    /** An Azurite that runs already. */
    public static AzuriteConfig atEndpoint(String endpoint, Path dataDir, Path cacheDir) {
        return new AzuriteConfig(
                AzuriteSource.ENDPOINT, Optional.of(endpoint), dataDir, cacheDir, Optional.empty(), HostName.LOOPBACK);
    }

    /** The same, on another port. */
    public AzuriteConfig withPort(int number) {
        return new AzuriteConfig(source, endpoint, dataDir, cacheDir, Optional.of(number), address);
    }

    /**
     * The options of an Azurite that is started. Clients of a newer protocol than it knows are served as far as it can,
     * since their libraries ask for the newest one.
     */
    static List<String> options(String host, int port, String dataDir) {
        return List.of(
                "--blobHost",
                host,
                "--blobPort",
                Integer.toString(port),
                "--location",
                dataDir,
                "--silent",
                "--disableTelemetry",
                "--skipApiVersionCheck");
    }

    /** Leaves out the endpoint, which may hold a key. */
    @Override
    public String toString() {
        return "AzuriteConfig[source=" + source + ", dataDir=" + dataDir + ", cacheDir=" + cacheDir + ", port="
                + port.map(Object::toString).orElse("free") + "]";
    }
}
