package io.twinbatch.azure;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.proxy.LoopbackHost;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the accounts of the Azure backend are, and how to sign in to them. Where a key is missing, it signs in with
 * Microsoft Entra ID.
 *
 * @param batch the Batch account
 * @param storage the storage account
 * @param registry where container images are, when signing in there is needed
 * @param management where the Batch account is kept, so that its quotas can be asked for; empty when that is not known
 * @param pools what new pools have on Azure alone
 * @param nodeIdentity the identity by which nodes reach the storage account; empty when they use signed URLs
 */
public record AzureConfig(
        BatchAccount batch,
        StorageAccount storage,
        Optional<Registry> registry,
        Optional<Management> management,
        PoolOptions pools,
        Optional<ManagedIdentity> nodeIdentity) {
    public AzureConfig {
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(management, "management");
        Objects.requireNonNull(pools, "pools");
        Objects.requireNonNull(nodeIdentity, "nodeIdentity");
    }

    /** The cloud that the accounts are in. */
    public AzureCloud cloud() {
        return AzureCloud.of(batch.endpoint());
    }

    /**
     * Reads settings by the names of {@link AzureVariable}; empty ones count as missing, others are ignored.
     *
     * @param settings names and values, such as the environment of the process
     * @throws BatchException {@code INVALID} when settings are missing or malformed: all of them are named, with what to
     *     do, and no value is shown
     */
    public static AzureConfig of(Map<String, String> settings) {
        return new AzureSettingsReader(settings).read();
    }

    /**
     * A Batch account.
     *
     * @param name its name
     * @param endpoint its URL, without a slash at the end
     * @param key one of its keys; empty to sign in with Microsoft Entra ID
     * @param apiVersion the version of the protocol, when it is not to be the usual one
     */
    public record BatchAccount(String name, URI endpoint, Optional<Secret> key, Optional<String> apiVersion) {
        public BatchAccount {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(apiVersion, "apiVersion");
        }

        /** Whether it is one of an emulator: that is on this machine, as no account of the service is. */
        public boolean isOfEmulator() {
            return LoopbackHost.matches(endpoint.getHost());
        }
    }

    /**
     * A storage account.
     *
     * @param name its name
     * @param endpoint the URL of its blob service, without a slash at the end
     * @param key one of its keys; empty to sign in with Microsoft Entra ID
     */
    public record StorageAccount(String name, URI endpoint, Optional<Secret> key) {
        public StorageAccount {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * A registry of container images. It is signed in to by a login or by a managed identity of the nodes.
     *
     * @param server its host, such as {@code myregistry.azurecr.io}
     * @param login a user and a password
     * @param identity an identity that the pool's nodes have
     */
    public record Registry(String server, Optional<Login> login, Optional<ManagedIdentity> identity) {
        public Registry {
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(login, "login");
            Objects.requireNonNull(identity, "identity");
        }

        /** A user of a registry. */
        public record Login(String user, Secret password) {}
    }

    /**
     * Where an account is kept.
     *
     * @param subscription the identifier of its subscription
     * @param resourceGroup the name of its resource group
     */
    public record Management(String subscription, String resourceGroup) {
        public Management {
            Objects.requireNonNull(subscription, "subscription");
            Objects.requireNonNull(resourceGroup, "resourceGroup");
        }
    }
}
