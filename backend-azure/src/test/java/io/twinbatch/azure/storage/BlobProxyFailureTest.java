package io.twinbatch.azure.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.azure.connection.HttpConnections;
import io.twinbatch.azure.connection.ProxyFailures;
import io.twinbatch.azure.connection.RecordingProxy;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The storage client behind proxies that fail; the account has no name that can be resolved. Each case waits for the
 * client's retries, so that they wait side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
class BlobProxyFailureTest {
    private static final String CREDENTIALS = "user:p%40ss@";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 403 Forbidden",
                "HTTP/1.1 407 Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"",
                "HTTP/1.1 503 Service Unavailable"
            })
    void aProxyThatFailsIsNamedWithItsSettingAndWhatToDo(String answer) throws IOException {
        try (RecordingProxy proxy = new RecordingProxy(answer)) {
            BatchException failure = failure("http://" + CREDENTIALS + proxy.authority());

            assertNamed(failure, proxy.authority());
            if (!answer.isEmpty()) {
                assertThat(failure.getMessage()).contains(answer.substring(9, 12));
            }
        }
    }

    @Test
    void aProxyThatCannotBeReachedIsNamed() throws IOException {
        RecordingProxy closed = new RecordingProxy("");
        closed.close();

        BatchException failure = failure("http://" + CREDENTIALS + closed.authority());

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertNamed(failure, closed.authority());
        assertThat(failure.getMessage()).contains("it cannot be reached");
    }

    @Test
    void aProxyWhoseNameIsUnknownIsNamed() {
        assertNamed(failure("http://" + CREDENTIALS + "proxy.example.invalid:3128"), "proxy.example.invalid:3128");
    }

    private static void assertNamed(BatchException failure, String authority) {
        assertThat(ProxyFailures.matches(failure)).isTrue();
        assertThat(failure.getMessage())
                .contains("proxy http://***@" + authority + " (https_proxy): ", "; ", " https_proxy")
                .doesNotContain("p@ss", "p%40ss", "Tunnel failed", "Exception");
    }

    private static BatchException failure(String proxy) {
        ProxyChoice proxies = new ProxyChoice(Map.of("https_proxy", proxy), name -> null);
        BlobStoreConfig config =
                new BlobStoreConfig(URI.create("https://mine.blob.example.invalid"), "mine", new AccountKey("a2V5"));
        BlobObjectStore store = new BlobObjectStore(config, () -> HttpConnections.open(proxies), Clock.systemUTC());
        return catchThrowableOfType(BatchException.class, () -> store.containerExists(new ContainerName("input")));
    }
}
