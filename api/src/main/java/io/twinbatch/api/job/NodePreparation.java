package io.twinbatch.api.job;

import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.task.FailureInfo;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a job's preparation task went on one node.
 *
 * @param node the node
 * @param running whether it runs still
 * @param exitCode its exit code; empty while it runs, and when it could not be started
 * @param failure why it failed; empty when it succeeded or runs
 */
public record NodePreparation(NodeId node, boolean running, OptionalInt exitCode, Optional<FailureInfo> failure) {
    public NodePreparation {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(exitCode, "exitCode");
        Objects.requireNonNull(failure, "failure");
    }

    /** Whether no task of the job is going to run on the node. */
    public boolean hasFailed() {
        return failure.isPresent();
    }
}
