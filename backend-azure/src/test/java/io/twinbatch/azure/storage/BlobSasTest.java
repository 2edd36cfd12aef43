package io.twinbatch.azure.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.sas.SasProtocol;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.SignedUrl;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The storage client of Azure signs too; where both sign the same, the signatures have to be the same. */
class BlobSasTest {
    private static final String KEY = "c2VjcmV0LXNlY3JldA==";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final ContainerName CONTAINER = new ContainerName("inputs");

    /** The version that the storage client signs with, whatever it is told. */
    private static final BlobServiceVersion CLIENT_VERSION = BlobServiceVersion.getLatest();

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b/ü%20+#?&=.txt", "😀"})
    void aReadUrlIsSignedAsTheOfficialClientSignsIt(String name) {
        for (String endpoint : List.of("https://mine.blob.core.windows.net", "http://127.0.0.1:10000/mine")) {
            SignedUrl ours = sas(endpoint, NOW).read(new ObjectKey(CONTAINER, name), Duration.ofHours(2));
            BlobServiceSasSignatureValues values = new BlobServiceSasSignatureValues(
                            NOW.plus(Duration.ofHours(2)).atOffset(ZoneOffset.UTC),
                            new BlobSasPermission().setReadPermission(true))
                    .setProtocol(protocol(endpoint));

            assertSameQuery(ours, client(endpoint).getBlobClient(name).generateSas(values));
        }
    }

    @Test
    void aContainerUrlIsSignedAsTheOfficialClientSignsIt() {
        String endpoint = "https://mine.blob.core.windows.net";
        SignedUrl ours = sas(endpoint, NOW).container(CONTAINER, EnumSet.allOf(AccessRight.class), Duration.ofDays(7));
        BlobContainerSasPermission permission = new BlobContainerSasPermission()
                .setReadPermission(true)
                .setCreatePermission(true)
                .setWritePermission(true)
                .setListPermission(true);
        BlobServiceSasSignatureValues values = new BlobServiceSasSignatureValues(
                        NOW.plus(Duration.ofDays(7)).atOffset(ZoneOffset.UTC), permission)
                .setProtocol(SasProtocol.HTTPS_ONLY);

        assertSameQuery(ours, client(endpoint).generateSas(values));
        assertThat(ours.withoutSecret()).isEqualTo(endpoint + "/inputs");
        assertThat(ours.headers()).isEqualTo(Map.of("x-ms-blob-type", "BlockBlob"));
    }

    @Test
    void aUrlNamesNoStartSoThatAClockThatIsBehindDoesNotMatter() {
        SignedUrl url = sas("https://mine.blob.core.windows.net", NOW).read(key(), Duration.ofHours(1));

        assertThat(url.url().getRawQuery()).doesNotContain("st=");
    }

    @Test
    void aLifetimeIsRoundedUpToWholeSeconds() {
        BlobSas sas = sas("https://mine.blob.core.windows.net", NOW.plusMillis(1));

        assertThat(sas.read(key(), Duration.ofMillis(1)).expires()).isEqualTo(NOW.plusSeconds(1));
        assertThat(sas.read(key(), Duration.ofMillis(999)).expires()).isEqualTo(NOW.plusSeconds(1));
        assertThat(sas.read(key(), Duration.ofSeconds(1)).expires()).isEqualTo(NOW.plusSeconds(2));
    }

    private static ObjectKey key() {
        return new ObjectKey(CONTAINER, "x");
    }

    private static BlobSas sas(String endpoint, Instant now) {
        AccountKey key = new AccountKey(KEY);
        BlobStoreConfig config = new BlobStoreConfig(URI.create(endpoint), "mine", key);
        return new BlobSas(config, CLIENT_VERSION, new AccountKeySigner(key), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static SasProtocol protocol(String endpoint) {
        return endpoint.startsWith("https") ? SasProtocol.HTTPS_ONLY : SasProtocol.HTTPS_HTTP;
    }

    private static BlobContainerClient client(String endpoint) {
        return new BlobServiceClientBuilder()
                .endpoint(endpoint)
                .credential(new StorageSharedKeyCredential("mine", KEY))
                .buildClient()
                .getBlobContainerClient(CONTAINER.value());
    }

    private static void assertSameQuery(SignedUrl ours, String theirs) {
        assertThat(ours.url().getRawQuery().split("&")).containsExactlyInAnyOrder(theirs.split("&"));
    }
}
