package io.twinbatch.api.storage;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A URL that works without credentials until it expires. It is a secret: it belongs in a task's environment or in a
 * file, never on a command line or in a log, so {@link #toString()} leaves its query out.
 *
 * @param url the URL with its signature
 * @param headers HTTP headers that a write through this URL has to send, so that its user needs no SDK
 * @param expires when it stops working
 */
public record SignedUrl(URI url, Map<String, String> headers, Instant expires) {
    public SignedUrl {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(expires, "expires");
        headers = Map.copyOf(headers);
    }

    /**
     * The URL of one object below this URL of a container, with the same signature.
     *
     * @param objectName the object's name; slashes in it stay slashes
     */
    public URI ofObject(String objectName) {
        String path = url.getRawPath();
        String base = path.endsWith("/") ? path : path + "/";
        String encoded = URLEncoder.encode(objectName, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + base + encoded + query);
    }

    /** The URL without its query, which holds the signature. */
    public String withoutSecret() {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }

    @Override
    public String toString() {
        return withoutSecret() + " (signed, expires " + expires + ")";
    }
}
