package io.twinbatch.azure.client;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a Batch account's service is, and which version of its protocol is spoken.
 *
 * @param url the account's URL, such as {@code https://ACCOUNT.REGION.batch.azure.com}, without a slash at its end
 * @param apiVersion the protocol's version, such as {@code 2025-06-01}
 */
public record BatchEndpoint(URI url, String apiVersion) {
    /** The version that is spoken unless another one is asked for. */
    public static final String DEFAULT_API_VERSION = "2025-06-01";

    /**
     * Versions up to 2024-07-01.20.0 end with two numbers; later ones, such as 2025-06-01, are a date (<a
     * href="https://learn.microsoft.com/rest/api/batchservice/batch-service-rest-api-versioning">versions</a>).
     */
    private static final Pattern API_VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(\\.\\d+\\.\\d+)?");

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when a part is malformed. */
    public BatchEndpoint {
        Objects.requireNonNull(apiVersion, "apiVersion");
        String scheme = url.getScheme();
        if (!("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme)) || url.getHost() == null) {
            throw invalid("the endpoint has to be a URL such as https://ACCOUNT.REGION.batch.azure.com");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null || url.getRawUserInfo() != null) {
            throw invalid("the endpoint has to be a plain URL, without a query, a fragment or a user");
        }
        if (!isVersion(apiVersion)) {
            throw invalid(
                    "an API version looks like " + DEFAULT_API_VERSION + " or 2024-07-01.20.0, not " + apiVersion);
        }
        String text = url.toString();
        url = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    /** Whether a text has the form of a version. */
    public static boolean isVersion(String text) {
        return API_VERSION.matcher(text).matches();
    }

    /** An account's service, spoken to in the default version. */
    public BatchEndpoint(URI url) {
        this(url, DEFAULT_API_VERSION);
    }

    /** Whether the service is on this machine, as an emulator is. */
    boolean isLoopback() {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private static BatchException invalid(String message) {
        return new BatchException(ErrorCode.INVALID, "Batch account", message);
    }
}
