package io.twinbatch.it.contract;

import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.time.PollInterval;
import java.time.Duration;
import java.util.Set;

/** What the contract suites of pools and jobs have to be given of a backend. Its nodes run Linux. */
public interface BatchFixture extends AutoCloseable {
    /** The pools under test. */
    ComputePool pools();

    /** The jobs under test. */
    JobQueue jobs();

    /** An object store that the nodes can reach. */
    ObjectStore objects();

    /** A pool of dedicated nodes, the cheapest there are. */
    PoolSpec pool(PoolId id, int nodes);

    /** A pool of one dedicated node whose tasks run in containers of an image. */
    PoolSpec containerPool(PoolId id, ContainerImage image);

    /** How often a wait polls. */
    PollInterval pollInterval();

    /** How long anything may take, the making of a node included. */
    Duration patience();

    /** The variables that a task may find besides those of the service and its own. */
    Set<String> ordinaryVariables();

    @Override
    void close();
}
