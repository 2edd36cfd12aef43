package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.workflow.model.RunEvent.AlreadyGone;
import io.twinbatch.api.workflow.model.RunEvent.CleanedUp;
import io.twinbatch.api.workflow.model.RunEvent.NotCleanedUp;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunResult.Reason;
import io.twinbatch.api.workflow.model.RunResult.Remaining;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.stage.CreatedResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Removes what a run created. Every removal is tried, whatever became of the ones before; what is still there in the
 * end is told. Nothing that is not marked as the run's own is ever deleted.
 */
final class ResourceDeletion {
    private final ObjectStore store;
    private final ComputePool pools;
    private final JobQueue queue;
    private final Duration bound;

    ResourceDeletion(ObjectStore store, ComputePool pools, JobQueue queue, Duration bound) {
        this.store = store;
        this.pools = pools;
        this.queue = queue;
        this.bound = bound;
    }

    /** What became of a removal. */
    sealed interface Effect {
        /** It was there, and its deletion was ordered. */
        Effect DELETED = new Deleted();

        /** It was not there. */
        Effect ABSENT = new Absent();

        /** See {@link #DELETED}. */
        record Deleted() implements Effect {}

        /** See {@link #ABSENT}. */
        record Absent() implements Effect {}

        /**
         * It stays.
         *
         * @param reason why
         */
        record Stays(Reason reason) implements Effect {}

        /** The answer of a provider to a deletion. */
        static Effect ofDeletion(boolean wasThere) {
            return wasThere ? DELETED : ABSENT;
        }
    }

    /**
     * One thing to be removed.
     *
     * @param resource what it is
     * @param id its identifier or name
     * @param remote whether the provider is asked
     * @param action removes it
     */
    record Removal(Resource resource, String id, boolean remote, Supplier<Effect> action) {}

    /** Deletes a container. */
    Removal container(ContainerName container) {
        return new Removal(
                Resource.CONTAINER, container.value(), true, () -> Effect.ofDeletion(store.deleteContainer(container)));
    }

    /** Deletes a pool that the run created. */
    Removal pool(PoolId id, RunId run) {
        return new Removal(
                Resource.POOL,
                id.value(),
                true,
                () -> ofRun(metadata(id), run, metadata -> Effect.ofDeletion(pools.delete(id))));
    }

    /** Deletes a job that the run created, with its tasks. */
    Removal job(JobId id, RunId run) {
        return new Removal(
                Resource.JOB,
                id.value(),
                true,
                () -> ofRun(metadata(id), run, metadata -> Effect.ofDeletion(queue.delete(id))));
    }

    /** Keeps a pool that the run created, and takes its lease from it. */
    Removal keptPool(PoolId id, RunId run, RunEvents events) {
        Action release = metadata -> {
            releaseFromLease("pool " + id, metadata, events, rest -> pools.updateMetadata(id, rest));
            keepNodes(id, events);
        };
        return new Removal(Resource.POOL, id.value(), true, () -> ofRun(metadata(id), run, kept(release)));
    }

    private void keepNodes(PoolId id, RunEvents events) {
        try {
            if (pools.find(id)
                    .filter(pool -> pool.spec().idlePolicy() instanceof IdlePolicy.Lease)
                    .isPresent()) {
                pools.updateIdlePolicy(id, new IdlePolicy.Keep());
            }
        } catch (BatchException e) {
            events.warn("pool " + id + " stays, but the lease of its nodes could not be taken from it, so that they"
                    + " leave when it ends: " + e.getMessage());
        }
    }

    /** Keeps a job that the run created, takes its lease from it, and ends it: its run has, and so must its tasks. */
    Removal keptJob(JobId id, RunId run, RunEvents events) {
        Action end = metadata -> {
            releaseFromLease("job " + id, metadata, events, rest -> queue.updateMetadata(id, rest));
            try {
                queue.terminate(id);
            } catch (BatchException e) {
                events.warn("job " + id + " is kept, but could not be terminated, so that its tasks may still run: "
                        + e.getMessage());
            }
        };
        return new Removal(Resource.JOB, id.value(), true, () -> ofRun(metadata(id), run, kept(end)));
    }

    private Optional<Map<String, String>> metadata(PoolId id) {
        return pools.find(id).map(pool -> pool.spec().metadata());
    }

    private Optional<Map<String, String>> metadata(JobId id) {
        return queue.find(id).map(job -> job.spec().metadata());
    }

    /** Does something with what is there and is the run's own. */
    private static Effect ofRun(
            Optional<Map<String, String>> found, RunId run, Function<Map<String, String>, Effect> action) {
        return found.map(metadata -> run.owns(metadata) ? action.apply(metadata) : new Effect.Stays(Reason.NOT_OURS))
                .orElse(Effect.ABSENT);
    }

    private interface Action {
        void on(Map<String, String> metadata);
    }

    private static Function<Map<String, String>, Effect> kept(Action action) {
        return metadata -> {
            action.on(metadata);
            return new Effect.Stays(Reason.KEPT);
        };
    }

    private static void releaseFromLease(
            String what, Map<String, String> metadata, RunEvents events, Consumer<Map<String, String>> update) {
        if (!metadata.containsKey(RunTags.LEASE)) {
            return;
        }
        Map<String, String> rest = new HashMap<>(metadata);
        rest.remove(RunTags.LEASE);
        try {
            update.accept(rest);
        } catch (BatchException e) {
            events.warn(what + " is kept, but its lease could not be removed, so that a later cleanup will delete"
                    + " it: " + e.getMessage());
        }
    }

    /** Keeps something. */
    static Removal keep(Resource resource, String id, Reason reason) {
        return new Removal(resource, id, false, () -> new Effect.Stays(reason));
    }

    /**
     * Does all removals, one after the other in the given order, on a thread of its own, so that neither an interruption nor a provider
     * that does not answer holds up the end for longer than the bound. The interrupt flag of this thread is clear
     * afterwards.
     *
     * @param owned knows what was created for certain
     * @return what is still there
     */
    List<Remaining> run(List<Removal> removals, CreatedResources owned, RunEvents events) {
        // What needs no answer comes first, lest a provider that gives none makes it look like a failure.
        List<Removal> ordered =
                removals.stream().sorted(Comparator.comparing(Removal::remote)).toList();
        Protocol protocol = new Protocol(owned, events);
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    ordered.forEach(protocol::attempt);
                    done.countDown();
                },
                "twinbatch-cleanup");
        thread.setDaemon(true);
        thread.start();
        awaitUninterruptibly(done);
        protocol.close(ordered);
        thread.interrupt();
        return protocol.remaining();
    }

    /** The run is ending already; a further interruption changes nothing. */
    private void awaitUninterruptibly(CountDownLatch done) {
        long end = System.nanoTime() + bound.toNanos();
        boolean waiting = true;
        while (waiting) {
            try {
                boolean ignored = done.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                waiting = false;
            } catch (InterruptedException e) {
                waiting = true;
            }
        }
    }

    /** Writes down what became of each removal, until the time is up. */
    private static final class Protocol {
        private final CreatedResources owned;
        private final RunEvents events;
        private final List<Remaining> remaining = new ArrayList<>();
        private int attempted;
        private boolean closed;

        Protocol(CreatedResources owned, RunEvents events) {
            this.owned = owned;
            this.events = events;
        }

        void attempt(Removal removal) {
            if (isClosed()) {
                return;
            }
            try {
                finish(removal, removal.action().get(), "");
            } catch (BatchException e) {
                boolean gone = e.code() == ErrorCode.NOT_FOUND;
                finish(removal, gone ? Effect.ABSENT : new Effect.Stays(Reason.CLEANUP_FAILED), e.getMessage());
            } catch (RuntimeException e) {
                finish(removal, new Effect.Stays(Reason.CLEANUP_FAILED), FailureReason.of(e));
            }
        }

        private synchronized boolean isClosed() {
            return closed;
        }

        private synchronized void finish(Removal removal, Effect effect, String detail) {
            if (closed) {
                return;
            }
            attempted++;
            if (effect instanceof Effect.Stays stays) {
                Remaining left = new Remaining(removal.resource(), removal.id(), stays.reason());
                remaining.add(left);
                events.tell(new NotCleanedUp(left, detail));
            } else if (effect instanceof Effect.Deleted) {
                events.tell(new CleanedUp(removal.resource(), removal.id()));
            } else if (owned.hasCreated(removal.resource(), removal.id())) {
                // What was never there, because its creation was refused, is not worth a word.
                events.tell(new AlreadyGone(removal.resource(), removal.id()));
            }
        }

        synchronized void close(List<Removal> removals) {
            closed = true;
            for (Removal removal : removals.subList(attempted, removals.size())) {
                Remaining left = new Remaining(removal.resource(), removal.id(), Reason.CLEANUP_FAILED);
                remaining.add(left);
                events.tell(new NotCleanedUp(left, "the provider did not answer in time"));
            }
        }

        synchronized List<Remaining> remaining() {
            return List.copyOf(remaining);
        }
    }
}
