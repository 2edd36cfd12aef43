package io.twinbatch.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.preflight.Preflight;
import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.azure.account.AzurePreflight;
import io.twinbatch.azure.account.ManagementClient;
import io.twinbatch.azure.account.ManagementClient.AccountPath;
import io.twinbatch.azure.batch.BatchComputePool;
import io.twinbatch.azure.batch.BatchJobQueue;
import io.twinbatch.azure.batch.ObjectAccess;
import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.connection.HttpConnections;
import io.twinbatch.azure.storage.AccountKey;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.azure.storage.StorageCredential;
import io.twinbatch.azure.storage.StorageToken;
import java.time.Clock;
import java.util.Optional;

/**
 * Binds {@link ObjectStore}, {@link ComputePool}, {@link JobQueue} and {@link Preflight} to accounts of Azure. Nothing is asked of them before the first call, and there is nothing to close.
 */
public final class AzureModule extends AbstractModule {
    private final AzureConfig config;
    private final ProxyChoice proxies;

    /** The accounts of a configuration, reached through the proxies that this process is to use. */
    public AzureModule(AzureConfig config) {
        this(config, ProxyChoice.ofProcess());
    }

    /**
     * The accounts of a configuration.
     *
     * @param proxies chooses the way to each endpoint
     */
    public AzureModule(AzureConfig config, ProxyChoice proxies) {
        this.config = config;
        this.proxies = proxies;
    }

    @Provides
    @Singleton
    HttpClient httpClient() {
        return HttpConnections.open(proxies);
    }

    /** With all keys nobody signs in, and the sign-in methods are not searched. */
    @Provides
    @Singleton
    TokenCredential identity(HttpClient http) {
        return new EntraSignIn(() -> {
            DefaultAzureCredentialBuilder ways = new DefaultAzureCredentialBuilder().httpClient(http);
            // In the public cloud AZURE_AUTHORITY_HOST counts.
            if (!config.cloud().equals(AzureCloud.PUBLIC)) {
                ways.authorityHost(config.cloud().signIn().toString());
            }
            return ways.build();
        });
    }

    @Provides
    @Singleton
    ObjectStore objectStore(HttpClient http, TokenCredential identity) {
        AzureConfig.StorageAccount account = config.storage();
        StorageCredential credential = account.key()
                .<StorageCredential>map(key -> new AccountKey(key.value()))
                .orElseGet(
                        () -> new StorageToken(identity, config.nodeIdentity().isPresent()));
        BlobStoreConfig store = new BlobStoreConfig(account.endpoint(), account.name(), credential);
        return new BlobObjectStore(store, () -> http, Clock.systemUTC());
    }

    @Provides
    @Singleton
    BatchRestClient batchClient(HttpClient http, TokenCredential identity) {
        AzureConfig.BatchAccount account = config.batch();
        BatchCredential credential = account.key()
                .<BatchCredential>map(key -> new BatchCredential.SharedKey(account.name(), key.value()))
                .orElseGet(() ->
                        new BatchCredential.EntraToken(identity, config.cloud().batchScope()));
        String version = account.apiVersion().orElse(BatchEndpoint.DEFAULT_API_VERSION);
        return new BatchRestClient(new BatchEndpoint(account.endpoint(), version), credential, http);
    }

    @Provides
    @Singleton
    ComputePool computePool(BatchRestClient client) {
        return new BatchComputePool(client, config.registry(), config.pools());
    }

    @Provides
    @Singleton
    ObjectAccess objectAccess() {
        return config.nodeIdentity()
                .map(identity -> ObjectAccess.by(identity, config.storage().endpoint()))
                .orElse(ObjectAccess.SIGNED);
    }

    @Provides
    @Singleton
    JobQueue jobQueue(BatchRestClient client, ObjectAccess access) {
        return new BatchJobQueue(client, access);
    }

    /** An emulator lets every identity in, and its pools have none. */
    private Optional<ManagedIdentity> identityThatIsChecked() {
        return config.nodeIdentity().filter(identity -> !config.batch().isOfEmulator());
    }

    /** Only the management service knows quotas, also when keys are used. */
    @Provides
    @Singleton
    Preflight preflight(
            BatchRestClient client, ObjectAccess access, ObjectStore store, HttpClient http, TokenCredential identity) {
        Optional<ManagementClient> management = config.management()
                .map(place -> new AccountPath(
                        place.subscription(),
                        place.resourceGroup(),
                        config.batch().name()))
                .map(path -> new ManagementClient(config.cloud().management(), path, identity, http));
        return new AzurePreflight(client, access, store, management, config.pools(), identityThatIsChecked());
    }
}
