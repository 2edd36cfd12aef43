package io.twinbatch.azure;

import java.util.Locale;

/** The settings of the Azure backend, by the names of the environment variables that the Azure CLI reads too. */
public enum AzureVariable {
    /** The Batch account's name. */
    AZURE_BATCH_ACCOUNT(false),
    /** One of the Batch account's keys. */
    AZURE_BATCH_ACCESS_KEY(true),
    /** The Batch account's URL, with or without {@code https://}. */
    AZURE_BATCH_ENDPOINT(false),
    /** The storage account's name. */
    AZURE_STORAGE_ACCOUNT(false),
    /** One of the storage account's keys. */
    AZURE_STORAGE_KEY(true),
    /** The storage account's name, key and URLs in one. */
    AZURE_STORAGE_CONNECTION_STRING(true),
    /** The subscription that the Batch account belongs to; needed to learn its quotas. */
    AZURE_SUBSCRIPTION_ID(false),
    /** The resource group that the Batch account belongs to; needed to learn its quotas. */
    AZURE_RESOURCE_GROUP(false),
    /** The host of the registry of container images, when signing in there is needed. */
    AZURE_REGISTRY_SERVER(false),
    /** The user of the registry. */
    AZURE_REGISTRY_USERNAME(false),
    /** The password of that user. */
    AZURE_REGISTRY_PASSWORD(true),
    /** A file that holds the password. */
    AZURE_REGISTRY_PASSWORD_FILE(false),
    /** The resource id of a managed identity of the nodes, in the place of user and password. */
    AZURE_REGISTRY_IDENTITY(false),
    /** The version of the Batch service's protocol, when it is not to be the usual one. */
    TWINBATCH_AZURE_API_VERSION(false),
    /** The resource id of an image of one's own for the nodes of new pools. */
    TWINBATCH_AZURE_IMAGE_ID("azure.image-id"),
    /** The node agent that goes with that image. */
    TWINBATCH_AZURE_NODE_AGENT("azure.node-agent"),
    /** The resource id of the subnet of the nodes. */
    TWINBATCH_AZURE_SUBNET_ID("azure.subnet-id"),
    /** Whether nodes have public addresses. */
    TWINBATCH_AZURE_PUBLIC_ADDRESSES("azure.public-addresses"),
    /** Whether nodes are spread over the zones of the region. */
    TWINBATCH_AZURE_PLACEMENT("azure.placement"),
    /** The size of the disk of the operating system. */
    TWINBATCH_AZURE_DISK_GIB("azure.disk-gib"),
    /** The kind of storage of that disk. */
    TWINBATCH_AZURE_DISK_TYPE("azure.disk-type"),
    /** Whether that disk lies on the machine of the node. */
    TWINBATCH_AZURE_DISK_EPHEMERAL("azure.disk-ephemeral"),
    /** The tags of the resources behind a pool. */
    TWINBATCH_AZURE_TAGS("azure.tags"),
    /** The resource id of the managed identity by which nodes reach the storage account, in the place of signed URLs. */
    TWINBATCH_AZURE_NODE_IDENTITY("azure.node-identity");

    private final boolean secret;
    private final String key;

    AzureVariable(boolean secret) {
        this.secret = secret;
        String name = name().startsWith("TWINBATCH_") ? name().substring("TWINBATCH_".length()) : name();
        this.key = name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A property of new pools. */
    AzureVariable(String key) {
        this.secret = false;
        this.key = key;
    }

    /** Whether its value has to be kept from everybody's eyes. */
    public boolean isSecret() {
        return secret;
    }

    /** Its name in a configuration file, such as {@code azure-batch-account} and {@code azure.subnet-id}. */
    public String key() {
        return key;
    }
}
