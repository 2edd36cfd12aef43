package io.twinbatch.local.engine;

import static io.twinbatch.local.engine.LocalRig.JOB;
import static io.twinbatch.local.engine.LocalRig.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.local.engine.model.Precondition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of transitions whose engine is closed, or whose clock is set back. */
class TransitionRecoveryTest {
    private static final Duration TIME = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private final JumpingClock clock = new JumpingClock();

    private LocalRig open(Duration time) {
        return new LocalRig(folder, System.getenv(), EngineSettings.DEFAULT.withTransitionTime(time), clock);
    }

    private static PoolState state(LocalRig rig) {
        return rig.pools().find(POOL).map(Pool::state).orElseThrow();
    }

    private static boolean haveNodes(LocalRig rig, int count, NodeState state) {
        List<Node> nodes = rig.pools().nodes(POOL);
        return nodes.size() == count && nodes.stream().allMatch(node -> node.state() == state);
    }

    @Test
    void aResizeIsGoneOnWithByTheEngineThatIsOpenedNext() throws Exception {
        try (LocalRig rig = open(TIME)) {
            rig.pools().create(PoolSpec.of(POOL, 3));
            assertThat(haveNodes(rig, 1, NodeState.STARTING)).isTrue();
        }
        try (LocalRig rig = open(TIME)) {
            assertThat(state(rig)).isEqualTo(PoolState.RESIZING);
            assertThat(haveNodes(rig, 1, NodeState.STARTING)).isTrue();
            clock.set(Duration.ofMinutes(6));
            LocalRig.await("the other nodes", () -> haveNodes(rig, 3, NodeState.STARTING));
            assertThat(state(rig)).isEqualTo(PoolState.RESIZING);
        }
        clock.set(Duration.ofMinutes(12));
        try (LocalRig rig = open(TIME)) {
            LocalRig.await("the rest", () -> state(rig) == PoolState.STEADY);
            clock.set(Duration.ofMinutes(30));
            LocalRig.await("ready nodes", () -> haveNodes(rig, 3, NodeState.IDLE));
        }
    }

    @Test
    void anEngineWithoutTransitionsEndsThemAtOnce() throws Exception {
        try (LocalRig rig = open(TIME)) {
            rig.pools().create(PoolSpec.of(POOL, 3));
            rig.jobs().create(JobSpec.of(JOB, POOL));
            rig.jobs().terminate(JOB);
        }
        try (LocalRig rig = open(Duration.ZERO)) {
            assertThat(state(rig)).isEqualTo(PoolState.STEADY);
            assertThat(rig.jobs().find(JOB).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
            LocalRig.await("ready nodes", () -> haveNodes(rig, 3, NodeState.IDLE));
        }
    }

    @Test
    void whatWasBeingStoppedTerminatedAndDeletedComesToItsEnd() throws Exception {
        try (LocalRig rig = open(TIME)) {
            rig.pools().create(PoolSpec.of(POOL, 3));
            rig.orders().stopResize(POOL, Precondition.ANY);
            rig.jobs().create(JobSpec.of(JOB, POOL));
            rig.jobs().terminate(JOB);
        }
        try (LocalRig rig = open(TIME)) {
            assertThat(state(rig)).isEqualTo(PoolState.RESIZING);
            assertThat(rig.jobs().find(JOB).orElseThrow().state()).isEqualTo(JobState.TERMINATING);
            clock.set(TIME);
            LocalRig.await("the rest", () -> state(rig) == PoolState.STEADY);
            assertThat(rig.pools().nodes(POOL)).hasSize(1);
            assertThat(rig.jobs().find(JOB).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
            rig.pools().delete(POOL);
            rig.jobs().delete(JOB);
        }
        try (LocalRig rig = open(TIME)) {
            assertThat(state(rig)).isEqualTo(PoolState.DELETING);
            assertThat(rig.jobs().find(JOB).orElseThrow().state()).isEqualTo(JobState.DELETING);
            clock.set(TIME.multipliedBy(2));
            LocalRig.await("the pool's end", () -> rig.pools().find(POOL).isEmpty());
            LocalRig.await("the job's end", () -> rig.jobs().find(JOB).isEmpty());
        }
    }

    @Test
    void nothingTakesLongerWhenTheClockIsSetBack() throws Exception {
        try (LocalRig rig = open(TIME)) {
            rig.jobs().create(JobSpec.of(JOB, POOL));
            rig.jobs().terminate(JOB);
            clock.set(Duration.ofDays(-1));
            LocalRig.await(
                    "the job's end", () -> rig.jobs().find(JOB).orElseThrow().state() == JobState.COMPLETED);
        }
    }

    /** By the machine's own clock: nothing but the engine itself has it look again. */
    @Test
    void aShortTransitionEndsWithoutAnotherOrder() throws Exception {
        try (LocalRig rig = open(Duration.ofMillis(100))) {
            rig.pools().create(PoolSpec.of(POOL, 4));
            LocalRig.await("the rest", () -> state(rig) == PoolState.STEADY);
            LocalRig.await("ready nodes", () -> haveNodes(rig, 4, NodeState.IDLE));
        }
    }
}
