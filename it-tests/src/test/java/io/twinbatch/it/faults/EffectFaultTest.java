package io.twinbatch.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An order whose answer was lost is given again; a refusal that comes of its own first effect is none. */
class EffectFaultTest {
    private static final PoolId POOL = new PoolId("pool");
    private static final TaskKey TASK = new TaskKey(Bench.JOB, "t");

    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        bench = Bench.start();
    }

    @AfterEach
    void stop() {
        bench.requireAllFaultsMet();
        bench.close();
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(
                argumentSet("connection broken before the effect", Fault.brokenBefore()),
                argumentSet("connection broken after the effect", Fault.brokenAfter()),
                argumentSet("internal error after the effect", Fault.failedAfterwards(500)),
                argumentSet("busy after the effect", Fault.failedAfterwards(503)),
                argumentSet("throttled", Fault.throttled(1)));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aPoolIsCreatedOnce(Fault fault) {
        bench.service().next("POST", "/pools", fault);

        bench.pools().create(PoolSpec.of(POOL, 1));

        assertThat(bench.service().account().pools()).containsExactly("pool");
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aJobIsCreatedOnce(Fault fault) {
        bench.service().next("POST", "/jobs", fault);

        bench.jobs().create(JobSpec.of(Bench.JOB, POOL));

        assertThat(bench.service().account().jobs()).containsExactly("job");
    }

    @Test
    void aPoolAndAJobThatWereThereBeforeAreRefused() {
        bench.service().account().withPool("pool").job("job");

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.pools().create(PoolSpec.of(POOL, 1)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs().create(JobSpec.of(Bench.JOB, POOL)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
    }

    @Test
    void aPoolThatWasThereBeforeIsRefusedAlsoAfterThrottling() {
        bench.service().account().withPool("pool");
        bench.service().next("POST", "/pools", Fault.throttled(1));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.pools().create(PoolSpec.of(POOL, 1)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aPoolIsDeleted(Fault fault) {
        bench.service().account().withPool("pool");
        bench.service().next("DELETE", "/pools/pool", fault);

        assertThat(bench.pools().delete(POOL)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aPoolIsResized(Fault fault) {
        bench.service().account().withPool("pool");
        bench.service().next("POST", "/pools/pool/resize", fault);

        bench.pools().resize(POOL, 4, 0);
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void metadataIsChanged(Fault fault) {
        bench.service().account().withPool("pool").job("job");
        bench.service().next("PATCH", "/pools/pool", fault).next("PATCH", "/jobs/job", fault);

        bench.pools().updateMetadata(POOL, Map.of("lease", "9"));
        bench.jobs().updateMetadata(Bench.JOB, Map.of("lease", "9"));

        assertThat(bench.pools().find(POOL).orElseThrow().spec().metadata()).containsEntry("lease", "9");
        assertThat(bench.jobs().find(Bench.JOB).orElseThrow().spec().metadata()).containsEntry("lease", "9");
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void nodesAreRemoved(Fault fault) {
        bench.service().account().withPool("pool");
        bench.service().next("POST", "/pools/pool/removenodes", fault);

        bench.pools().removeNodes(POOL, Set.of(new NodeId("tvm-1")));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aJobIsTerminated(Fault fault) {
        bench.service().account().job("job");
        bench.service().next("POST", "/jobs/job/terminate", fault);

        bench.jobs().terminate(Bench.JOB);
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aJobIsDeleted(Fault fault) {
        bench.service().account().job("job");
        bench.service().next("DELETE", "/jobs/job", fault);

        assertThat(bench.jobs().delete(Bench.JOB)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aTaskIsDeleted(Fault fault) {
        bench.service().account().job("job").with("t", "active");
        bench.service().next("DELETE", "/jobs/job/tasks/t", fault);

        assertThat(bench.jobs().deleteTask(TASK)).isTrue();
        assertThat(bench.service().account().job("job").ids()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aTaskIsTerminated(Fault fault) {
        bench.service().account().job("job").with("t", "running");
        bench.service().next("POST", "/jobs/job/tasks/t/terminate", fault);

        bench.jobs().terminateTask(TASK);

        assertThat(bench.service().account().job("job").state("t")).isEqualTo("completed");
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aTaskIsReactivated(Fault fault) {
        bench.service().account().job("job").with("t", "completed");
        bench.service().next("POST", "/jobs/job/tasks/t/reactivate", fault);

        bench.jobs().reactivateTask(TASK);

        assertThat(bench.service().account().job("job").state("t")).isEqualTo("active");
    }

    @Test
    void whatWasNotThereIsNotDeleted() {
        bench.service().account().job("job");

        assertThat(bench.pools().delete(POOL)).isFalse();
        assertThat(bench.jobs().deleteTask(TASK)).isFalse();
        assertThat(bench.jobs().delete(Bench.JOB)).isTrue();
        assertThat(bench.jobs().delete(Bench.JOB)).isFalse();
    }
}
