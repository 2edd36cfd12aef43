package io.twinbatch.app.portal.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.proxy.HttpProxy;
import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads containers and objects by parts, whatever their size. */
public final class ObjectReader {
    /** How many names a page has. */
    public static final int PAGE = 100;

    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final ProxyChoice proxies;
    private final HttpClient client;

    /**
     * Reads from stores.
     *
     * @param proxies chooses the way to them
     */
    public ObjectReader(ProxyChoice proxies) {
        this.proxies = proxies;
        this.client = HttpClient.newBuilder()
                .proxy(proxies.selector())
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    /**
     * Some names of many.
     *
     * @param items what is on the page
     * @param page its number, from 1
     * @param more whether there are further ones
     */
    public record Page<T>(List<T> items, int page, boolean more) {
        private static <T> Page<T> of(Stream<T> all, int page) {
            List<T> found = all.skip((long) (page - 1) * PAGE).limit(PAGE + 1L).toList();
            return new Page<>(found.subList(0, Math.min(PAGE, found.size())), page, found.size() > PAGE);
        }
    }

    /** The containers, by name. */
    public Page<ContainerInfo> containers(ObjectStore store, String prefix, int page) {
        try (Stream<ContainerInfo> all = store.listContainers(prefix)) {
            return Page.of(all, page);
        }
    }

    /** The objects of a container whose names begin with a prefix, by name. */
    public Page<ObjectInfo> objects(ObjectStore store, ContainerName container, String prefix, int page) {
        try (Stream<ObjectInfo> all = store.list(container, prefix)) {
            return Page.of(all, page);
        }
    }

    /**
     * An object.
     *
     * @throws BatchException {@code NOT_FOUND} when it is not there
     */
    public ObjectInfo info(ObjectStore store, ObjectKey key) {
        Optional<ObjectInfo> info = store.head(key);
        return info.orElseThrow(
                () -> new BatchException(ErrorCode.NOT_FOUND, "object " + key, "there is no such object"));
    }

    /** The end of an object that is text. */
    public LogPart end(ObjectStore store, ObjectInfo object) {
        return parts(store, object).end();
    }

    /** The beginning of an object. */
    public LogPart preview(ObjectStore store, ObjectInfo object) {
        return parts(store, object).from(0);
    }

    private LogReader parts(ObjectStore store, ObjectInfo object) {
        return new LogReader(
                "object " + object.key(),
                () -> Optional.of(object.size()),
                offset -> offset >= object.size()
                        ? InputStream.nullInputStream()
                        : open(store, object.key(), "bytes=" + offset + "-" + (offset + LogReader.PART_BYTES)));
    }

    /** Writes a whole object, as it comes. */
    public void copy(ObjectStore store, ObjectInfo object, OutputStream out) throws IOException {
        if (object.size() == 0) {
            return;
        }
        try (InputStream in = open(store, object.key(), "bytes=0-")) {
            in.transferTo(out);
        }
    }

    private InputStream open(ObjectStore store, ObjectKey key, String range) {
        SignedUrl url = store.signRead(key, LIFETIME);
        HttpRequest.Builder request = HttpRequest.newBuilder(url.url()).header("Range", range);
        proxies.route(url.url())
                .proxy()
                .flatMap(HttpProxy::authorization)
                .ifPresent(value -> request.header("Proxy-Authorization", value));
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() / 100 != 2) {
                answer.body().close();
                throw new BatchException(
                        answer.statusCode() == 404 ? ErrorCode.NOT_FOUND : ErrorCode.UNAVAILABLE,
                        "object " + key,
                        "the object store answered with status " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw unreadable(key, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException(ErrorCode.UNKNOWN, "object " + key, "interrupted while it was read", e);
        }
    }

    private static BatchException unreadable(ObjectKey key, IOException reason) {
        return new BatchException(
                ErrorCode.UNAVAILABLE, "object " + key, "it could not be read: " + FailureReason.of(reason), reason);
    }
}
