package io.twinbatch.app.inspect;

import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.pool.PoolReader;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.model.RunId;
import java.util.Optional;

/** A look at a backend. It starts nothing there, and changes nothing but through {@link #control}. */
public interface BackendInspector {
    /** The jobs. */
    JobReader jobs();

    /** The pools. */
    PoolReader pools();

    /** Sees what has changed; what is seen may stay as it is until then. */
    void refresh();

    /** Where runs keep their files; empty when a look cannot ask it. */
    Optional<ObjectStore> store();

    /** Why nothing at all runs at the backend now, in words for a person; empty when it is at work. */
    Optional<String> standstill();

    /** The process on this machine that is at work there; empty when there is none, or it is no process of this machine. */
    default Optional<Long> process() {
        return Optional.empty();
    }

    /** What changes the backend; empty when only the process at work there can. */
    default Optional<BackendControl> control() {
        return Optional.empty();
    }

    /** Whether the record of a run is there, without which it cannot be resumed; true when that cannot be found out. */
    boolean hasRecord(RunId run);

    /** How many tasks of a job are listed at one look, so that the number of requests does not depend on how many there are. */
    default int tasksPerLook() {
        return Integer.MAX_VALUE;
    }

    /** Waits between two polls. */
    Waiter waiter();
}
