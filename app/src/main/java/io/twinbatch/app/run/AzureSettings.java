package io.twinbatch.app.run;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.proxy.LoopbackHost;
import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.api.proxy.ProxyRoute;
import io.twinbatch.app.config.ConfigFile;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.azure.AzureConfig;
import io.twinbatch.azure.AzureVariable;
import io.twinbatch.azure.PoolOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the Azure backend needs to know.
 *
 * @param config the accounts
 * @param origins the names of the settings that were found, in a fixed order, each with where it was found; no values
 * @param proxies chooses the way to each endpoint
 */
public record AzureSettings(AzureConfig config, List<String> origins, ProxyChoice proxies) implements BackendSettings {
    private static final Logger LOG = LoggerFactory.getLogger(AzureSettings.class);
    private static final int CONNECT_MILLIS = 2000;

    private static final Set<PosixFilePermission> FOR_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    public AzureSettings {
        origins = List.copyOf(origins);
    }

    /**
     * Reads settings: from the environment, and what is not there from the configuration file.
     *
     * @throws UsageException when the file holds a key and others may read it
     * @throws io.twinbatch.api.error.BatchException {@code INVALID} when settings are missing or malformed
     */
    public static AzureSettings read(Map<String, String> environment, Optional<ConfigFile> file) {
        file.ifPresent(AzureSettings::requirePrivate);
        Map<String, String> values = new HashMap<>();
        Map<String, String> origins = new HashMap<>();
        for (AzureVariable variable : AzureVariable.values()) {
            String name = variable.name();
            String inFile = file.map(ConfigFile::values)
                    .map(found -> found.getOrDefault(variable.key(), ""))
                    .orElse("");
            String inEnvironment = environment.getOrDefault(name, "");
            if (!inEnvironment.isBlank()) {
                values.put(name, inEnvironment);
                origins.put(name, name);
            } else if (!inFile.isBlank()) {
                values.put(name, inFile);
                origins.put(name, variable.key() + " in " + file.get().path());
            }
        }
        List<String> found = Arrays.stream(AzureVariable.values())
                .map(variable -> origins.get(variable.name()))
                .filter(origin -> origin != null)
                .toList();
        AzureSettings settings = new AzureSettings(AzureConfig.of(values), found, ProxyChoice.of(environment));
        settings.routes();
        return settings;
    }

    /** The keys of the settings in the configuration file. */
    public static Set<String> keys() {
        return Arrays.stream(AzureVariable.values()).map(AzureVariable::key).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Backend backend() {
        return Backend.AZURE;
    }

    @Override
    public Optional<VmImage> nodeImage() {
        return config.pools().image().map(PoolOptions.CustomImage::name);
    }

    @Override
    public boolean costsMoney() {
        return !isEmulated();
    }

    /** Whether the Batch service is an emulator on this machine. */
    boolean isEmulated() {
        return LoopbackHost.matches(config.batch().endpoint().getHost());
    }

    /**
     * Makes sure that an emulator on this machine runs; the service is asked by the work itself.
     *
     * @throws io.twinbatch.api.error.BatchException {@code UNAVAILABLE} when nothing listens where the emulator should
     */
    void requireEmulator() {
        URI endpoint = config.batch().endpoint();
        if (!isEmulated()) {
            return;
        }
        int standard = "https".equals(endpoint.getScheme()) ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(endpoint.getHost(), endpoint.getPort() < 0 ? standard : endpoint.getPort()),
                    CONNECT_MILLIS);
        } catch (ConnectException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "emulator at " + endpoint,
                    "it does not run; start it with app/app emulator, or correct AZURE_BATCH_ENDPOINT",
                    e);
        } catch (IOException e) {
            // It is there, and what is wrong with it says the first request.
            LOG.debug("The emulator could not be asked whether it runs", e);
        }
    }

    /** Which Batch account is signed in to, and how. */
    public String batchSignIn() {
        return config.batch().name() + " at " + config.batch().endpoint()
                + signIn(config.batch().key().isPresent());
    }

    /** Which storage account is signed in to, and how. */
    public String storageSignIn() {
        return config.storage().name() + " at " + config.storage().endpoint()
                + signIn(config.storage().key().isPresent());
    }

    /**
     * How each endpoint is reached, in a fixed order, without secrets.
     *
     * @throws io.twinbatch.api.error.BatchException {@code INVALID} when the setting of a proxy is malformed
     */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(route("Batch", config.batch().endpoint()));
        routes.add(route("storage", config.storage().endpoint()));
        boolean signsIn = config.batch().key().isEmpty()
                || config.storage().key().isEmpty()
                || config.management().isPresent();
        if (signsIn) {
            routes.add(route("sign-in", config.cloud().signIn()));
        }
        if (config.management().isPresent()) {
            routes.add(route("management", config.cloud().management()));
        }
        return routes;
    }

    private Route route(String service, URI endpoint) {
        return new Route(service, endpoint, proxies.route(endpoint));
    }

    /**
     * How an endpoint is reached.
     *
     * @param service what answers there
     * @param endpoint its URL
     * @param way the way there
     */
    public record Route(String service, URI endpoint, ProxyRoute way) {}

    private static String signIn(boolean hasKey) {
        return hasKey ? ", with its key" : ", with Microsoft Entra ID";
    }

    private static void requirePrivate(ConfigFile file) {
        List<String> secrets = Arrays.stream(AzureVariable.values())
                .filter(AzureVariable::isSecret)
                .map(AzureVariable::key)
                .filter(key -> !file.values().getOrDefault(key, "").isBlank())
                .toList();
        if (!secrets.isEmpty() && othersMayRead(file.path())) {
            throw new UsageException("configuration file " + file.path() + " holds " + String.join(" and ", secrets)
                    + ", and others may read it; chmod 600 " + file.path());
        }
    }

    private static boolean othersMayRead(Path path) {
        try {
            return Files.getPosixFilePermissions(path).stream().anyMatch(FOR_OTHERS::contains);
        } catch (IOException e) {
            throw new UsageException(
                    "configuration file " + path + ": who may read it cannot be determined: " + FailureReason.of(e), e);
        } catch (UnsupportedOperationException e) {
            // A file system without such permissions; access to it is not checked.
            return false;
        }
    }
}
