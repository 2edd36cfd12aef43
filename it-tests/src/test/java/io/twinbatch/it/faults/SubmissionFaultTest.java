package io.twinbatch.it.faults;

import static io.twinbatch.it.faults.Bench.COLLECTION;
import static io.twinbatch.it.faults.Bench.JOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.it.wire.WireRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks are submitted whole and once, whatever happens on the way. */
class SubmissionFaultTest {
    private static final List<TaskSpec> TASKS = Bench.tasks(250);

    private Bench bench;
    private JobTasks job;

    @BeforeEach
    void start() throws Exception {
        bench = Bench.start();
        job = bench.service().account().job("job");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    static Stream<Arguments> passingFaults() {
        return Stream.of(
                argumentSet("throttled for a named time", Fault.throttled(30)),
                argumentSet("throttled", Fault.refused(429, "TooManyRequests")),
                argumentSet("internal error", Fault.refused(500, "InternalError")),
                argumentSet("internal error after the effect", Fault.failedAfterwards(500)),
                argumentSet("busy", Fault.refused(503, "ServerBusy")),
                argumentSet("busy after the effect", Fault.failedAfterwards(503)),
                argumentSet("connection broken before the effect", Fault.brokenBefore()),
                argumentSet("connection broken after the effect", Fault.brokenAfter()),
                argumentSet("answer cut off", Fault.cutOff()));
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void everyTaskIsSubmittedOnceAfterAPassingFault(Fault fault) {
        bench.service().next("POST", COLLECTION, fault, Fault.none(), fault, fault);

        bench.jobs().submit(JOB, TASKS);

        assertThat(job.ids()).isEqualTo(Bench.ids(TASKS));
        bench.requireAllFaultsMet();
        requireEachCollectionSentUntilAnswered(3 + 3);
    }

    @Test
    void tasksThatAreThereAlreadyAreDone() {
        job.with(List.of("t0", "t99", "t100", "t249"));

        bench.jobs().submit(JOB, TASKS);

        assertThat(job.ids()).isEqualTo(Bench.ids(TASKS));
        requireEachCollectionSentUntilAnswered(3);
    }

    @Test
    void tasksThatTheServiceStumbledOverAreSentAgainAlone() {
        job.stumblingOver("t7", 1).stumblingOver("t8", 2).stumblingOver("t240", 1);

        bench.jobs().submit(JOB, TASKS);

        assertThat(job.ids()).isEqualTo(Bench.ids(TASKS));
        assertThat(sentTimes("t7")).isEqualTo(2);
        assertThat(sentTimes("t8")).isEqualTo(3);
        assertThat(sentTimes("t240")).isEqualTo(2);
        assertThat(sentTimes("t9")).isEqualTo(1);
        assertThat(bench.naps()).as("pauses before sending again").isNotEmpty();
    }

    @Test
    void aTaskThatTheServiceStumblesOverForEverIsGivenUp() {
        job.stumblingOver("t7", Integer.MAX_VALUE);

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().submit(JOB, TASKS))
                .withMessageContaining("t7")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));

        assertThat(job.ids()).hasSize(249).doesNotContain("t7");
        assertThat(sentTimes("t7")).isBetween(2L, 20L);
    }

    @Test
    void refusedTasksAreReportedByTaskAndTheOthersAreInTheJob() {
        job.refusing("t3", "InvalidPropertyValue").refusing("t120", "InvalidPropertyValue");

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().submit(JOB, TASKS))
                .withMessageContaining("2")
                .withMessageContaining("t3")
                .withMessageContaining("InvalidPropertyValue")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));

        Set<String> others = new HashSet<>(Bench.ids(TASKS));
        others.removeAll(Set.of("t3", "t120"));
        assertThat(job.ids()).isEqualTo(others);
        assertThat(sentTimes("t3")).as("a refused task is not sent again").isEqualTo(1);
    }

    @Test
    void collectionsThatAreTooLargeAreHalvedUntilTheyFit() {
        // About 30 tasks fit.
        int size = collectionOf(30).length();
        bench.service().account().withBodyLimit(size);

        bench.jobs().submit(JOB, TASKS);

        assertThat(job.ids()).isEqualTo(Bench.ids(TASKS));
        List<WireRequest> taken = bench.service().requests("POST", COLLECTION).stream()
                .filter(request -> request.body().length() <= size)
                .toList();
        assertThat(taken).hasSizeLessThanOrEqualTo(3 * 8);
        assertThat(taken.stream().mapToInt(request -> Bench.ids(request).size()).sum())
                .as("tasks in collections that fit")
                .isEqualTo(250);
    }

    @Test
    void aTaskThatIsTooLargeAloneIsReportedAndTheOthersAreInTheJob() {
        List<TaskSpec> tasks = new ArrayList<>(Bench.tasks(150));
        tasks.set(42, TaskSpec.builder("t42", "echo " + "x".repeat(20_000)).build());
        bench.service().account().withBodyLimit(20_000);

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().submit(JOB, tasks))
                .withMessageContaining("t42")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));

        assertThat(job.ids()).hasSize(149).doesNotContain("t42");
    }

    @Test
    void submittingToAJobThatIsNotThereOrHasEndedFailsAtOnce() {
        bench.service().next("POST", COLLECTION, Fault.refused(409, "JobCompleted"));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().submit(JOB, Bench.tasks(1)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .satisfies(
                        e -> assertThat(e.serviceError().orElseThrow().code()).isEqualTo("JobCompleted"));
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().submit(new JobId("none"), Bench.tasks(1)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(bench.naps()).isEmpty();
    }

    @Test
    void submittingNothingAsksForNothing() {
        bench.jobs().submit(JOB, List.of());

        assertThat(bench.service().server().requests()).isEmpty();
    }

    /** Collections are sent again as they were, and none after its answer arrived. */
    private void requireEachCollectionSentUntilAnswered(int requests) {
        List<WireRequest> sent = bench.service().requests("POST", COLLECTION);
        assertThat(sent).hasSize(requests);
        assertThat(sent.stream().map(WireRequest::body).distinct()).hasSize(3);
    }

    private long sentTimes(String id) {
        return bench.service().requests("POST", COLLECTION).stream()
                .filter(request -> Bench.ids(request).contains(id))
                .count();
    }

    /** The body of a collection of so many tasks, as our client writes it. */
    private String collectionOf(int tasks) {
        bench.service().account().job("sample");
        bench.jobs().submit(new JobId("sample"), Bench.tasks(tasks));
        return bench.service()
                .requests("POST", "/jobs/sample/addtaskcollection")
                .get(0)
                .body();
    }
}
