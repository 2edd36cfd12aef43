package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunEvent.Transfer;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.app.report.RunHistory.Transferred;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunRecorderTest {
    private static final PoolId POOL = new PoolId("p");

    private Instant now = Instant.parse("2026-11-22T19:00:00Z");
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
    private final RunRecorder recorder = new RunRecorder(clock);

    @Test
    void nodesCountFromTheOrderOfThePoolToItsDeletion() {
        pass(100);
        recorder.on(new RunEvent.PoolCreated(PoolSpec.of(POOL, 2)));
        pass(10);
        recorder.on(new RunEvent.NodesObserved(List.of(node("a"))));
        pass(5);
        recorder.on(new RunEvent.CleanedUp(Resource.POOL, "p"));
        pass(1000);

        assertThat(recorder.history().nodes().time()).isEqualTo(Duration.ofSeconds(2 * 10 + 5));
        assertThat(recorder.history().nodes().most()).isEqualTo(2);
    }

    @Test
    void nodesOfAPoolThatStaysCountToTheEnd() {
        recorder.on(new RunEvent.PoolCreated(PoolSpec.of(POOL, 3)));
        pass(10);

        assertThat(recorder.history().nodes().time()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void uploadsOfSeveralJobsAddUp() {
        for (int i = 0; i < 2; i++) {
            recorder.on(new RunEvent.StepStarted(Step.UPLOAD));
            recorder.on(new RunEvent.Uploading(new Transfer(1, 2, 10, 20)));
            recorder.on(new RunEvent.Uploading(new Transfer(2, 2, 20, 20)));
            recorder.on(new RunEvent.StepDone(Step.UPLOAD, Duration.ofSeconds(4)));
        }

        assertThat(recorder.history().uploads()).isEqualTo(new Transferred(4, 40, Duration.ofSeconds(8)));
        assertThat(recorder.history().uploads().bytesPerSecond()).contains(5L);
        assertThat(recorder.history().downloads()).isEqualTo(Transferred.NONE);
    }

    @Test
    void aStepThatFailsHasNoEnd() {
        recorder.on(new RunEvent.StepStarted(Step.POOL));
        recorder.on(new RunEvent.StepDone(Step.POOL, Duration.ofSeconds(1)));
        recorder.on(new RunEvent.StepStarted(Step.JOB));

        assertThat(recorder.history().steps())
                .extracting(RunHistory.StepTime::elapsed)
                .containsExactly(Optional.of(Duration.ofSeconds(1)), Optional.empty());
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private Node node(String id) {
        return new Node(new NodeId(id), NodeState.IDLE, now, true, 0, Optional.empty());
    }
}
