package io.twinbatch.local.record;

import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.task.FailureInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a further node does for a task that runs on several, in the task's last try.
 *
 * @param id its number within the task, from 1; the primary task has 0
 * @param node its node, of the task's pool
 * @param phase how far it has come
 * @param phases its states
 * @param started when its files began to be fetched
 * @param ended when it ended
 * @param exitCode the exit code of the coordination command
 * @param failure why it failed
 */
public record SubtaskRecord(
        int id,
        NodeId node,
        SubtaskPhase phase,
        StateHistory<SubtaskPhase> phases,
        Optional<Instant> started,
        Optional<Instant> ended,
        OptionalInt exitCode,
        Optional<FailureInfo> failure) {
    /** One whose node has just been chosen. */
    public static SubtaskRecord placed(int id, NodeId node, SubtaskPhase phase, Instant now) {
        return new SubtaskRecord(
                id,
                node,
                phase,
                StateHistory.begun(now),
                phase == SubtaskPhase.RUNNING ? Optional.of(now) : Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    /** The same subtask after all nodes of its task have been prepared. */
    public SubtaskRecord running(Instant now) {
        return new SubtaskRecord(
                id,
                node,
                SubtaskPhase.RUNNING,
                phases.left(phase, now),
                Optional.of(now),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    /** The same subtask after its end. */
    public SubtaskRecord completed(OptionalInt code, Optional<FailureInfo> why, Instant now) {
        return new SubtaskRecord(
                id, node, SubtaskPhase.COMPLETED, phases.left(phase, now), started, Optional.of(now), code, why);
    }

    /** The same subtask after the end of its task, which ends what is left of it. */
    SubtaskRecord cutOff(Instant now) {
        return phase == SubtaskPhase.COMPLETED
                ? this
                : completed(OptionalInt.empty(), Optional.of(FailureInfo.of("TaskEnded", "its task was ended")), now);
    }
}
