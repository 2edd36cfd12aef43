package io.twinbatch.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.store.ChangeSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EngineLoopTest {
    private final FakeCommitter committer = new FakeCommitter();
    private final EngineLoop loop = new EngineLoop(committer);

    @AfterEach
    void close() {
        loop.close();
    }

    /** Keeps changes in a list, or fails as a test asks. */
    private static final class FakeCommitter implements EngineLoop.Committer {
        private final List<ChangeSet> kept = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger settled = new AtomicInteger();
        private final AtomicInteger settledWhenFailed = new AtomicInteger(-1);
        private final AtomicReference<BatchException> failure = new AtomicReference<>();
        private volatile RuntimeException atKeep;
        private volatile RuntimeException atSettle;

        @Override
        public ChangeSet settle() {
            int number = settled.incrementAndGet();
            if (atSettle != null) {
                throw atSettle;
            }
            ChangeSet changes = ChangeSet.empty();
            Optional<JobRecord> gone = Optional.empty();
            changes.jobs().put("job" + number, gone);
            return changes;
        }

        @Override
        public void keep(List<ChangeSet> changes) {
            if (atKeep != null) {
                throw atKeep;
            }
            kept.addAll(changes);
        }

        @Override
        public void failed(BatchException cause) {
            settledWhenFailed.set(settled.get());
            failure.set(cause);
        }
    }

    @Test
    void aCallerIsAnsweredWhenItsChangesAreKept() {
        loop.start();
        int keptBefore = loop.call(committer.kept::size);
        assertThat(keptBefore).isZero();
        assertThat(committer.kept).hasSize(1);
    }

    @Test
    void aFailedCommandIsItsCallersAloneAndTheEngineGoesOn() {
        loop.start();
        BatchException refusal = new BatchException(ErrorCode.CONFLICT, "thing", "no");
        assertThatThrownBy(() -> loop.run(() -> {
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertThat(loop.call(() -> 1)).isEqualTo(1);
    }

    @Test
    void aFailedWriteIsTheAnswerToEverybodyFromThenOn() {
        loop.start();
        loop.run(() -> {});
        BatchException full = new BatchException(ErrorCode.QUOTA, "disk", "full");
        committer.atKeep = full;
        assertThatThrownBy(() -> loop.run(() -> {})).isSameAs(full);
        assertThatThrownBy(() -> loop.run(() -> {})).isSameAs(full);
        loop.close();
        assertThat(committer.failure.get()).isSameAs(full);
    }

    @Test
    void nothingIsSettledAnyMoreAfterAWriteHasFailed() {
        loop.start();
        committer.atKeep = new BatchException(ErrorCode.QUOTA, "disk", "full");
        assertThatThrownBy(() -> loop.run(() -> {})).isInstanceOf(BatchException.class);
        // Events of nodes still come, such as the ends of the tasks that the failure has stopped.
        loop.post(() -> {});
        loop.close();
        assertThat(committer.settledWhenFailed.get()).isEqualTo(committer.settled.get());
    }

    @Test
    void aFailureToSettleIsAnsweredAndNothingOfItIsKept() {
        loop.start();
        committer.atSettle = new IllegalStateException("a bug");
        BatchException answer = catchThrowableOfType(BatchException.class, () -> loop.run(() -> {}));
        assertThat(answer.code()).isEqualTo(ErrorCode.UNKNOWN);
        assertThat(answer).hasMessageContaining("a bug");
        assertThat(committer.kept).isEmpty();
        assertThatThrownBy(() -> loop.run(() -> {})).isInstanceOf(BatchException.class);
        loop.close();
        assertThat(committer.failure.get()).isNotNull();
    }

    @Test
    void anErrorInACommandStopsTheEngineAndNobodyWaitsForEver() {
        loop.start();
        BatchException answer = catchThrowableOfType(
                BatchException.class,
                () -> loop.run(() -> {
                    throw new StackOverflowError("deep");
                }));
        assertThat(answer.code()).isEqualTo(ErrorCode.UNKNOWN);
        assertThatThrownBy(() -> loop.run(() -> {})).isInstanceOf(BatchException.class);
    }

    @Test
    void aClosedEngineRefusesCommands() {
        loop.start();
        loop.close();
        BatchException refusal = catchThrowableOfType(BatchException.class, () -> loop.run(() -> {}));
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void anEngineThatNeverStartedCanBeClosed() {
        loop.close();
        assertThatThrownBy(() -> loop.run(() -> {})).isInstanceOf(BatchException.class);
    }
}
