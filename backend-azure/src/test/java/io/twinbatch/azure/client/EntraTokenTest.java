package io.twinbatch.azure.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.azure.AzureCloud;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class EntraTokenTest {
    private final List<HttpRequest> sent = new ArrayList<>();
    private final List<String> scopes = new ArrayList<>();
    private final HttpClient http = request -> {
        sent.add(request);
        return Mono.error(new IOException("the network is down"));
    };

    private BatchRestClient client(String url, Mono<AccessToken> token) {
        BatchCredential credential = new BatchCredential.EntraToken(
                context -> {
                    scopes.addAll(context.getScopes());
                    return token;
                },
                AzureCloud.PUBLIC.batchScope());
        Sleeper never = time -> {};
        return new BatchRestClient(
                new BatchEndpoint(URI.create(url)), credential, http, RetryLimits.NEARBY, Clock.systemUTC(), never);
    }

    @Test
    void aRequestCarriesATokenForTheBatchService() {
        Mono<AccessToken> token = Mono.just(
                new AccessToken("a-token", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        BatchRestClient client = client("https://mine.westeurope.batch.azure.com", token);
        assertThatThrownBy(() -> client.pools().get("p")).hasRootCauseInstanceOf(IOException.class);
        assertThat(scopes).containsOnly("https://batch.core.windows.net//.default");
        assertThat(sent).hasSize(RetryLimits.NEARBY.tries());
        assertThat(sent.get(0).getUrl())
                .hasToString("https://mine.westeurope.batch.azure.com/pools/p?api-version=2025-06-01");
        assertThat(sent.get(0).getHeaders().getValue(HttpHeaderName.AUTHORIZATION))
                .isEqualTo("Bearer a-token");
        assertThat(sent.get(0).getHeaders().get(HttpHeaderName.fromString("ocp-date")))
                .isNull();
    }

    @Test
    void aTokenIsNotSentInTheClear() {
        BatchRestClient client = client("http://mine.westeurope.batch.azure.com", Mono.never());
        assertThatThrownBy(() -> client.pools().get("p")).hasMessageContaining("HTTPS");
        assertThat(sent).isEmpty();
    }

    @Test
    void aSignInThatFailsIsNotTriedAgainHere() {
        Mono<AccessToken> refused =
                Mono.error(new ClientAuthenticationException("no", null, new IOException("no network")));
        BatchRestClient client = client("https://mine.westeurope.batch.azure.com", refused);
        assertThatThrownBy(() -> client.pools().get("p")).isInstanceOf(ClientAuthenticationException.class);
        assertThat(scopes).hasSize(1);
        assertThat(sent).isEmpty();
    }
}
