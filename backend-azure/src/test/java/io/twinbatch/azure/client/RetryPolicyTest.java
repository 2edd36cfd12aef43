package io.twinbatch.azure.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.azure.client.model.PoolModel.PoolResize;
import io.twinbatch.azure.stub.Answer;
import io.twinbatch.azure.stub.StubBatchService;
import io.twinbatch.azure.stub.StubBatchService.Asked;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static final Answer POOL = Answer.json(200, "{'id':'p','state':'active'}");

    private final StubBatchService service = new StubBatchService();
    private final BatchRestClient client = service.client();

    @AfterEach
    void stop() {
        service.close();
    }

    private BatchServiceException refusal() {
        return catchThrowableOfType(
                BatchServiceException.class, () -> client.pools().get("p"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aPassingFailureIsTriedAgainAfterATimeThatGrows(int status) {
        Answer busy = Answer.error(status, "Busy", "Later.");
        service.on("GET /pools/p", busy, busy, POOL);
        assertThat(client.pools().get("p").id()).isEqualTo("p");
        assertThat(service.asked()).hasSize(3);
        assertThat(service.sleeps()).hasSize(2);
        assertThat(service.sleeps().get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(service.sleeps().get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 412, 413, 501})
    void aLastingRefusalIsNotTriedAgain(int status) {
        service.on("GET /pools/p", Answer.error(status, "No", "No."));
        assertThat(refusal().status()).isEqualTo(status);
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void theTimeThatTheServiceNamesIsKept() {
        service.on(
                "GET /pools/p",
                Answer.error(429, "TooManyRequests", "Later.").with("Retry-After", "30"),
                Answer.error(503, "ServerBusy", "Later.").with("Retry-After", "7"),
                Answer.error(503, "ServerBusy", "Later.").with("Retry-After", "Fri, 11 Aug 2023 22:53:09 GMT"),
                POOL);
        client.pools().get("p");
        assertThat(service.sleeps()).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(7), Duration.ZERO);
    }

    @Test
    void aTimeBeyondTheTotalBoundIsNotWaitedFor() {
        service.on(
                "GET /pools/p", Answer.error(429, "TooManyRequests", "Later.").with("Retry-After", "121"));
        assertThat(refusal().code()).isEqualTo("TooManyRequests");
        assertThat(service.asked()).hasSize(1);
        assertThat(service.sleeps()).isEmpty();
    }

    @Test
    void theLastFailureIsReportedWhenTheTriesAreUsedUp() {
        service.on("GET /pools/p", Answer.error(500, "InternalError", "Oh."));
        assertThat(refusal().code()).isEqualTo("InternalError");
        assertThat(service.asked()).hasSize(4);
    }

    @Test
    void aBrokenConnectionAndABodyThatBreaksOffAreTriedAgain() {
        service.on("GET /pools/p", Answer.broken(), POOL.cutOff(), POOL);
        assertThat(client.pools().get("p").state()).isEqualTo("active");
        assertThat(service.asked().size()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void eachTryIsSignedByItself() {
        service.on("GET /pools/p", Answer.error(500, "InternalError", "Oh."), POOL);
        client.pools().get("p");
        assertThat(service.asked())
                .allSatisfy(one -> assertThat(one.headers().get("authorization"))
                        .isEqualTo("SharedKey mine:" + Signatures.of(one, "mine")));
        assertThat(service.asked())
                .extracting(one -> one.headers().get("client-request-id"))
                .containsOnly(service.asked().get(0).headers().get("client-request-id"));
    }

    @Test
    void aRequestIsSentAgainWithItsBody() {
        service.on("POST /pools/p/resize", Answer.empty(503), Answer.empty(202));
        client.pools().resize("p", new PoolResize(2, 0, null, null));
        assertThat(service.asked())
                .extracting(Asked::body)
                .hasSize(2)
                .containsOnly("{\"targetDedicatedNodes\":2,\"targetLowPriorityNodes\":0}");
    }

    @Test
    void aConflictAfterALostAnswerMayBeWithTheRequestsOwnEffect() {
        service.on("DELETE /pools/lost", Answer.empty(500), Answer.error(409, "PoolBeingDeleted", "Going."));
        service.on("DELETE /pools/busy", Answer.empty(429), Answer.error(409, "PoolBeingDeleted", "Going."));
        assertThatThrownBy(() -> client.pools().delete("lost"))
                .isInstanceOfSatisfying(
                        BatchServiceException.class,
                        e -> assertThat(e.mayHaveBeenDone()).isTrue());
        assertThatThrownBy(() -> client.pools().delete("busy"))
                .isInstanceOfSatisfying(
                        BatchServiceException.class,
                        e -> assertThat(e.mayHaveBeenDone()).isFalse());
    }

    @Test
    void anInterruptedCallEndsAtOnce() {
        service.on("GET /pools/p", POOL);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> client.pools().get("p")).hasRootCauseInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
        assertThat(service.sleeps()).isEmpty();
    }

    @Test
    void aConnectionThatIsBrokenForGoodIsReported() {
        service.on("GET /pools/p", Answer.broken());
        assertThatThrownBy(() -> client.pools().get("p")).isInstanceOf(UncheckedIOException.class);
        assertThat(service.sleeps()).hasSize(3);
    }
}
