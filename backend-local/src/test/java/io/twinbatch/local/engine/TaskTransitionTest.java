package io.twinbatch.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.JobRules;
import io.twinbatch.local.record.TaskHistory.OrderedEnd;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.record.TaskRules;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskTransitionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final JobId JOB = new JobId("j");
    private static final FailureInfo WHY = FailureInfo.of("Code", "why");
    private static final WorkOutcome EXIT_0 = new WorkOutcome.Exited(0);
    private static final WorkOutcome EXIT_3 = new WorkOutcome.Exited(3);
    private static final WorkOutcome NO_START = new WorkOutcome.CouldNotStart(WHY);
    private static final WorkOutcome NO_UPLOAD = new WorkOutcome.UploadFailed(0, WHY);
    private static final WorkOutcome NODE_LOST = new WorkOutcome.Ended(EndReason.REQUEUED);
    private static final WorkOutcome TERMINATED = new WorkOutcome.Ended(EndReason.TERMINATED);
    private static final TaskTransition REQUEUE = new TaskTransition.Requeue();
    private static final TaskTransition RETRY = new TaskTransition.Retry();
    private static final TaskTransition STOPPED = TaskTransition.Finish.terminated("it was terminated");

    private static JobRecord job(int retries) {
        return JobRecord.created(
                JobSpec.of(JOB, new PoolId("p")).withMaxTaskRetries(retries), JobRules.DEFAULT, 1, NOW);
    }

    private static TaskRecord task(TaskSpec.Builder spec) {
        return TaskRecord.submitted(JOB, spec.build(), TaskRules.DEFAULT, 2, NOW);
    }

    private static TaskSpec.Builder spec() {
        return TaskSpec.builder("t", "/bin/true");
    }

    private static TaskTransition ending(TaskStatus status, int code) {
        return new TaskTransition.Finish(status, OptionalInt.of(code));
    }

    private static Stream<Arguments> outcomesWithOneRetryLeft() {
        return Stream.of(
                arguments(EXIT_0, ending(new TaskStatus.Succeeded(), 0)),
                arguments(EXIT_3, RETRY),
                arguments(NO_START, new TaskTransition.Finish(new TaskStatus.CouldNotStart(WHY), OptionalInt.empty())),
                arguments(NO_UPLOAD, ending(new TaskStatus.UploadFailed(0, WHY), 0)),
                arguments(NODE_LOST, REQUEUE),
                arguments(TERMINATED, STOPPED),
                arguments(new WorkOutcome.Ended(EndReason.ENGINE_CLOSING), new TaskTransition.Keep()));
    }

    @ParameterizedTest
    @MethodSource("outcomesWithOneRetryLeft")
    void anOutcomeDecidesWhatBecomesOfATask(WorkOutcome outcome, TaskTransition expected) {
        assertThat(TaskTransition.after(job(1), task(spec()), outcome)).isEqualTo(expected);
    }

    @Test
    void aTaskWithoutRetriesLeftHasFailed() {
        TaskTransition failed = ending(new TaskStatus.Failed(3), 3);
        assertThat(TaskTransition.after(job(0), task(spec()), EXIT_3)).isEqualTo(failed);
        assertThat(TaskTransition.after(job(1), task(spec()).retried(NOW), EXIT_3))
                .isEqualTo(failed);
        assertThat(TaskTransition.after(job(1), task(spec().maxRetries(0)), EXIT_3))
                .as("the task's own number counts")
                .isEqualTo(failed);
        assertThat(TaskTransition.after(job(0), task(spec().maxRetries(1)), EXIT_3))
                .isEqualTo(RETRY);
    }

    @Test
    void aTaskOfAJobThatEndsIsNotRetried() {
        assertThat(TaskTransition.after(job(1).terminating("it", NOW), task(spec()), EXIT_3))
                .isEqualTo(ending(new TaskStatus.Failed(3), 3));
    }

    @Test
    void requeuesDoNotUseRetries() {
        TaskRecord requeued = task(spec()).requeued(NOW);
        assertThat(TaskTransition.after(job(1), requeued, EXIT_3)).isEqualTo(RETRY);
    }

    @Test
    void aTaskWhoseTerminationWasOrderedRunsNoMore() {
        TaskRecord ordered = task(spec()).ordered(OrderedEnd.TERMINATION, NOW);
        assertThat(TaskTransition.after(job(1), ordered, NODE_LOST)).isEqualTo(STOPPED);
        assertThat(TaskTransition.after(job(1), ordered, EXIT_3)).isEqualTo(ending(new TaskStatus.Failed(3), 3));
        assertThat(TaskTransition.after(job(1), ordered, EXIT_0)).isEqualTo(ending(new TaskStatus.Succeeded(), 0));
        assertThat(TaskTransition.afterFolderLoss(ordered, "gone")).isEqualTo(STOPPED);
    }

    @ParameterizedTest
    @EnumSource(EndReason.class)
    void aTaskWhoseDeletionWasOrderedIsRemovedHoweverItEnds(EndReason reason) {
        TaskRecord ordered = task(spec()).ordered(OrderedEnd.DELETION, NOW);
        assertThat(TaskTransition.after(job(1), ordered, new WorkOutcome.Ended(reason)))
                .isEqualTo(new TaskTransition.Remove());
        assertThat(TaskTransition.after(job(1), ordered, EXIT_0)).isEqualTo(new TaskTransition.Remove());
        assertThat(TaskTransition.afterFolderLoss(ordered, "gone")).isEqualTo(new TaskTransition.Remove());
    }

    @Test
    void aTimeLimitIsNamed() {
        TaskRecord limited = task(spec().maxWallClockTime(Duration.ofMillis(1500)));
        assertThat(TaskTransition.after(job(0), limited, new WorkOutcome.Ended(EndReason.TIME_LIMIT)))
                .isEqualTo(TaskTransition.Finish.terminated("it ran longer than its limit of 1.5 s"));
    }

    @Test
    void aTaskThatDeletesTheFolderOfItsNodeIsNotRequeuedForEver() {
        TaskRecord task = task(spec());
        int requeues = 0;
        while (TaskTransition.afterFolderLoss(task, "it is gone").equals(REQUEUE)) {
            task = task.requeued(NOW);
            assertThat(++requeues).isLessThan(100);
        }
        assertThat(requeues).isEqualTo(TaskTransition.MAX_REQUEUES_FOR_FOLDERS);
        assertThat(TaskTransition.afterFolderLoss(task, "it is gone"))
                .isEqualTo(TaskTransition.Finish.stopped(
                        "NodeFolderDeleted", "it is gone, as it was before when it was tried"));
    }

    @Test
    void onlyAFailureCanBeForWantOfAFolder() {
        assertThat(Stream.of(EXIT_3, NO_START, NO_UPLOAD, NODE_LOST)).allMatch(TaskTransition::mayBeFolderLoss);
        assertThat(Stream.of(EXIT_0, TERMINATED)).noneMatch(TaskTransition::mayBeFolderLoss);
    }
}
