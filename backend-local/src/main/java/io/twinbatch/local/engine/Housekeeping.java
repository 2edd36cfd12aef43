package io.twinbatch.local.engine;

import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.local.engine.host.NodeHost;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.node.ProcessTree;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What is put in order while the engine runs: processes that outlived their task, tasks that write without end, nodes
 * without folders, and folders past their time.
 */
final class Housekeeping {
    private final EngineState state;
    private final TaskProgress progress;
    private final NodeControl nodes;
    private final NodeHost host;
    private final ProcessTree processes;
    private final Clock clock;

    /** Up to which moment folders past their time have been dealt with; what an engine before has left comes first. */
    private Instant lookedAt = Instant.MIN;

    Housekeeping(
            EngineState state,
            TaskProgress progress,
            NodeControl nodes,
            NodeHost host,
            ProcessTree processes,
            Clock clock) {
        this.state = state;
        this.progress = progress;
        this.nodes = nodes;
        this.host = host;
        this.processes = processes;
        this.clock = clock;
    }

    /** Ends processes whose work is over. Runs away from the engine's thread. */
    void endStrays() {
        if (host.takeHasRun()) {
            processes.killMarked(workId -> !host.isAlive(workId));
        }
    }

    /** Ends tasks whose output has grown past what is kept. Runs away from the engine's thread. */
    void endTalkative() {
        host.endTalkative();
    }

    /** Has nodes made ready again whose folders are gone. Runs on the engine's thread. */
    void restoreFolders() {
        nodes.restoreFolders();
    }

    /** Deletes the folders of tasks that ended long ago. Runs on the engine's thread. */
    void deleteOldFolders() {
        Instant now = clock.instant();
        for (JobEntry job : state.jobs().values()) {
            for (TaskRecord task : job.tasks().values()) {
                if (hasComeOfAge(task, now)) {
                    progress.deleteFolder(job, task);
                }
            }
        }
        lookedAt = now;
    }

    /** Whether a task's time has come since the last check, so that no folder is searched for again and again. */
    private boolean hasComeOfAge(TaskRecord task, Instant now) {
        Duration kept = task.spec().retentionTime().orElse(TaskSpec.DEFAULT_RETENTION);
        return task.ended()
                .filter(end -> Duration.between(end, now).compareTo(kept) > 0)
                .filter(end -> lookedAt.equals(Instant.MIN)
                        || Duration.between(end, lookedAt).compareTo(kept) <= 0)
                .isPresent();
    }
}
