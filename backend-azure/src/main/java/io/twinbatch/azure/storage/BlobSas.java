package io.twinbatch.azure.storage;

import com.azure.storage.blob.BlobServiceVersion;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.SignedUrl;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes URLs that work without credentials.
 *
 * <p>The storage client can sign too, but always names the newest version of the protocol that it knows, which an
 * emulator may not know yet; and signing has to cost nothing, because a run signs one URL for each input.
 */
final class BlobSas {
    private static final String BLOB = "b";
    private static final String CONTAINER = "c";

    /** The last moment that a four-digit year can name. */
    private static final Instant LAST_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

    /** A write through the URL makes a block blob, the only kind that this store has. */
    private static final Map<String, String> WRITE_HEADERS = Map.of("x-ms-blob-type", "BlockBlob");

    private final BlobStoreConfig config;
    private final BlobServiceVersion version;
    private final SasSigner signer;
    private final Clock clock;

    BlobSas(BlobStoreConfig config, BlobServiceVersion version, SasSigner signer, Clock clock) {
        this.config = config;
        this.version = version;
        this.signer = signer;
        this.clock = clock;
    }

    SignedUrl read(ObjectKey key, Duration lifetime) {
        SignedUrl container = sign(key.container(), BLOB, "/" + key.name(), "r", lifetime, "object " + key);
        return new SignedUrl(container.ofObject(key.name()), container.headers(), container.expires());
    }

    SignedUrl container(ContainerName container, Set<AccessRight> rights, Duration lifetime) {
        String resource = "container " + container;
        if (rights.isEmpty()) {
            throw new BatchException(ErrorCode.INVALID, resource, "a signed URL has to grant at least one right");
        }
        return sign(container, CONTAINER, "", letters(rights), lifetime, resource);
    }

    private SignedUrl sign(
            ContainerName container, String kind, String path, String letters, Duration lifetime, String resource) {
        Instant expires = signer.expiry(expiry(lifetime, resource));
        String protocol = config.endpoint().getScheme().equalsIgnoreCase("https") ? "https" : "https,http";
        String canonical = "/blob/" + config.account() + "/" + container + path;
        Map<String, String> query = new LinkedHashMap<>();
        query.put("sv", version.getVersion());
        query.put("spr", protocol);
        query.put("se", expires.toString());
        query.put("sr", kind);
        query.put("sp", letters);
        query.putAll(signer.sign(
                new SasValues(resource, kind, canonical, letters, expires, protocol, version.getVersion())));
        URI url = URI.create(config.endpoint() + "/" + container + "?" + encoded(query));
        return new SignedUrl(url, WRITE_HEADERS, expires);
    }

    private Instant expiry(Duration lifetime, String resource) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new BatchException(
                    ErrorCode.INVALID, resource, "a signed URL has to live longer than zero, not " + lifetime);
        }
        try {
            // A SAS knows whole seconds; rounding up keeps the promise of the full lifetime.
            Instant exact = clock.instant().plus(lifetime);
            Instant expires = exact.truncatedTo(ChronoUnit.SECONDS);
            Instant rounded = expires.equals(exact) ? expires : expires.plusSeconds(1);
            if (!rounded.isAfter(LAST_EXPIRY)) {
                return rounded;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new BatchException(ErrorCode.INVALID, resource, tooLong(lifetime), e);
        }
        throw new BatchException(ErrorCode.INVALID, resource, tooLong(lifetime));
    }

    private static String tooLong(Duration lifetime) {
        return "a signed URL cannot live as long as " + lifetime + ": it would expire after " + LAST_EXPIRY;
    }

    /** The service wants the letters in this order. */
    private static String letters(Set<AccessRight> rights) {
        StringBuilder letters = new StringBuilder();
        for (AccessRight right :
                new AccessRight[] {AccessRight.READ, AccessRight.CREATE, AccessRight.WRITE, AccessRight.LIST}) {
            if (rights.contains(right)) {
                letters.append(letter(right));
            }
        }
        return letters.toString();
    }

    private static char letter(AccessRight right) {
        return switch (right) {
            case READ -> 'r';
            case CREATE -> 'c';
            case WRITE -> 'w';
            case LIST -> 'l';
        };
    }

    private static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
