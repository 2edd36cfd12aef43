package io.twinbatch.api.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyChoiceTest {
    private static final URI BATCH = URI.create("https://mine.westeurope.batch.azure.com");

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:10000/account",
                "http://127.8.9.10",
                "http://localhost:10000",
                "https://LOCALHOST",
                "http://account.blob.localhost:10000",
                "http://[::1]:10000",
                "http://169.254.169.254/metadata"
            })
    void thisMachineIsNeverReachedThroughAProxy(String endpoint) {
        environment.put("HTTP_PROXY", "http://proxy.example:3128");
        environment.put("ALL_PROXY", "no proxy at all");
        properties.put("http.proxyHost", "proxy.example");
        properties.put("https.proxyHost", "proxy.example");
        properties.put("http.nonProxyHosts", "");

        assertThat(route(URI.create(endpoint))).hasToString("direct");
        assertThat(choice().selector().select(URI.create(endpoint))).containsExactly(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1.example.com", "https://localhost.example.com", "https://mylocalhost"})
    void aNameThatOnlyLooksLikeThisMachineIsReachedThroughTheProxy(String endpoint) {
        environment.put("HTTPS_PROXY", "http://proxy.example:3128");

        assertThat(route(URI.create(endpoint)).proxy()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"})
    void everyVariableForHttpsIsHonoured(String variable) {
        environment.put(variable, " http://proxy.example:3128/ ");

        assertThat(route(BATCH)).hasToString("through the proxy http://proxy.example:3128 (" + variable + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP_PROXY", "http_proxy", "ALL_PROXY"})
    void everyVariableForHttpIsHonoured(String variable) {
        environment.put(variable, "proxy.example");

        assertThat(route(URI.create("http://store.example")))
                .hasToString("through the proxy http://proxy.example:80 (" + variable + ")");
    }

    @Test
    void theVariableOfTheSchemeComesBeforeTheOneForAllAndTheEnvironmentBeforeJava() {
        properties.put("https.proxyHost", "java.example");
        properties.put("https.proxyPort", "8080");
        assertThat(route(BATCH)).hasToString("through the proxy http://java.example:8080 (https.proxyHost)");

        environment.put("ALL_PROXY", "http://all.example:1");
        assertThat(route(BATCH).proxy().orElseThrow().host()).isEqualTo("all.example");

        environment.put("HTTPS_PROXY", "http://upper.example:1");
        assertThat(route(BATCH).proxy().orElseThrow().host()).isEqualTo("upper.example");

        environment.put("https_proxy", "http://lower.example:1");
        assertThat(route(BATCH).proxy().orElseThrow().host()).isEqualTo("lower.example");
    }

    @ParameterizedTest
    @CsvSource({
        "user:secret, user:secret",
        "user:p%40ss%3Aw%25rd, user:p@ss:w%rd",
        "user:p@ss, user:p@ss",
        "user:a+b, user:a+b",
        "user:a/b#c, user:a/b#c",
        "user, user:"
    })
    void credentialsAreReadFromTheUrlAndNeverShown(String text, String credentials) {
        environment.put("HTTPS_PROXY", "http://" + text + "@proxy.example:3128");

        assertThat(route(BATCH).proxy().orElseThrow().credentials()).contains(credentials);
        assertThat(route(BATCH)).hasToString("through the proxy http://***@proxy.example:3128 (HTTPS_PROXY)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "azure.com",
                ".azure.com",
                "*.azure.com",
                "other.example, .AZURE.com",
                "other.example mine.westeurope.batch.azure.com",
                "mine.westeurope.batch.azure.com:443",
                ".azure.com:443"
            })
    void noProxyExemptsHosts(String list) {
        environment.put("HTTPS_PROXY", "http://proxy.example:3128");
        environment.put("NO_PROXY", list);

        assertThat(route(BATCH)).hasToString("direct (NO_PROXY)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zure.com", "azure.co", "azure.com:8443", "batch", ",", ".", "xmine.westeurope.batch.azure.com"})
    void noProxyDoesNotExemptOtherHosts(String list) {
        environment.put("HTTPS_PROXY", "http://proxy.example:3128");
        environment.put("no_proxy", list);

        assertThat(route(BATCH).proxy()).isPresent();
    }

    @Test
    void noProxyExemptsAddressesOfTheNewKindToo() {
        environment.put("HTTPS_PROXY", "http://proxy.example:3128");
        environment.put("NO_PROXY", "[fd00::1]:8443,fd00::2");

        assertThat(route(URI.create("https://[fd00::1]:8443")).proxy()).isEmpty();
        assertThat(route(URI.create("https://[fd00::2]")).proxy()).isEmpty();
        assertThat(route(URI.create("https://[fd00::1]")).proxy()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"*.azure.com, true", "localhost|mine.*, true", "*, true", "azure.com, false", "*.example, false"})
    void javasListExemptsHostsFromJavasProxy(String list, boolean exempt) {
        properties.put("https.proxyHost", "proxy.example");
        properties.put("http.nonProxyHosts", list);

        assertThat(route(BATCH).proxy().isEmpty()).isEqualTo(exempt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:secret@proxy.example:notaport",
                "http://user:secret@proxy.example:99999",
                "http://user:secret@proxy.example:0",
                "socks5://user:secret@proxy.example:1080",
                "https://user:secret@proxy.example:443",
                "http://user:secret%zz@proxy.example:3128",
                "http://user:secret%0d@proxy.example:3128",
                "http://user:secret@",
                "http://user:secret@proxy example:3128",
                "http://user:secret@proxy.example:3128/path"
            })
    void aMalformedProxyIsNamedAndItsValueNotShown(String value) {
        environment.put("HTTPS_PROXY", value);

        BatchException failure = catchThrowableOfType(BatchException.class, () -> route(BATCH));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(failure).hasMessageStartingWith("HTTPS_PROXY is wrong: ").hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("secret");
    }

    private ProxyRoute route(URI endpoint) {
        return choice().route(endpoint);
    }

    private ProxyChoice choice() {
        return new ProxyChoice(environment, properties::get);
    }
}
