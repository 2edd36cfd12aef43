package io.twinbatch.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.azure.batch.BatchJobQueue;
import io.twinbatch.azure.connection.HttpConnections;
import io.twinbatch.it.wire.WireReply;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a single request is tried again, and when it is given up. */
class RequestFaultTest {
    private static final String COUNTS = "/jobs/job/taskcounts";

    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        bench = Bench.start();
        bench.service()
                .account()
                .job("job")
                .with(Bench.tasks(3).stream().map(t -> t.id()).toList());
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aThrottledRequestWaitsAsLongAsTheServiceSays() {
        bench.service().next("GET", COUNTS, Fault.throttled(30), Fault.throttled(7));

        assertThat(bench.jobs().counts(Bench.JOB).queued()).isEqualTo(3);

        assertThat(bench.naps()).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(7));
    }

    @Test
    void aBusyServiceIsLeftAloneAsLongAsItSays() {
        Fault busy = service -> Fault.refused(503, "ServerBusy").strike(service).with("Retry-After", "12");
        bench.service().next("GET", COUNTS, busy);

        assertThat(bench.jobs().counts(Bench.JOB).queued()).isEqualTo(3);

        assertThat(bench.naps()).containsExactly(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void withoutANamedTimeTheWaitsGrowUpToABound(int status) {
        Fault fault = Fault.refused(status, "InternalError");
        bench.service().next("GET", COUNTS, fault, fault, fault, fault);

        assertThat(bench.jobs().counts(Bench.JOB).queued()).isEqualTo(3);

        assertThat(bench.naps())
                .hasSize(4)
                .allSatisfy(nap -> assertThat(nap).isBetween(Duration.ofSeconds(1), Bench.LIMITS.longest()));
        assertThat(bench.naps().get(3)).isGreaterThan(bench.naps().get(0));
    }

    static Stream<Arguments> brokenConnections() {
        return Stream.of(
                argumentSet("broken before the effect", Fault.brokenBefore()),
                argumentSet("broken after the effect", Fault.brokenAfter()),
                argumentSet("answer cut off", Fault.cutOff()));
    }

    @ParameterizedTest
    @MethodSource("brokenConnections")
    void aQuestionIsAskedAgainAfterABrokenConnection(Fault fault) {
        bench.service().next("GET", COUNTS, fault, fault);

        assertThat(bench.jobs().counts(Bench.JOB).queued()).isEqualTo(3);
        bench.requireAllFaultsMet();
    }

    static Stream<Arguments> lastingFaults() {
        return Stream.of(
                argumentSet("throttled", Fault.throttled(1), ErrorCode.THROTTLED, "TooManyRequests"),
                argumentSet("failing", Fault.refused(500, "InternalError"), ErrorCode.UNAVAILABLE, "InternalError"),
                argumentSet("busy", Fault.refused(503, "ServerBusy"), ErrorCode.THROTTLED, "ServerBusy"),
                argumentSet("breaking connections", Fault.brokenBefore(), ErrorCode.UNAVAILABLE, ""),
                argumentSet("cutting answers off", Fault.cutOff(), ErrorCode.UNAVAILABLE, ""));
    }

    @ParameterizedTest
    @MethodSource("lastingFaults")
    void aRequestThatKeepsFailingIsGivenUp(Fault fault, ErrorCode code, String serviceCode) {
        bench.service().always(request -> fault);

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().counts(Bench.JOB))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .satisfies(e -> assertThat(e.resource()).contains("job"))
                .satisfies(e -> assertThat(
                                e.serviceError().map(error -> error.code()).orElse(""))
                        .isEqualTo(serviceCode));
        assertThat(bench.naps()).hasSize(Bench.LIMITS.tries() - 1);
    }

    @Test
    void aWaitThatTheServiceAsksForButThatIsTooLongIsNotBegun() {
        bench.service().always(request -> Fault.throttled(3600));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().counts(Bench.JOB))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.THROTTLED));
        assertThat(bench.naps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 412, 413, 416, 501})
    void aRefusalIsNotTriedAgain(int status) {
        bench.service().always(request -> Fault.refused(status, "SomeCode"));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().counts(Bench.JOB))
                .satisfies(
                        e -> assertThat(e.serviceError().orElseThrow().code()).isEqualTo("SomeCode"))
                .satisfies(e -> assertThat(e.serviceError().orElseThrow().requestId())
                        .isEqualTo("5aa3b1c0-0000-4000-8000-000000000001"));
        assertThat(bench.service().server().requests()).hasSize(1);
    }

    @Test
    void aServiceThatCannotBeReachedIsUnavailable() {
        RecordedTime time = new RecordedTime();
        // Nothing listens at the port of a service that was given up decades ago.
        URI nowhere = URI.create("http://127.0.0.1:1");
        BatchJobQueue jobs = new BatchJobQueue(Bench.client(nowhere, HttpConnections.open(), time));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> jobs.find(new JobId("job")))
                .withMessageContaining("cannot be reached")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(time.naps()).hasSize(Bench.LIMITS.tries() - 1);
    }

    @Test
    void anAnswerThatIsNoJsonIsReportedAndNotTakenForAnEmptyOne() {
        bench.service().always(request -> service -> WireReply.json(200, "<html>hello</html>"));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().counts(Bench.JOB));
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().list().toList());
    }

    @Test
    void anInterruptedThreadStopsTrying() {
        bench.service().always(request -> Fault.refused(503, "ServerBusy"));
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(BatchException.class)
                    .isThrownBy(() -> bench.jobs().counts(Bench.JOB));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(bench.naps()).isEmpty();
    }
}
