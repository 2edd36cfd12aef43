package io.twinbatch.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.util.Context;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.azure.stub.FixedToken;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class EntraSignInTest {
    private static final TokenRequestContext REQUEST = new TokenRequestContext().addScopes("https://x/.default");
    private final ClientAuthenticationException refusal = new ClientAuthenticationException(
            "EnvironmentCredential authentication unavailable.\nAADSTS7000215: Invalid client secret provided.\nmore",
            null);

    @Test
    void aTokenIsHandedOn() {
        AtomicInteger asked = new AtomicInteger();
        EntraSignIn signIn = new EntraSignIn(() -> {
            asked.incrementAndGet();
            return new FixedToken();
        });

        assertThat(signIn.getTokenSync(REQUEST).getToken()).isEqualTo(FixedToken.TOKEN);
        assertThat(signIn.getToken(REQUEST).map(token -> token.getToken()).block())
                .isEqualTo(FixedToken.TOKEN);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aRefusalSaysInOneLineWhatToDo() {
        EntraSignIn signIn = new EntraSignIn(() -> request -> Mono.error(refusal));

        for (BatchException failure : new BatchException[] {
            catchThrowableOfType(BatchException.class, () -> signIn.getTokenSync(REQUEST)),
            catchThrowableOfType(
                    BatchException.class, () -> signIn.getToken(REQUEST).block())
        }) {
            assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(failure)
                    .hasMessageContaining("AADSTS7000215: Invalid client secret provided.)")
                    .hasMessageContaining("az login")
                    .hasMessageContaining("AZURE_CLIENT_SECRET")
                    .hasRootCause(refusal);
            assertThat(failure.getMessage()).hasLineCount(1);
        }
    }

    @Test
    void aRefusalReachesWhoeverSendsARequest() {
        EntraSignIn signIn = new EntraSignIn(() -> request -> Mono.error(refusal));
        var pipeline = new HttpPipelineBuilder()
                .httpClient(request -> Mono.error(new AssertionError("nothing is sent without a token")))
                .policies(new BearerTokenAuthenticationPolicy(signIn, "https://x/.default"))
                .build();

        BatchException failure = catchThrowableOfType(
                BatchException.class,
                () -> pipeline.sendSync(new HttpRequest(HttpMethod.GET, "https://x/"), Context.NONE));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
}
