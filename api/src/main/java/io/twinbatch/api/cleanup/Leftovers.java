package io.twinbatch.api.cleanup;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.RunTags;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and deletes what runs have created, on any provider. Nothing without a run's marks is ever listed or touched. */
public final class Leftovers {
    /** A job before its pool, so that its tasks stop; containers last, since tasks use them. */
    private static final List<Resource> ORDER = List.of(Resource.JOB, Resource.POOL, Resource.CONTAINER);

    private final ObjectStore store;
    private final ComputePool pools;
    private final JobQueue queue;

    /** Looks at a provider. */
    public Leftovers(ObjectStore store, ComputePool pools, JobQueue queue) {
        this.store = Objects.requireNonNull(store, "store");
        this.pools = Objects.requireNonNull(pools, "pools");
        this.queue = Objects.requireNonNull(queue, "queue");
    }

    /**
     * Everything that a run has created and that is there, ordered by run, and within a run as it is to be deleted.
     *
     * @throws BatchException when the provider cannot be asked
     */
    public List<Leftover> find() {
        try (Stream<Job> jobs = queue.list();
                Stream<Pool> allPools = pools.list();
                Stream<ContainerInfo> containers = store.listContainers("")) {
            Stream<Optional<Leftover>> found = Stream.of(
                            jobs.map(Leftovers::of), allPools.map(Leftovers::of), containers.map(Leftovers::of))
                    .flatMap(stream -> stream);
            return found.flatMap(Optional::stream)
                    .sorted(Comparator.comparing(
                                    (Leftover left) -> left.tags().run().value())
                            .thenComparing(left -> ORDER.indexOf(left.resource()))
                            .thenComparing(Leftover::id))
                    .toList();
        }
    }

    private static Optional<Leftover> of(Job job) {
        return RunTags.of(job.spec().metadata())
                .map(tags -> new Leftover(
                        Resource.JOB, job.id().value(), tags, job.created(), 0, job.state() == JobState.DELETING));
    }

    private static Optional<Leftover> of(Pool pool) {
        return RunTags.of(pool.spec().metadata())
                .map(tags -> new Leftover(
                        Resource.POOL,
                        pool.id().value(),
                        tags,
                        pool.created(),
                        pool.currentDedicatedNodes() + pool.currentSpotNodes(),
                        pool.state() == PoolState.DELETING));
    }

    private static Optional<Leftover> of(ContainerInfo container) {
        return RunTags.of(container.metadata())
                .map(tags -> new Leftover(
                        Resource.CONTAINER, container.name().value(), tags, container.lastModified(), 0, false));
    }

    /**
     * Orders the deletion of one thing, when it still is what was found: of the same run, and with the same lease.
     *
     * @return whether it was there and as before; false when somebody else has deleted it, replaced it, or decided to
     *     keep it
     * @throws BatchException when the provider refuses or cannot be asked
     */
    public boolean delete(Leftover leftover) {
        return switch (leftover.resource()) {
            case JOB -> {
                JobId id = new JobId(leftover.id());
                yield isAsBefore(leftover, queue.find(id).flatMap(Leftovers::of)) && queue.delete(id);
            }
            case POOL -> {
                PoolId id = new PoolId(leftover.id());
                yield isAsBefore(leftover, pools.find(id).flatMap(Leftovers::of)) && pools.delete(id);
            }
            case CONTAINER -> {
                ContainerName name = new ContainerName(leftover.id());
                yield isAsBefore(leftover, container(name)) && store.deleteContainer(name);
            }
        };
    }

    private Optional<Leftover> container(ContainerName name) {
        try (Stream<ContainerInfo> found = store.listContainers(name.value())) {
            return found.filter(info -> info.name().equals(name)).findFirst().flatMap(Leftovers::of);
        }
    }

    private static boolean isAsBefore(Leftover leftover, Optional<Leftover> now) {
        return now.map(Leftover::tags).filter(leftover.tags()::equals).isPresent();
    }
}
