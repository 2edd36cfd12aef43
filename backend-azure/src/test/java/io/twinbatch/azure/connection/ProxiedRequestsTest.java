package io.twinbatch.azure.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.proxy.ProxyChoice;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing here has a name that can be resolved: what does not go to the proxy fails. */
class ProxiedRequestsTest {
    private static final String CREDENTIALS_IN_BASE64 = "dXNlcjpwQHNz";

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void aRequestOverHttpsAsksTheProxyForATunnelWithCredentials() throws IOException {
        try (RecordingProxy proxy = new RecordingProxy("HTTP/1.1 403 Forbidden")) {
            environment.put("HTTPS_PROXY", "http://user:p%40ss@" + proxy.authority());

            BatchException failure = failure("https://account.batch.example.invalid/pools");

            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("CONNECT account.batch.example.invalid:443 ")
                            .containsIgnoringCase("Proxy-Authorization: Basic " + CREDENTIALS_IN_BASE64));
            assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure.getMessage())
                    .contains("proxy http://***@" + proxy.authority() + " (HTTPS_PROXY)", "403")
                    .doesNotContain("p@ss", "p%40ss");
        }
    }

    @Test
    void aRequestOverHttpIsGivenToTheProxyWithCredentials() throws IOException {
        try (RecordingProxy proxy = new RecordingProxy("HTTP/1.1 204 No Content")) {
            environment.put("http_proxy", "http://user:p%40ss@" + proxy.authority());

            try (HttpResponse response = send("http://store.example.invalid/container")) {
                assertThat(response.getStatusCode()).isEqualTo(204);
            }

            assertThat(proxy.heads())
                    .singleElement()
                    .satisfies(head -> assertThat(head)
                            .startsWith("GET http://store.example.invalid/container ")
                            .containsIgnoringCase("Proxy-Authorization: Basic " + CREDENTIALS_IN_BASE64));
        }
    }

    @Test
    void aProxyThatAsksForCredentialsIsNamedWithItsVariable() throws IOException {
        try (RecordingProxy proxy =
                new RecordingProxy("HTTP/1.1 407 Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"")) {
            environment.put("ALL_PROXY", "http://" + proxy.authority());

            BatchException failure = failure("https://account.batch.example.invalid/pools");

            assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(failure.getMessage()).contains(proxy.authority(), "(ALL_PROXY)", "407", "put USER:PASSWORD@");
        }
    }

    @Test
    void aProxyThatCannotBeReachedIsNamedWithItsVariable() throws IOException {
        RecordingProxy closed = new RecordingProxy("");
        closed.close();
        environment.put("HTTPS_PROXY", closed.authority());

        BatchException failure = failure("https://account.batch.example.invalid/pools");

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure.getMessage()).contains(closed.authority(), "(HTTPS_PROXY)", "cannot be reached");
    }

    @Test
    void aProxyWhoseNameIsUnknownIsNamedWithItsVariable() {
        environment.put("HTTPS_PROXY", "http://proxy.example.invalid:3128");

        assertThat(failure("https://account.batch.example.invalid/pools").getMessage())
                .contains("proxy.example.invalid:3128", "(HTTPS_PROXY)", "cannot be resolved");
    }

    @Test
    void thisMachineIsReachedWithoutTheProxy() throws IOException {
        try (RecordingProxy proxy = new RecordingProxy("HTTP/1.1 502 Bad Gateway");
                RecordingProxy service = new RecordingProxy("HTTP/1.1 204 No Content")) {
            environment.put("HTTP_PROXY", "http://user:secret@" + proxy.authority());

            try (HttpResponse response = send("http://" + service.authority() + "/account")) {
                assertThat(response.getStatusCode()).isEqualTo(204);
            }

            assertThat(proxy.heads()).isEmpty();
            assertThat(service.heads())
                    .singleElement()
                    .satisfies(head -> assertThat(head)
                            .startsWith("GET /account ")
                            .doesNotContainIgnoringCase("Proxy-Authorization"));
        }
    }

    private BatchException failure(String url) {
        return ConnectionFailures.first(
                        ConnectionFailures.causes(catchThrowable(() -> send(url).close())), BatchException.class)
                .orElseThrow();
    }

    private HttpResponse send(String url) {
        ProxyChoice proxies = new ProxyChoice(environment, name -> null);
        return HttpConnections.open(proxies).sendSync(new HttpRequest(HttpMethod.GET, url), Context.NONE);
    }
}
