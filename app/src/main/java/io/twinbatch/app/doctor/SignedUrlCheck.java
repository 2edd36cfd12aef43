package io.twinbatch.app.doctor;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.proxy.HttpProxy;
import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.workflow.model.RunTags;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Puts a small file into an object store, fetches it as a node would, by a signed URL alone, and removes it again.
 */
final class SignedUrlCheck {
    private static final String NAME = "Signed URL";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ObjectStore store;
    private final RunTags tags;
    private final ProxyChoice proxies;

    /**
     * A trip.
     *
     * @param tags what stands in the metadata of the container that is made for it
     * @param proxies chooses the way to the store
     */
    SignedUrlCheck(ObjectStore store, RunTags tags, ProxyChoice proxies) {
        this.proxies = proxies;
        this.store = store;
        this.tags = tags;
    }

    Check check(Path file) {
        ContainerName container = tags.run().container("doctor");
        try {
            // Marked as a run's containers are, so that a cleanup finds it should this process die now.
            store.createContainer(container, tags.toMetadata());
            try {
                return fetch(container, file);
            } finally {
                store.deleteContainer(container);
            }
        } catch (BatchException e) {
            return Check.fail(NAME, e.getMessage(), "make sure that containers can be created and deleted");
        }
    }

    private Check fetch(ContainerName container, Path file) {
        ObjectKey key = new ObjectKey(container, "text");
        store.put(key, file, Map.of(), TransferListener.NONE);
        SignedUrl url = store.signRead(key, Duration.ofMinutes(5));
        try {
            HttpClient client = HttpClient.newBuilder()
                    .proxy(proxies.selector())
                    .connectTimeout(LIMIT)
                    .build();
            HttpRequest.Builder request = HttpRequest.newBuilder(url.url()).timeout(LIMIT);
            proxies.route(url.url())
                    .proxy()
                    .flatMap(HttpProxy::authorization)
                    .ifPresent(value -> request.header("Proxy-Authorization", value));
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                return Check.fail(
                        NAME,
                        url.withoutSecret() + " answered with status " + answer.statusCode(),
                        "allow shared access signatures and this network in the storage account's settings");
            }
            return Arrays.equals(answer.body(), Files.readAllBytes(file))
                    ? Check.ok(NAME, "an object was stored, downloaded by its signed URL, and deleted")
                    : Check.fail(NAME, url.withoutSecret() + " returned other bytes than were stored", "");
        } catch (IOException e) {
            return Check.fail(
                    NAME, url.withoutSecret() + " cannot be fetched: " + FailureReason.of(e), "check the network");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.fail(NAME, "interrupted", "");
        }
    }
}
