package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.record.PoolRecord;
import java.util.Optional;

/**
 * Where containers may be: on a pool that was made for them, whose tasks all run in containers, and on no other. What a
 * node runs for itself or for a job may run on the node in both cases.
 */
final class ContainerRules {
    private ContainerRules() {}

    /**
     * Refuses a pool whose start task runs in a container that it does not have.
     *
     * @throws BatchException {@code INVALID}
     */
    static void requireStartTask(PoolRecord pool) {
        if (pool.spec().startTask().filter(task -> task.container().isPresent()).isPresent()) {
            requireContainers(
                    "start task of pool " + pool.spec().id(), pool.spec().id(), pool.runsContainers());
        }
    }

    /**
     * Refuses a job whose preparation or release task runs in a container that its pool does not have.
     *
     * @throws BatchException {@code INVALID}
     */
    static void requireNodeTasks(JobSpec job, boolean poolRunsContainers) {
        if (job.preparation().filter(task -> task.container().isPresent()).isPresent()) {
            requireContainers("preparation task of job " + job.id(), job.pool(), poolRunsContainers);
        }
        if (job.release().filter(task -> task.container().isPresent()).isPresent()) {
            requireContainers("release task of job " + job.id(), job.pool(), poolRunsContainers);
        }
    }

    private static void requireContainers(String what, PoolId pool, boolean poolRunsContainers) {
        if (!poolRunsContainers) {
            throw new BatchException(ErrorCode.INVALID, what, withoutImages(pool));
        }
    }

    /** Why a task cannot run on a pool; empty when it can. */
    static Optional<BatchException> problem(TaskSpec task, PoolId pool, boolean poolRunsContainers) {
        if (task.container().isPresent() == poolRunsContainers) {
            return Optional.empty();
        }
        return Optional.of(new BatchException(
                ErrorCode.INVALID,
                "task " + task.id(),
                poolRunsContainers
                        ? "pool " + pool + " was made for tasks in containers, and it names none"
                        : withoutImages(pool)));
    }

    private static String withoutImages(PoolId pool) {
        return "it runs in a container, and pool " + pool + " was made without container images";
    }
}
