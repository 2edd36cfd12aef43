package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.proxy.HttpProxy;
import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.api.proxy.ProxyRoute;
import io.twinbatch.azure.storage.BlobStoreConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Locale;

/**
 * An Azurite that somebody else runs.
 *
 * @param blobConfig where it is
 */
record EndpointAzurite(BlobStoreConfig blobConfig) implements Azurite {
    private static final int ANSWER_MILLIS = 3000;

    /**
     * Connects to it.
     *
     * @param endpoint a connection string, or the URL of one that runs with the published account of emulators
     * @throws BatchException {@code INVALID} when it is neither; {@code UNAVAILABLE} when nothing answers there
     */
    static EndpointAzurite connect(String endpoint) {
        EndpointAzurite azurite = new EndpointAzurite(config(endpoint.strip()));
        if (!azurite.isAlive()) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "Azurite",
                    "nothing answers at " + azurite.blobConfig.endpoint() + "; check the address, and that it runs");
        }
        return azurite;
    }

    @Override
    public String describe() {
        return "Azurite at " + blobConfig.endpoint().getRawAuthority() + ", as named";
    }

    /** Any answer will do: without a signature it is an error. */
    @Override
    public boolean isAlive() {
        URI endpoint = blobConfig.endpoint();
        ProxyRoute route = ProxyChoice.ofProcess().route(endpoint);
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection(route.toJava());
            route.proxy()
                    .flatMap(HttpProxy::authorization)
                    .ifPresent(value -> connection.setRequestProperty("Proxy-Authorization", value));
            connection.setConnectTimeout(ANSWER_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            try {
                return connection.getResponseCode() > 0;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Leaves it running: it was started by another program. */
    @Override
    public void close() {
        // Nothing was started for it.
    }

    private static BlobStoreConfig config(String endpoint) {
        String lower = endpoint.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return BlobStoreConfig.fromConnectionString(endpoint);
        }
        try {
            return BlobStoreConfig.emulator(URI.create(endpoint));
        } catch (IllegalArgumentException e) {
            throw new BatchException(ErrorCode.INVALID, "Azurite", "its endpoint is not a URL", e);
        }
    }
}
