package io.twinbatch.azure.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.azure.stub.FixedToken;
import io.twinbatch.azure.stub.StubServer;
import io.twinbatch.azure.stub.StubServer.Answer;
import io.twinbatch.azure.stub.StubServer.Request;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Signing without an account key; the storage client of Azure, which signs too, is the measure. */
class DelegationSasTest {
    private static final String ENDPOINT = "https://mine.blob.core.windows.net";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final ContainerName CONTAINER = new ContainerName("inputs");
    private static final ObjectKey KEY = new ObjectKey(CONTAINER, "x");

    /** The version that the storage client signs with, whatever it is told. */
    private static final BlobServiceVersion CLIENT_VERSION = BlobServiceVersion.getLatest();

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final List<OffsetDateTime> fetched = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b/ü%20+#?&=.txt", "😀"})
    void aReadUrlIsSignedAsTheOfficialClientSignsIt(String name) {
        SignedUrl ours = sas().read(new ObjectKey(CONTAINER, name), Duration.ofHours(2));
        BlobServiceSasSignatureValues values = new BlobServiceSasSignatureValues(
                        at(Duration.ofHours(2)), new BlobSasPermission().setReadPermission(true))
                .setProtocol(SasProtocol.HTTPS_ONLY);

        assertSameQuery(
                ours,
                client().getBlobClient(name)
                        .generateUserDelegationSas(values, key(at(DelegationKeys.MAX_DURATION)), "mine", Context.NONE));
    }

    @Test
    void aContainerUrlIsSignedAsTheOfficialClientSignsIt() {
        SignedUrl ours = sas().container(CONTAINER, EnumSet.allOf(AccessRight.class), Duration.ofDays(1));
        BlobContainerSasPermission permission = new BlobContainerSasPermission()
                .setReadPermission(true)
                .setCreatePermission(true)
                .setWritePermission(true)
                .setListPermission(true);
        BlobServiceSasSignatureValues values = new BlobServiceSasSignatureValues(at(Duration.ofDays(1)), permission)
                .setProtocol(SasProtocol.HTTPS_ONLY);

        assertSameQuery(
                ours,
                client().generateUserDelegationSas(values, key(at(DelegationKeys.MAX_DURATION)), "mine", Context.NONE));
    }

    @Test
    void aKeyIsFetchedOnceForAllThatItOutlives() {
        BlobSas sas = sas();
        for (int i = 0; i < 100; i++) {
            sas.read(KEY, Duration.ofHours(2));
        }
        now.set(NOW.plus(Duration.ofDays(6)));
        sas.read(KEY, Duration.ofHours(2));

        assertThat(fetched).containsExactly(at(DelegationKeys.MAX_DURATION));
    }

    @Test
    void aKeyThatWouldEndBeforeTheUrlIsReplaced() {
        BlobSas sas = sas();
        sas.read(KEY, Duration.ofHours(2));
        now.set(NOW.plus(DelegationKeys.MAX_DURATION).minusSeconds(60));
        sas.read(KEY, Duration.ofHours(2));

        assertThat(fetched).hasSize(2);
        assertThat(fetched.get(1).toInstant())
                .isEqualTo(now.get().plus(DelegationKeys.MAX_DURATION))
                .isAfter(NOW.plus(DelegationKeys.MAX_DURATION));
    }

    @Test
    void aUrlThatWouldOutliveEveryKeyIsRefusedWithoutAskingForOne() {
        BatchException failure = catchThrowableOfType(BatchException.class, () -> sas().read(KEY, Duration.ofDays(7)));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(failure).hasMessageContaining("object inputs/x").hasMessageContaining("less than 7 days");
        assertThat(fetched).isEmpty();
    }

    @Test
    void aLifetimeThatNoKeyHasIsCutForNodesThatNeedNoSignature() {
        assertThat(sas(true).read(KEY, Duration.ofDays(30)).expires()).isEqualTo(NOW.plus(DelegationKeys.MAX_DURATION));
        assertThat(sas(true).read(KEY, Duration.ofDays(1)).expires()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void theLongestLifetimeCanBeHadAlsoWhenItIsNoWholeNumberOfSeconds() {
        now.set(NOW.plusMillis(1));

        assertThat(sas().read(KEY, DelegationKeys.MAX_DURATION).expires())
                .isEqualTo(NOW.plus(DelegationKeys.MAX_DURATION).plusSeconds(1));
        assertThat(fetched).containsExactly(at(DelegationKeys.MAX_DURATION).plusSeconds(1));
    }

    @Test
    void theKeyIsAskedForWithTheTokenOfTheIdentity() {
        FixedToken token = new FixedToken();
        try (StubServer service = StubServer.start(DelegationSasTest::answerWithKey)) {
            BlobObjectStore store = store(service, token);

            SignedUrl url = store.signRead(KEY, Duration.ofHours(1));
            store.signRead(KEY, Duration.ofHours(1));

            assertThat(service.requests()).hasSize(1);
            Request request = service.requests().get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.host()).isEqualTo("mine.blob.core.windows.net");
            assertThat(request.uri().getQuery().split("&"))
                    .containsExactlyInAnyOrder("restype=service", "comp=userdelegationkey");
            assertThat(request.authorization()).isEqualTo("Bearer " + FixedToken.TOKEN);
            assertThat(request.body()).contains("<Expiry>2026-03-08T09:55:00Z</Expiry>");
            assertThat(token.scopes()).containsOnly("https://storage.azure.com/.default");
            assertThat(url.url().getRawQuery()).contains("skoid=oid", "sv=2026-06-06", "ske=2026-03-08T09%3A55%3A00Z");
        }
    }

    @Test
    void anIdentityWithoutTheRoleIsToldWhichOne() {
        try (StubServer service = StubServer.start(request -> new Answer(
                403,
                Map.of("Content-Type", "application/xml", "x-ms-error-code", "AuthorizationPermissionMismatch"),
                "<?xml version=\"1.0\"?><Error><Code>AuthorizationPermissionMismatch</Code><Message>This request is"
                        + " not authorized.</Message></Error>"))) {
            BlobObjectStore store = store(service, new FixedToken());

            BatchException failure =
                    catchThrowableOfType(BatchException.class, () -> store.signRead(KEY, Duration.ofHours(1)));

            assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure).hasMessageContaining("Storage Blob Data Contributor");
        }
    }

    @Test
    void aSignInThatFailedIsToldInOneLineThoughTheClientKeepsItsCauseAlone() {
        ClientAuthenticationException cause =
                new ClientAuthenticationException("a\npage\nof words", null, new IllegalStateException("deep"));
        BatchException refusal = new BatchException(ErrorCode.UNAUTHENTICATED, "sign-in", "no", cause);
        try (StubServer service = StubServer.start(DelegationSasTest::answerWithKey)) {
            BlobObjectStore store = new BlobObjectStore(
                    config(new StorageToken(request -> Mono.error(refusal))),
                    service::client,
                    Clock.fixed(NOW, ZoneOffset.UTC));

            BatchException failure = catchThrowableOfType(BatchException.class, () -> store.containerExists(CONTAINER));

            assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(failure).hasMessageContaining("az login");
            assertThat(failure.getMessage()).hasLineCount(1);
        }
    }

    @Test
    void aCredentialThatCannotSignInIsHeard() {
        try (StubServer service = StubServer.start(DelegationSasTest::answerWithKey)) {
            BatchException refusal = new BatchException(ErrorCode.UNAUTHENTICATED, "sign-in", "run az login");
            BlobObjectStore store = new BlobObjectStore(
                    config(new StorageToken(request -> Mono.error(refusal))),
                    service::client,
                    Clock.fixed(NOW, ZoneOffset.UTC));

            assertThat(catchThrowableOfType(BatchException.class, () -> store.containerExists(CONTAINER)))
                    .isSameAs(refusal);
        }
    }

    private static Answer answerWithKey(Request request) {
        return Answer.xml(
                200,
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><UserDelegationKey><SignedOid>oid</SignedOid>"
                        + "<SignedTid>tid</SignedTid><SignedStart>2026-03-01T10:00:00Z</SignedStart>"
                        + "<SignedExpiry>2026-03-08T09:55:00Z</SignedExpiry><SignedService>b</SignedService>"
                        + "<SignedVersion>2026-06-06</SignedVersion><Value>c2VjcmV0</Value></UserDelegationKey>");
    }

    private static BlobObjectStore store(StubServer service, FixedToken token) {
        return new BlobObjectStore(config(new StorageToken(token)), service::client, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static BlobStoreConfig config(StorageCredential credential) {
        return new BlobStoreConfig(URI.create(ENDPOINT), "mine", credential);
    }

    private BlobSas sas() {
        return sas(false);
    }

    private BlobSas sas(boolean shortens) {
        DelegationKeys keys = new DelegationKeys(
                end -> {
                    fetched.add(end);
                    return key(end);
                },
                new MovingClock());
        return new BlobSas(
                config(new StorageToken(new FixedToken())),
                CLIENT_VERSION,
                new DelegationKeySigner(keys, shortens),
                new MovingClock());
    }

    private static OffsetDateTime at(Duration later) {
        return NOW.plus(later).atOffset(ZoneOffset.UTC);
    }

    private static UserDelegationKey key(OffsetDateTime expiry) {
        return new UserDelegationKey()
                .setSignedObjectId("oid")
                .setSignedTenantId("tid")
                .setSignedStart(NOW.atOffset(ZoneOffset.UTC))
                .setSignedExpiry(expiry)
                .setSignedService("b")
                .setSignedVersion("2026-06-06")
                .setValue("c2VjcmV0");
    }

    private static BlobContainerClient client() {
        return new BlobServiceClientBuilder()
                .endpoint(ENDPOINT)
                .credential(new FixedToken())
                .buildClient()
                .getBlobContainerClient(CONTAINER.value());
    }

    private static void assertSameQuery(SignedUrl ours, String theirs) {
        assertThat(ours.url().getRawQuery().split("&")).containsExactlyInAnyOrder(theirs.split("&"));
    }

    private final class MovingClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
