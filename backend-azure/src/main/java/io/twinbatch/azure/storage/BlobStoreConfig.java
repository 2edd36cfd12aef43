package io.twinbatch.azure.storage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where a blob store is and how to sign in to it. Azure and Azurite differ in nothing else: Azure has the account in
 * the endpoint's host name, Azurite in its path.
 *
 * @param endpoint the blob service's URL, such as {@code https://ACCOUNT.blob.core.windows.net} or
 *     {@code http://127.0.0.1:10000/ACCOUNT}
 * @param account the storage account's name
 * @param credential the account's shared key, or an identity of Microsoft Entra ID; the latter works over https only
 * @param pageSize how many containers or objects one request lists, 1 to 5000
 */
public record BlobStoreConfig(URI endpoint, String account, StorageCredential credential, int pageSize) {
    private static final int MAX_PAGE_SIZE = 5000;
    private static final String PUBLIC_CLOUD = "core.windows.net";
    private static final URI EMULATOR = URI.create("http://127.0.0.1:10000/devstoreaccount1");

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when a part is missing or malformed. */
    public BlobStoreConfig {
        Objects.requireNonNull(credential, "credential");
        String scheme = endpoint.getScheme();
        if (!("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme)) || endpoint.getHost() == null) {
            throw invalid("the endpoint has to be a http or https URL with a host");
        }
        if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null || endpoint.getRawUserInfo() != null) {
            throw invalid("the endpoint has to be a plain URL, without a query, a fragment or a user");
        }
        if (credential instanceof StorageToken && !"https".equalsIgnoreCase(scheme)) {
            throw invalid("without the account's key the endpoint has to be a https URL");
        }
        if (account.isBlank()) {
            throw invalid("the account's name is missing");
        }
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw invalid("the page size is 1 to " + MAX_PAGE_SIZE + ", not " + pageSize);
        }
        String text = endpoint.toString();
        endpoint = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : endpoint;
    }

    /** A blob store whose listings are fetched in the largest pages. */
    public BlobStoreConfig(URI endpoint, String account, StorageCredential credential) {
        this(endpoint, account, credential, MAX_PAGE_SIZE);
    }

    /**
     * Reads a connection string as the Azure portal and the Azure CLI show it, or {@code UseDevelopmentStorage=true}.
     *
     * @throws BatchException {@code INVALID} when it is not one, or has no account key; the message never shows it
     */
    public static BlobStoreConfig fromConnectionString(String connectionString) {
        Map<String, String> fields = fields(connectionString);
        if ("true".equalsIgnoreCase(fields.get("usedevelopmentstorage"))) {
            return emulator(EMULATOR);
        }
        String account = fields.getOrDefault("accountname", "");
        String key = fields.getOrDefault("accountkey", "");
        if (account.isEmpty() || key.isEmpty()) {
            throw invalid("the connection string has to name AccountName and AccountKey"
                    + (fields.containsKey("sharedaccesssignature") ? "; a shared access signature will not do" : ""));
        }
        return new BlobStoreConfig(blobEndpoint(fields, account), account, new AccountKey(key));
    }

    /**
     * A storage emulator that runs with the account and key that the protocol's documentation publishes for emulators.
     *
     * @param endpoint its URL, with or without the account as its path
     */
    public static BlobStoreConfig emulator(URI endpoint) {
        // Not a secret:
        // https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key
        String key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        String account = "devstoreaccount1";
        String path = endpoint.getRawPath() == null ? "" : endpoint.getRawPath();
        boolean bare = path.isEmpty() || path.equals("/");
        URI full =
                bare ? URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority() + "/" + account) : endpoint;
        return new BlobStoreConfig(full, account, new AccountKey(key));
    }

    /**
     * The connection string that leads to this store, the opposite of {@link #fromConnectionString}. It holds the
     * account's key.
     *
     * @throws BatchException {@code INVALID} when an identity signs in, and no key is known
     */
    public String connectionString() {
        if (!(credential instanceof AccountKey key)) {
            throw invalid("without the account's key there is no connection string");
        }
        return "DefaultEndpointsProtocol=" + endpoint.getScheme() + ";AccountName=" + account + ";AccountKey="
                + key.base64() + ";BlobEndpoint=" + endpoint + ";";
    }

    /** The same store, listed in pages of another size. */
    public BlobStoreConfig withPageSize(int size) {
        return new BlobStoreConfig(endpoint, account, credential, size);
    }

    /** Whether the account is the first part of the endpoint's path, as an emulator has it. */
    boolean accountInPath() {
        return endpoint.getRawPath() != null && !endpoint.getRawPath().isEmpty();
    }

    private static Map<String, String> fields(String connectionString) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String part : connectionString.strip().split(";", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw invalid("the connection string is not a list of NAME=VALUE parted by semicolons");
            }
            fields.put(
                    part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                    part.substring(equals + 1).strip());
        }
        return fields;
    }

    private static URI blobEndpoint(Map<String, String> fields, String account) {
        String named = fields.get("blobendpoint");
        String protocol = fields.getOrDefault("defaultendpointsprotocol", "https");
        String suffix = fields.getOrDefault("endpointsuffix", PUBLIC_CLOUD);
        String text = named == null ? protocol + "://" + account + ".blob." + suffix : named;
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new BatchException(
                    ErrorCode.INVALID, "storage account", "its blob endpoint is not a URL: " + text, e);
        }
    }

    private static BatchException invalid(String message) {
        return new BatchException(ErrorCode.INVALID, "storage account", message);
    }
}
