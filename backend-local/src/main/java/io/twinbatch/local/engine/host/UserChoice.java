package io.twinbatch.local.engine.host;

import io.twinbatch.local.node.TaskUser;
import io.twinbatch.local.record.PoolRules;
import java.util.Optional;

/** Chooses the user that a task runs as. */
public interface UserChoice {
    /** Everything runs as the user of the engine. */
    UserChoice ENGINE = (pool, document, kind) -> TaskUser.ENGINE;

    /** The kinds of tasks. */
    enum Kind {
        START_TASK,
        PREPARATION,
        RELEASE,
        TASK
    }

    /**
     * The user of a task.
     *
     * @param pool the pool that it runs in
     * @param document what a client wrote about the task, or about the pool or job that has it; empty for one of the API
     */
    TaskUser of(PoolRules pool, Optional<String> document, Kind kind);
}
