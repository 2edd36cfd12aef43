package io.twinbatch.azure.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.azure.stub.FixedToken;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobStoreConfigTest {
    private static final String KEY = "c2VjcmV0LXNlY3JldA==";

    @Test
    void aConnectionStringOfAzureNamesTheAccountInItsHost() {
        BlobStoreConfig config =
                BlobStoreConfig.fromConnectionString("DefaultEndpointsProtocol=https;AccountName=mine;AccountKey=" + KEY
                        + ";EndpointSuffix=core.windows.net");

        assertThat(config)
                .isEqualTo(new BlobStoreConfig(
                        URI.create("https://mine.blob.core.windows.net"), "mine", new AccountKey(KEY), 5000));
        assertThat(config.accountInPath()).isFalse();
    }

    @Test
    void protocolAndSuffixHaveDefaultsAndNamesIgnoreCase() {
        assertThat(BlobStoreConfig.fromConnectionString(" accountname=mine ;ACCOUNTKEY=" + KEY + ";;")
                        .endpoint())
                .isEqualTo(URI.create("https://mine.blob.core.windows.net"));
        assertThat(BlobStoreConfig.fromConnectionString("AccountName=mine;AccountKey=" + KEY
                                + ";DefaultEndpointsProtocol=http;EndpointSuffix=example.org")
                        .endpoint())
                .isEqualTo(URI.create("http://mine.blob.example.org"));
    }

    @Test
    void aNamedBlobEndpointWins() {
        BlobStoreConfig config = BlobStoreConfig.fromConnectionString(
                "AccountName=mine;AccountKey=" + KEY + ";BlobEndpoint=http://127.0.0.1:10000/mine/;");

        assertThat(config.endpoint()).isEqualTo(URI.create("http://127.0.0.1:10000/mine"));
        assertThat(config.accountInPath()).isTrue();
    }

    @Test
    void developmentStorageIsTheEmulatorAtItsUsualPort() {
        BlobStoreConfig config = BlobStoreConfig.fromConnectionString("UseDevelopmentStorage=true");

        assertThat(config.endpoint()).isEqualTo(URI.create("http://127.0.0.1:10000/devstoreaccount1"));
        assertThat(config).isEqualTo(BlobStoreConfig.emulator(URI.create("http://127.0.0.1:10000/")));
    }

    @Test
    void thePageSizeCanBeChanged() {
        assertThat(BlobStoreConfig.emulator(URI.create("http://[::1]:1"))
                        .withPageSize(7)
                        .pageSize())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "=x",
                "AccountName=mine",
                "AccountKey=" + KEY,
                "AccountName=mine;AccountKey=not base64!",
                "AccountName=mine;AccountKey=" + KEY + ";BlobEndpoint=ftp://host",
                "AccountName=mine;AccountKey=" + KEY + ";BlobEndpoint=http://a b",
                "AccountName=mine;AccountKey=" + KEY + ";BlobEndpoint=http://host/mine?sig=x",
                "AccountName=mine;SharedAccessSignature=sv=1&sig=" + KEY
            })
    void whatIsNoConnectionStringIsRefusedWithoutShowingItsKey(String text) {
        BatchException failure =
                catchThrowableOfType(BatchException.class, () -> BlobStoreConfig.fromConnectionString(text));

        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(failure.getMessage()).doesNotContain(KEY, "not base64!");
    }

    @Test
    void theKeyIsNotShown() {
        BlobStoreConfig config = BlobStoreConfig.fromConnectionString("AccountName=mine;AccountKey=" + KEY);

        assertThat(config.toString()).contains("mine").doesNotContain(KEY);
        assertThat(config.credential()).hasToString("***");
    }

    @Test
    void aTokenIsNotSentOverPlainHttp() {
        BatchException failure = catchThrowableOfType(
                BatchException.class,
                () -> new BlobStoreConfig(
                        URI.create("http://127.0.0.1:10000/mine"), "mine", new StorageToken(new FixedToken())));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(failure).hasMessageContaining("https");
    }

    @Test
    void itsConnectionStringLeadsToTheSameStore() {
        BlobStoreConfig config = BlobStoreConfig.emulator(URI.create("http://127.0.0.1:10000"));

        BlobStoreConfig again = BlobStoreConfig.fromConnectionString(config.connectionString());

        assertThat(again).isEqualTo(config);
    }
}
