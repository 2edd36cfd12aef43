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
    TWINBATCH_AZURE_API_VERSION(false);

    private static final String OWN_PREFIX = "TWINBATCH_";

    private final boolean secret;

    AzureVariable(boolean secret) {
        this.secret = secret;
    }

    /** Whether its value has to be kept from everybody's eyes. */
    public boolean isSecret() {
        return secret;
    }

    /** Its name in a configuration file, such as {@code azure-batch-account}. */
    public String key() {
        String name = name().startsWith(OWN_PREFIX) ? name().substring(OWN_PREFIX.length()) : name();
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
