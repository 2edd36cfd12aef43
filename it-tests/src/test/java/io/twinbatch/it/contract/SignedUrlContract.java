package io.twinbatch.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What signed URLs allow and refuse, tried with a plain HTTP client as a node would use. */
abstract class SignedUrlContract {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Supplier<ObjectStoreFixture> fixture;
    private final Supplier<ContainerName> container;
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    /**
     * A suite that runs inside another one.
     *
     * @param fixture gives the fixture
     * @param container gives a fresh container for each test
     */
    SignedUrlContract(Supplier<ObjectStoreFixture> fixture, Supplier<ContainerName> container) {
        this.fixture = fixture;
        this.container = container;
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.txt", "a b/ü+%20#?.txt", "deep/er"})
    void aReadUrlReadsItsObjectAndNothingElse(String name) {
        put(name, "content");
        put("other", "secret");

        SignedUrl url = store().signRead(key(name), HOUR);

        assertThat(get(url.url()).statusCode()).isEqualTo(200);
        assertThat(get(url.url()).body()).isEqualTo("content");
        assertRefused(put(url.url(), url.headers(), "changed"));
        URI other = URI.create(url.url()
                .toString()
                .replace(
                        url.url().getRawPath(),
                        container(HOUR, AccessRight.READ).ofObject("other").getRawPath()));
        assertRefused(get(other));
        assertThat(content(name)).isEqualTo("content");
    }

    @Test
    void aReadUrlMayBeSignedBeforeItsObjectIsThere() {
        SignedUrl url = store().signRead(key("later"), HOUR);
        assertThat(get(url.url()).statusCode()).isEqualTo(404);

        put("later", "now");

        assertThat(get(url.url()).body()).isEqualTo("now");
    }

    @Test
    void theRightToCreateWritesNewObjectsAndOverwritesNone() {
        put("old", "old");
        SignedUrl url = container(HOUR, AccessRight.CREATE);

        assertThat(put(url.ofObject("a b/ü%20+#?.txt"), url.headers(), "new").statusCode())
                .isEqualTo(201);
        assertRefused(put(url.ofObject("old"), url.headers(), "overwritten"));

        assertThat(content("a b/ü%20+#?.txt")).isEqualTo("new");
        assertThat(content("old")).isEqualTo("old");
        assertRefused(get(url.ofObject("old")));
        assertRefused(get(fixture.get().listing(url)));
    }

    @Test
    void theRightToWriteOverwrites() {
        put("old", "old");
        SignedUrl url = container(HOUR, AccessRight.CREATE, AccessRight.WRITE);

        assertThat(put(url.ofObject("old"), url.headers(), "overwritten").statusCode())
                .isEqualTo(201);

        assertThat(content("old")).isEqualTo("overwritten");
        assertRefused(get(url.ofObject("old")));
        assertRefused(delete(url.ofObject("old")));
    }

    @Test
    void theRightToReadReadsEveryObjectAndListsNone() {
        put("a", "A");
        put("b/c", "C");
        SignedUrl url = container(HOUR, AccessRight.READ);

        assertThat(get(url.ofObject("a")).body()).isEqualTo("A");
        assertThat(get(url.ofObject("b/c")).body()).isEqualTo("C");
        assertRefused(get(fixture.get().listing(url)));
        assertRefused(put(url.ofObject("new"), url.headers(), "x"));
    }

    @Test
    void theRightToListListsAndReadsNothing() {
        put("name-in-list", "secret");
        SignedUrl url = container(HOUR, AccessRight.LIST);

        HttpResponse<String> listing = get(fixture.get().listing(url));

        assertThat(listing.statusCode()).isEqualTo(200);
        assertThat(listing.body()).contains("name-in-list");
        assertRefused(get(url.ofObject("name-in-list")));
    }

    @Test
    void noRightReachesAnotherContainer() {
        ContainerName other = new ContainerName(container.get() + "-x");
        store().createContainer(other, Map.of());
        SignedUrl all = store().signContainer(container.get(), EnumSet.allOf(AccessRight.class), HOUR);
        String query = "?" + all.url().getRawQuery();
        SignedUrl elsewhere = store().signContainer(other, Set.of(AccessRight.LIST), HOUR);

        URI object = URI.create(elsewhere.withoutSecret() + "/new" + query);

        assertRefused(put(object, all.headers(), "x"));
        assertThat(store().list(other, "")).isEmpty();
        store().deleteContainer(other);
    }

    @Test
    void aUrlStopsWorkingWhenItExpires() throws InterruptedException {
        put("x", "x");
        Instant begin = Instant.now();
        SignedUrl url = store().signRead(key("x"), Duration.ofSeconds(1));
        assertThat(url.expires()).isBetween(begin.plusMillis(990), begin.plusSeconds(30));

        int refused = new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await(
                        "refusal of an expired URL",
                        Deadline.after(Clock.systemUTC(), Duration.ofSeconds(20)),
                        () -> Optional.of(get(url.url()).statusCode()).filter(status -> status != 200));

        assertThat(refused).isIn(401, 403);
        assertThat(Instant.now()).isAfter(url.expires().minusSeconds(1));
    }

    @Test
    void whatCannotBeSignedIsRefused() {
        List<Duration> bad = List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE));
        for (Duration lifetime : bad) {
            assertInvalid(() -> store().signRead(key("x"), lifetime));
            assertInvalid(() -> store().signContainer(container.get(), Set.of(AccessRight.READ), lifetime));
        }
        assertInvalid(() -> store().signContainer(container.get(), Set.of(), HOUR));
    }

    @Test
    void aSignedUrlDoesNotShowItsSignature() {
        SignedUrl url = store().signRead(key("x"), HOUR);

        assertThat(url.url().getRawQuery()).isNotEmpty();
        assertThat(url.toString()).doesNotContain(url.url().getRawQuery());
    }

    private ObjectStore store() {
        return fixture.get().store();
    }

    private ObjectKey key(String name) {
        return new ObjectKey(container.get(), name);
    }

    private SignedUrl container(Duration lifetime, AccessRight... rights) {
        return store().signContainer(container.get(), Set.of(rights), lifetime);
    }

    private static void assertInvalid(Supplier<SignedUrl> call) {
        BatchException failure = catchThrowableOfType(BatchException.class, call::get);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isIn(401, 403, 409);
    }

    private void put(String name, String content) {
        try {
            Path source = Files.writeString(folder.resolve("source"), content);
            store().put(key(name), source, Map.of(), TransferListener.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String content(String name) {
        try {
            Path target = folder.resolve("target");
            store().get(key(name), target, TransferListener.NONE);
            return Files.readString(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(URI url) {
        return send(HttpRequest.newBuilder(url).GET());
    }

    private HttpResponse<String> delete(URI url) {
        return send(HttpRequest.newBuilder(url).DELETE());
    }

    private HttpResponse<String> put(URI url, Map<String, String> headers, String content) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).PUT(HttpRequest.BodyPublishers.ofString(content));
        headers.forEach(request::header);
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
