package io.twinbatch.azure;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * A cloud of Azure: where its services are. The endpoint of the Batch account says which one it is. The values are those of
 * the <a href="https://github.com/Azure/azure-cli/blob/dev/src/azure-cli-core/azure/cli/core/cloud.py">Azure CLI</a>.
 *
 * @param batchDomain the end of the hosts of Batch accounts
 * @param storageDomain the end of the hosts of storage accounts, after {@code blob.}
 * @param signIn Microsoft Entra ID
 * @param management the management service
 * @param batchScope what a token for the Batch service is asked for; the name of the resource ends with a slash, so that
 *     there are two, as in the published client for JavaScript (<a
 *     href="https://github.com/Azure/azure-sdk-for-js/tree/main/sdk/batch">source</a>)
 */
public record AzureCloud(String batchDomain, String storageDomain, URI signIn, URI management, String batchScope) {
    /** Azure's public cloud. */
    public static final AzureCloud PUBLIC = new AzureCloud(
            "batch.azure.com",
            "core.windows.net",
            URI.create("https://login.microsoftonline.com"),
            URI.create("https://management.azure.com"),
            "https://batch.core.windows.net//.default");

    private static final AzureCloud US_GOVERNMENT = new AzureCloud(
            "batch.usgovcloudapi.net",
            "core.usgovcloudapi.net",
            URI.create("https://login.microsoftonline.us"),
            URI.create("https://management.usgovcloudapi.net"),
            "https://batch.core.usgovcloudapi.net//.default");

    private static final AzureCloud CHINA = new AzureCloud(
            "batch.chinacloudapi.cn",
            "core.chinacloudapi.cn",
            URI.create("https://login.chinacloudapi.cn"),
            URI.create("https://management.chinacloudapi.cn"),
            "https://batch.chinacloudapi.cn//.default");

    /** The cloud of a Batch account; the public one for an endpoint of no cloud, such as an emulator. */
    public static AzureCloud of(URI batchEndpoint) {
        return List.of(US_GOVERNMENT, CHINA).stream()
                .filter(cloud -> cloud.hasAccountAt(batchEndpoint))
                .findFirst()
                .orElse(PUBLIC);
    }

    /** Whether an endpoint is that of an account of this cloud. */
    boolean hasAccountAt(URI batchEndpoint) {
        return batchEndpoint.getHost().toLowerCase(Locale.ROOT).endsWith("." + batchDomain);
    }

    /** The blob service of a storage account. */
    URI blobEndpoint(String account) {
        return URI.create("https://" + account + ".blob." + storageDomain);
    }
}
