package io.twinbatch.local.faults;

import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.task.FailureInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to go wrong on purpose among nodes and tasks. Each question is asked once at each occasion, from any thread; an
 * answer may use up a fault.
 */
public interface FaultPlan {
    /** Nothing goes wrong on purpose. */
    FaultPlan NONE = new FaultPlan() {};

    /**
     * Whether a pool that is to grow gets fewer nodes than it wants.
     *
     * @param dedicated whether dedicated nodes are wanted, or spot nodes
     * @param wanted how many more nodes are wanted, at least 1
     */
    default Optional<Shortage> shortage(PoolId pool, boolean dedicated, int wanted) {
        return Optional.empty();
    }

    /** The exit code that a node's start task is to have instead of being run. */
    default OptionalInt startTaskFailure(PoolId pool, NodeId node) {
        return OptionalInt.empty();
    }

    /** What happens to a node on which a task has begun. */
    default Optional<Loss> loss(PoolId pool, NodeId node, TaskKey task) {
        return Optional.empty();
    }

    /** How long a node takes before it begins with a task. */
    default Duration delay(PoolId pool, NodeId node, TaskKey task) {
        return Duration.ZERO;
    }

    /** Why a task's outputs cannot be uploaded. */
    default Optional<FailureInfo> uploadFailure(PoolId pool, NodeId node, TaskKey task) {
        return Optional.empty();
    }

    /**
     * Fewer nodes than wanted.
     *
     * @param granted how many there are, fewer than wanted
     * @param error what the pool says of it
     */
    record Shortage(int granted, ResizeError error) {}

    /**
     * The end of a node that nobody asked for.
     *
     * @param preempted whether a spot node is taken back, which the service says; otherwise it is just not heard of again
     * @param after how long after the task has begun
     */
    record Loss(boolean preempted, Duration after) {}
}
