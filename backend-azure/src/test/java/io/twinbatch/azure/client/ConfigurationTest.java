package io.twinbatch.azure.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    private static ErrorCode codeOf(Runnable call) {
        return catchThrowableOfType(BatchException.class, call::run).code();
    }

    @Test
    void anEndpointIsTheAccountsUrlInTheDefaultVersion() {
        BatchEndpoint endpoint = new BatchEndpoint(URI.create("https://mine.westeurope.batch.azure.com/"));
        assertThat(endpoint.url()).hasToString("https://mine.westeurope.batch.azure.com");
        assertThat(endpoint.apiVersion()).isEqualTo("2025-06-01");
        assertThat(endpoint.isLoopback()).isFalse();
        assertThat(new BatchEndpoint(URI.create("http://127.0.0.1:10100")).isLoopback())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine", "ftp://mine", "https:///x", "https://m/?a=b", "https://u:p@m/", "https://m/#f"})
    void somethingElseIsNotAnEndpoint(String url) {
        assertThat(codeOf(() -> new BatchEndpoint(URI.create(url)))).isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void aLaterVersionIsADate() {
        assertThat(new BatchEndpoint(URI.create("https://mine"), "2025-06-01").apiVersion())
                .isEqualTo("2025-06-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "2024-07", "2024-07-01.20", "2025-06-01-preview"})
    void aVersionIsWrittenInFull(String version) {
        assertThat(codeOf(() -> new BatchEndpoint(URI.create("https://mine"), version)))
                .isEqualTo(ErrorCode.INVALID);
    }

    @ParameterizedTest
    @CsvSource({"'', a2V5", "mine, ''", "mine, not base64!"})
    void aSharedKeyHasAnAccountAndIsBase64(String account, String key) {
        BatchException failure =
                catchThrowableOfType(BatchException.class, () -> new BatchCredential.SharedKey(account, key));
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(failure).hasMessageNotContaining("base64!");
    }

    @Test
    void theTimeBeforeAFurtherTryDoublesUpToABound() {
        RetryLimits limits = new RetryLimits(9, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMinutes(1));
        assertThat(limits.after(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(limits.after(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(limits.after(4)).isEqualTo(Duration.ofSeconds(5));
        assertThat(limits.after(1_000_000)).isEqualTo(Duration.ofSeconds(5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryLimits(0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }
}
