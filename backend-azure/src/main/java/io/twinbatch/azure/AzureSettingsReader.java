package io.twinbatch.azure;

import static io.twinbatch.azure.AzureVariable.AZURE_BATCH_ACCESS_KEY;
import static io.twinbatch.azure.AzureVariable.AZURE_BATCH_ACCOUNT;
import static io.twinbatch.azure.AzureVariable.AZURE_BATCH_ENDPOINT;
import static io.twinbatch.azure.AzureVariable.AZURE_RESOURCE_GROUP;
import static io.twinbatch.azure.AzureVariable.AZURE_STORAGE_ACCOUNT;
import static io.twinbatch.azure.AzureVariable.AZURE_STORAGE_CONNECTION_STRING;
import static io.twinbatch.azure.AzureVariable.AZURE_STORAGE_KEY;
import static io.twinbatch.azure.AzureVariable.AZURE_SUBSCRIPTION_ID;
import static io.twinbatch.azure.AzureVariable.TWINBATCH_AZURE_API_VERSION;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.proxy.LoopbackHost;
import io.twinbatch.azure.AzureConfig.BatchAccount;
import io.twinbatch.azure.AzureConfig.Management;
import io.twinbatch.azure.AzureConfig.Registry;
import io.twinbatch.azure.AzureConfig.StorageAccount;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.storage.AccountKey;
import io.twinbatch.azure.storage.BlobStoreConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the settings of {@link AzureConfig}, and continues after a wrong one, so that all are named at once. */
final class AzureSettingsReader {
    /** <a href="https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules">Rules</a>. */
    private static final Pattern ACCOUNT_NAME = Pattern.compile("[a-z0-9]{3,24}");

    private static final Pattern SUBSCRIPTION = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern RESOURCE_GROUP = Pattern.compile("[\\p{L}\\p{N}_.()-]{1,90}");

    private final Map<String, String> settings;
    private final List<String> problems = new ArrayList<>();

    AzureSettingsReader(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    AzureConfig read() {
        Optional<BatchAccount> batch = batch();
        Optional<StorageAccount> storage = storage(batch);
        Optional<Management> management = management();
        Optional<Registry> registry = new RegistrySettings(settings, problems::add).read();
        boolean remote = batch.filter(BatchAccount::isOfEmulator).isEmpty();
        PoolSettings poolSettings = new PoolSettings(settings, remote, problems::add);
        PoolOptions pools = poolSettings.read();
        Optional<ManagedIdentity> nodeIdentity = poolSettings.nodeIdentity();
        if (!problems.isEmpty() || batch.isEmpty() || storage.isEmpty()) {
            throw new BatchException(ErrorCode.INVALID, "", "the Azure backend cannot be used: " + list(problems));
        }
        return new AzureConfig(batch.get(), storage.get(), registry, management, pools, nodeIdentity);
    }

    private static String list(List<String> problems) {
        return problems.size() == 1
                ? problems.get(0)
                : IntStream.range(0, problems.size())
                        .mapToObj(i -> "(" + (i + 1) + ") " + problems.get(i))
                        .collect(Collectors.joining("; "));
    }

    private Optional<BatchAccount> batch() {
        Optional<String> name = get(AZURE_BATCH_ACCOUNT);
        Optional<String> url = get(AZURE_BATCH_ENDPOINT);
        if (name.isEmpty()) {
            missing(AZURE_BATCH_ACCOUNT, "set it to the Batch account's name (az batch account list)");
        }
        if (url.isEmpty()) {
            missing(
                    AZURE_BATCH_ENDPOINT,
                    "set it to the Batch account's URL, https://ACCOUNT.REGION.batch.azure.com (accountEndpoint in az"
                            + " batch account show)");
        }
        name.ifPresent(text -> requireName(AZURE_BATCH_ACCOUNT, text));
        Optional<Secret> key = key(AZURE_BATCH_ACCESS_KEY, "az batch account keys list");
        Optional<String> version = get(TWINBATCH_AZURE_API_VERSION);
        version.filter(text -> !BatchEndpoint.isVersion(text))
                .ifPresent(text -> malformed(
                        TWINBATCH_AZURE_API_VERSION,
                        "a version looks like " + BatchEndpoint.DEFAULT_API_VERSION + " or 2024-07-01.20.0"));
        Optional<URI> endpoint = url.flatMap(this::endpoint);
        if (name.isEmpty() || endpoint.isEmpty()) {
            return Optional.empty();
        }
        requireSameAccount(name.get(), endpoint.get());
        if (key.isEmpty()
                && endpoint.get().getScheme().equals("http")
                && get(AZURE_BATCH_ACCESS_KEY).isEmpty()) {
            missing(AZURE_BATCH_ACCESS_KEY, "Microsoft Entra ID works over https only, and over http a key is needed");
        }
        return Optional.of(new BatchAccount(name.get(), endpoint.get(), key, version));
    }

    private Optional<URI> endpoint(String text) {
        try {
            URI url = URI.create(text.contains("://") ? text : "https://" + text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            String path = url.getRawPath() == null ? "" : url.getRawPath();
            boolean plain = url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null
                    && (path.isEmpty() || path.equals("/"));
            if (url.getHost() == null || !plain || !(scheme.equals("https") || scheme.equals("http"))) {
                malformed(AZURE_BATCH_ENDPOINT, "a URL like https://ACCOUNT.REGION.batch.azure.com is expected");
                return Optional.empty();
            }
            if (scheme.equals("http") && !LoopbackHost.matches(url.getHost())) {
                malformed(AZURE_BATCH_ENDPOINT, "http is for this machine only; use https");
                return Optional.empty();
            }
            return Optional.of(URI.create(scheme + "://" + url.getRawAuthority()));
        } catch (IllegalArgumentException e) {
            malformed(AZURE_BATCH_ENDPOINT, "a URL like https://ACCOUNT.REGION.batch.azure.com is expected");
            return Optional.empty();
        }
    }

    /** A request signed for one account and sent to another fails with words that help nobody. */
    private void requireSameAccount(String name, URI endpoint) {
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        if (AzureCloud.of(endpoint).hasAccountAt(endpoint) && !host.startsWith(name + ".")) {
            malformed(AZURE_BATCH_ENDPOINT, "it belongs to another account than AZURE_BATCH_ACCOUNT names");
        }
    }

    /** An account that is named alone is in the cloud of the Batch account. */
    private Optional<StorageAccount> storage(Optional<BatchAccount> batch) {
        Optional<String> name = get(AZURE_STORAGE_ACCOUNT);
        Optional<String> connection = get(AZURE_STORAGE_CONNECTION_STRING);
        if (connection.isPresent()) {
            return connection(connection.get(), name);
        }
        if (name.isEmpty()) {
            missing(
                    AZURE_STORAGE_ACCOUNT,
                    "set it to the storage account's name, or set AZURE_STORAGE_CONNECTION_STRING (az storage account"
                            + " show-connection-string)");
            return Optional.empty();
        }
        Optional<Secret> key = key(AZURE_STORAGE_KEY, "az storage account keys list");
        if (!requireName(AZURE_STORAGE_ACCOUNT, name.get())) {
            return Optional.empty();
        }
        AzureCloud cloud =
                batch.map(account -> AzureCloud.of(account.endpoint())).orElse(AzureCloud.PUBLIC);
        return Optional.of(new StorageAccount(name.get(), cloud.blobEndpoint(name.get()), key));
    }

    private Optional<StorageAccount> connection(String text, Optional<String> name) {
        try {
            BlobStoreConfig parsed = BlobStoreConfig.fromConnectionString(text);
            if (name.filter(named -> !named.equals(parsed.account())).isPresent()) {
                malformed(
                        AZURE_STORAGE_CONNECTION_STRING,
                        "it is of another account than AZURE_STORAGE_ACCOUNT names; unset one of them");
            }
            if (parsed.endpoint().getScheme().equalsIgnoreCase("http")
                    && !LoopbackHost.matches(parsed.endpoint().getHost())) {
                malformed(AZURE_STORAGE_CONNECTION_STRING, "http is for this machine only; use https");
            }
            AccountKey key = (AccountKey) parsed.credential();
            return Optional.of(
                    new StorageAccount(parsed.account(), parsed.endpoint(), Optional.of(new Secret(key.base64()))));
        } catch (BatchException e) {
            malformed(
                    AZURE_STORAGE_CONNECTION_STRING,
                    "a connection string with the name and the key of the account is expected (az storage account"
                            + " show-connection-string)");
            return Optional.empty();
        }
    }

    private Optional<Management> management() {
        Optional<String> subscription = get(AZURE_SUBSCRIPTION_ID);
        Optional<String> group = get(AZURE_RESOURCE_GROUP);
        subscription
                .filter(text -> !SUBSCRIPTION.matcher(text).matches())
                .ifPresent(text -> malformed(
                        AZURE_SUBSCRIPTION_ID,
                        "an identifier like 00000000-0000-0000-0000-000000000000 is expected (az account show)"));
        group.filter(text -> !RESOURCE_GROUP.matcher(text).matches())
                .ifPresent(text -> malformed(AZURE_RESOURCE_GROUP, "the name of a resource group is expected"));
        return subscription.flatMap(id -> group.map(name -> new Management(id, name)));
    }

    private Optional<Secret> key(AzureVariable variable, String whereFrom) {
        Optional<String> key = get(variable);
        if (key.isPresent() && !isBase64(key.get())) {
            malformed(variable, "the account's key is expected, as " + whereFrom + " shows it");
            return Optional.empty();
        }
        return key.map(Secret::new);
    }

    private boolean requireName(AzureVariable variable, String name) {
        boolean legal = ACCOUNT_NAME.matcher(name).matches();
        if (!legal) {
            malformed(variable, "the name of an account has 3 to 24 lower-case letters and digits");
        }
        return legal;
    }

    private Optional<String> get(AzureVariable variable) {
        return Optional.of(settings.getOrDefault(variable.name(), "").strip()).filter(value -> !value.isEmpty());
    }

    private void missing(AzureVariable variable, String advice) {
        problems.add(variable + " is not set: " + advice);
    }

    private void malformed(AzureVariable variable, String expectation) {
        problems.add(variable + " is wrong: " + expectation);
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
