package io.twinbatch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.local.node.AccountUrl;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountStorageTest {
    private static final String ENDPOINT = "http://127.0.0.1:10000/devstoreaccount1";

    private final AccountStorage storage = new AccountStorage(() -> BlobStoreConfig.emulator(URI.create(ENDPOINT)));

    private static SignedUrl link(URI url) {
        return new SignedUrl(url, Map.of("x-ms-blob-type", "BlockBlob"), Instant.MAX);
    }

    private SignedUrl byIdentity(String url) {
        return storage.signed(link(AccountUrl.byIdentity(URI.create(url))));
    }

    @Test
    void aContainerOfTheAccountIsSigned() {
        SignedUrl signed = storage.signed(AccountUrl.ofAutoStorage(new ContainerName("c-1")));
        assertThat(signed.withoutSecret()).isEqualTo(ENDPOINT + "/c-1");
        assertThat(signed.url().getQuery()).contains("sig=", "sr=c", "sp=rcwl");
        assertThat(signed.expires()).isBefore(Instant.now().plusSeconds(90_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/c-1", "/c-1/a%20b/%C3%A9.txt", "/c-1/x%3Fy%2523"})
    void whatAnIdentityReachesInTheAccountIsSigned(String path) {
        SignedUrl signed = byIdentity(ENDPOINT + path);
        assertThat(signed.withoutSecret()).isEqualTo(ENDPOINT + path);
        assertThat(signed.url().getQuery()).contains("sig=");
        assertThat(signed.headers()).containsOnlyKeys("x-ms-blob-type");
    }

    @Test
    void thisMachineHasSeveralNames() {
        assertThat(byIdentity("http://localhost:10000/devstoreaccount1/c-1").withoutSecret())
                .isEqualTo(ENDPOINT + "/c-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:10001/devstoreaccount1/c-1/x",
                "http://127.0.0.1:10000/other/c-1/x",
                "http://127.0.0.1:10000/devstoreaccount1",
                "http://127.0.0.1:10000/devstoreaccount1/",
                "http://127.0.0.1:10000/devstoreaccount1/$logs/x",
                "http://example.com:10000/devstoreaccount1/c-1/x"
            })
    void whatIsElsewhereIsReachedWithoutASignature(String url) {
        assertThat(byIdentity(url).url()).isEqualTo(URI.create(url));
    }

    @Test
    void anyOtherUrlIsUsedAsItIs() {
        SignedUrl other = link(URI.create(ENDPOINT + "/c-1/x?sig=abc"));
        AccountStorage never = new AccountStorage(() -> {
            throw new AssertionError("nobody waits for the account");
        });
        assertThat(never.signed(other)).isSameAs(other);
    }

    @Test
    void anAccountThatCannotBeStartedIsTheReason() {
        AccountStorage broken = new AccountStorage(() -> {
            throw new BatchException(ErrorCode.UNAVAILABLE, "Azurite", "it could not be started");
        });
        SignedUrl container = AccountUrl.ofAutoStorage(new ContainerName("c-1"));
        assertThatThrownBy(() -> broken.signed(container)).hasMessageContaining("could not be started");
    }
}
