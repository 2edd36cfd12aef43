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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
     * Does all removals, on threads of its own, so that neither an interruption nor a provider that does not answer holds
     * up the end for longer than the bound. Job and pool are removed at the same time: a job whose deletion is refused
     * for a while does not hold up the pool, which costs money. Containers follow, since tasks may use them until then.
     * The interrupt flag of this thread is clear afterwards.
     *
     * @param owned knows what was created for certain
     * @return what is still there, in the given order
     */
    List<Remaining> run(List<Removal> removals, CreatedResources owned, RunEvents events) {
        // What needs no answer comes first: a provider that does not answer would make it seem a failure.
        List<Removal> ordered =
                removals.stream().sorted(Comparator.comparing(Removal::remote)).toList();
        ExecutorService threads = Executors.newCachedThreadPool(ResourceDeletion::daemon);
        long end = System.nanoTime() + bound.toNanos();
        List<CompletableFuture<Outcome>> outcomes = start(ordered, threads);
        List<Remaining> remaining = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Outcome outcome = awaitUninterruptibly(outcomes.get(i), end);
            tell(ordered.get(i), outcome, owned, events).ifPresent(remaining::add);
        }
        threads.shutdownNow();
        return remaining;
    }

    private static Thread daemon(Runnable action) {
        Thread thread = new Thread(action, "twinbatch-cleanup");
        thread.setDaemon(true);
        return thread;
    }

    private static List<CompletableFuture<Outcome>> start(List<Removal> removals, ExecutorService threads) {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (Removal removal : removals) {
            CompletableFuture<?> before = removal.resource() == Resource.CONTAINER
                    ? CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                    : CompletableFuture.completedFuture(null);
            outcomes.add(before.thenApplyAsync(done -> attempt(removal), threads));
        }
        return outcomes;
    }

    /**
     * What became of a removal.
     *
     * @param effect the effect
     * @param detail why it failed; empty when it did not
     */
    private record Outcome(Effect effect, String detail) {
        static Outcome failed(String detail) {
            return new Outcome(new Effect.Stays(Reason.CLEANUP_FAILED), detail);
        }
    }

    private static Outcome attempt(Removal removal) {
        try {
            return new Outcome(removal.action().get(), "");
        } catch (BatchException e) {
            return e.code() == ErrorCode.NOT_FOUND ? new Outcome(Effect.ABSENT, "") : Outcome.failed(e.getMessage());
        } catch (RuntimeException e) {
            return Outcome.failed(FailureReason.of(e));
        }
    }

    /** The run is ending already; a further interruption changes nothing. */
    private static Outcome awaitUninterruptibly(CompletableFuture<Outcome> outcome, long end) {
        boolean interrupted = true;
        while (interrupted) {
            try {
                return outcome.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (TimeoutException e) {
                interrupted = false;
            } catch (ExecutionException e) {
                return Outcome.failed(FailureReason.of(e.getCause()));
            }
        }
        return Outcome.failed("the provider did not answer in time");
    }

    private static Optional<Remaining> tell(
            Removal removal, Outcome outcome, CreatedResources owned, RunEvents events) {
        if (outcome.effect() instanceof Effect.Stays stays) {
            Remaining left = new Remaining(removal.resource(), removal.id(), stays.reason());
            events.publish(new NotCleanedUp(left, outcome.detail()));
            return Optional.of(left);
        }
        if (outcome.effect() instanceof Effect.Deleted) {
            events.publish(new CleanedUp(removal.resource(), removal.id()));
        } else if (owned.hasCreated(removal.resource(), removal.id())) {
            // What was never there, because its creation was refused, is not worth a word.
            events.publish(new AlreadyGone(removal.resource(), removal.id()));
        }
        return Optional.empty();
    }
}
