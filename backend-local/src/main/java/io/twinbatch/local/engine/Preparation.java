package io.twinbatch.local.engine;

import io.twinbatch.api.job.FailureInfo;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.local.node.Work;
import io.twinbatch.local.node.WorkOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A job's preparation task on a node, and the tasks that wait for it there. */
final class Preparation {
    /** How far it has come. */
    enum State {
        RUNNING,
        DONE,
        FAILED
    }

    private final Work work;
    private final List<Assignment> waiting = new ArrayList<>();
    private State state = State.RUNNING;
    private Optional<WorkOutcome> outcome = Optional.empty();

    Preparation(Work work) {
        this.work = work;
    }

    Work work() {
        return work;
    }

    State state() {
        return state;
    }

    void await(Assignment assignment) {
        waiting.add(assignment);
    }

    /** One of those that wait is not to run any more. */
    void giveUp(Assignment assignment) {
        waiting.remove(assignment);
    }

    /** Ends the wait, and returns who waited. */
    List<Assignment> finish(WorkOutcome result) {
        outcome = Optional.of(result);
        boolean done = result instanceof WorkOutcome.Exited exited && exited.exitCode() == 0;
        state = done ? State.DONE : State.FAILED;
        List<Assignment> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** As users of the API see it. */
    NodePreparation toNodePreparation(NodeId node) {
        return new NodePreparation(
                node,
                state == State.RUNNING,
                exitCode(),
                state == State.FAILED ? Optional.of(failure(outcome.orElseThrow())) : Optional.empty());
    }

    private static FailureInfo failure(WorkOutcome outcome) {
        if (outcome instanceof WorkOutcome.Exited exited) {
            return FailureInfo.of("FailureExitCode", "the preparation task ended with exit code " + exited.exitCode());
        }
        if (outcome instanceof WorkOutcome.CouldNotStart couldNotStart) {
            return couldNotStart.failure();
        }
        if (outcome instanceof WorkOutcome.UploadFailed uploadFailed) {
            return uploadFailed.failure();
        }
        return FailureInfo.of("TaskEnded", "the preparation task was ended");
    }

    private OptionalInt exitCode() {
        return outcome.filter(WorkOutcome.Exited.class::isInstance)
                .map(WorkOutcome.Exited.class::cast)
                .map(exited -> OptionalInt.of(exited.exitCode()))
                .orElse(OptionalInt.empty());
    }
}
