package io.twinbatch.azure.storage;

import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.proxy.LoopbackHost;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The storage client of one account, built when it is first needed. Its retry policy is the only one: nothing above it
 * tries again.
 */
final class BlobConnection {
    /** The newest version of the protocol that both the client library and Azurite 3.37.0 know. */
    static final BlobServiceVersion VERSION = BlobServiceVersion.V2026_06_06;

    private static final Duration TRY_TIMEOUT = Duration.ofMinutes(5);

    private final BlobStoreConfig config;
    private final Supplier<HttpClient> httpClient;
    private volatile BlobServiceClient client;

    BlobConnection(BlobStoreConfig config, Supplier<HttpClient> httpClient) {
        this.config = config;
        this.httpClient = httpClient;
    }

    BlobServiceClient service() {
        BlobServiceClient built = client;
        if (built != null) {
            return built;
        }
        synchronized (this) {
            if (client == null) {
                client = build();
            }
            return client;
        }
    }

    BlobContainerClient container(ContainerName name) {
        return service().getBlobContainerClient(name.value());
    }

    /** The client encodes a name for the URL, each of its characters as it is. */
    BlobClient blob(ObjectKey key) {
        return container(key.container()).getBlobClient(key.name());
    }

    private BlobServiceClient build() {
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder()
                .endpoint(clientEndpoint().toString())
                .serviceVersion(VERSION)
                .retryOptions(retries(LoopbackHost.matches(config.endpoint().getHost())))
                // Bodies may hold keys, and are not logged whatever the environment asks for.
                .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
                .httpClient(httpClient.get());
        if (config.credential() instanceof StorageToken token) {
            return builder.credential(token.credential()).buildClient();
        }
        AccountKey key = (AccountKey) config.credential();
        return builder.credential(new StorageSharedKeyCredential(config.account(), key.base64()))
                .buildClient();
    }

    /** A service across the network recovers in seconds; one on this machine answers at once, or is started again. */
    private static RequestRetryOptions retries(boolean loopback) {
        Duration first = loopback ? Duration.ofMillis(100) : Duration.ofSeconds(1);
        Duration longest = loopback ? Duration.ofSeconds(1) : Duration.ofSeconds(10);
        int tries = loopback ? 6 : 5;
        return new RequestRetryOptions(RetryPolicyType.EXPONENTIAL, tries, TRY_TIMEOUT, first, longest, null);
    }

    /** The client finds the account in an endpoint's path only behind a numeric address. */
    private URI clientEndpoint() {
        URI endpoint = config.endpoint();
        if (!config.accountInPath()) {
            return endpoint;
        }
        try {
            String address = InetAddress.getByName(endpoint.getHost()).getHostAddress();
            String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
            String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
            return URI.create(endpoint.getScheme() + "://" + host + port + endpoint.getRawPath());
        } catch (UnknownHostException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "storage account " + config.account(),
                    "the host name " + endpoint.getHost() + " cannot be resolved; check the endpoint and the network",
                    e);
        }
    }
}
