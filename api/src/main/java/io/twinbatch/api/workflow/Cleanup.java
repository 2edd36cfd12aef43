package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.workflow.RunEvent.CleanedUp;
import io.twinbatch.api.workflow.RunEvent.NotCleanedUp;
import io.twinbatch.api.workflow.RunResult.Reason;
import io.twinbatch.api.workflow.RunResult.Remaining;
import io.twinbatch.api.workflow.RunResult.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Removes what a run created. Every removal is tried, whatever became of the ones before; what is still there in the
 * end is told. Nothing that is not marked as the run's own is ever deleted.
 */
final class Cleanup {
    private final ObjectStore store;
    private final ComputePool pools;
    private final JobQueue queue;
    private final Duration bound;

    Cleanup(ObjectStore store, ComputePool pools, JobQueue queue, Duration bound) {
        this.store = store;
        this.pools = pools;
        this.queue = queue;
        this.bound = bound;
    }

    /**
     * One thing to be removed.
     *
     * @param resource what it is
     * @param id its identifier or name
     * @param remote whether the provider is asked
     * @param action removes it; returns why it stays, when it stays
     */
    record Removal(Resource resource, String id, boolean remote, Supplier<Optional<Reason>> action) {}

    /** Deletes a container. */
    Removal container(ContainerName container) {
        return new Removal(Resource.CONTAINER, container.value(), true, () -> {
            store.deleteContainer(container);
            return Optional.empty();
        });
    }

    /** Deletes a pool that the run created. */
    Removal pool(PoolId id, RunId run) {
        return new Removal(Resource.POOL, id.value(), true, () -> {
            Optional<Pool> found = pools.find(id);
            if (found.isPresent() && !run.owns(found.get().spec().metadata())) {
                return Optional.of(Reason.NOT_OURS);
            }
            found.ifPresent(pool -> pools.delete(id));
            return Optional.empty();
        });
    }

    /** Deletes a job that the run created, with its tasks. */
    Removal job(JobId id, RunId run) {
        return new Removal(Resource.JOB, id.value(), true, () -> {
            Optional<Job> found = queue.find(id);
            if (found.isPresent() && !run.owns(found.get().spec().metadata())) {
                return Optional.of(Reason.NOT_OURS);
            }
            found.ifPresent(job -> queue.delete(id));
            return Optional.empty();
        });
    }

    /** Ends a job that the run created, and keeps it. */
    Removal endOfJob(JobId id, RunId run) {
        return new Removal(Resource.JOB, id.value(), true, () -> {
            Optional<Job> found = queue.find(id);
            boolean ours = found.isPresent() && run.owns(found.get().spec().metadata());
            if (ours) {
                queue.terminate(id);
            }
            return found.map(job -> ours ? Reason.KEPT : Reason.NOT_OURS);
        });
    }

    /** Keeps a pool that the run created, and takes its lease from it. */
    Removal keptPool(PoolId id, RunId run, Events events) {
        return kept(
                Resource.POOL,
                id.value(),
                events,
                () -> pools.find(id)
                        .map(pool -> pool.spec().metadata())
                        .filter(run::owns)
                        .ifPresent(metadata -> pools.updateMetadata(id, withoutLease(metadata))));
    }

    /** Keeps a job that the run created, and takes its lease from it. */
    Removal keptJob(JobId id, RunId run, Events events) {
        return kept(
                Resource.JOB,
                id.value(),
                events,
                () -> queue.find(id)
                        .map(job -> job.spec().metadata())
                        .filter(run::owns)
                        .ifPresent(metadata -> queue.updateMetadata(id, withoutLease(metadata))));
    }

    private static Removal kept(Resource resource, String id, Events events, Runnable releaseFromLease) {
        return new Removal(resource, id, true, () -> {
            try {
                releaseFromLease.run();
            } catch (BatchException e) {
                events.warn(resource.label() + " " + id + " stays, but its lease could not be taken from it, so that a"
                        + " later cleanup will delete it: " + e.getMessage());
            }
            return Optional.of(Reason.KEPT);
        });
    }

    private static Map<String, String> withoutLease(Map<String, String> metadata) {
        Map<String, String> rest = new HashMap<>(metadata);
        rest.remove(RunMarks.LEASE);
        return rest;
    }

    /** Keeps something. */
    static Removal keep(Resource resource, String id, Reason reason) {
        return new Removal(resource, id, false, () -> Optional.of(reason));
    }

    /**
     * Does all removals, one after the other in the given order, on a thread of its own, so that neither an interruption nor a provider
     * that does not answer holds up the end for longer than the bound. The interrupt flag of this thread is clear
     * afterwards.
     *
     * @return what is still there
     */
    List<Remaining> run(List<Removal> removals, Events events) {
        // What needs no answer comes first, lest a provider that gives none makes it look like a failure.
        List<Removal> ordered =
                removals.stream().sorted(Comparator.comparing(Removal::remote)).toList();
        Protocol protocol = new Protocol(events);
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
        private final Events events;
        private final List<Remaining> remaining = new ArrayList<>();
        private int attempted;
        private boolean closed;

        Protocol(Events events) {
            this.events = events;
        }

        void attempt(Removal removal) {
            if (isClosed()) {
                return;
            }
            try {
                Optional<Reason> stays = removal.action().get();
                finish(removal, stays, "");
            } catch (BatchException e) {
                boolean gone = e.code() == ErrorCode.NOT_FOUND;
                finish(removal, gone ? Optional.empty() : Optional.of(Reason.CLEANUP_FAILED), e.getMessage());
            } catch (RuntimeException e) {
                finish(removal, Optional.of(Reason.CLEANUP_FAILED), e.toString());
            }
        }

        private synchronized boolean isClosed() {
            return closed;
        }

        private synchronized void finish(Removal removal, Optional<Reason> stays, String detail) {
            if (closed) {
                return;
            }
            attempted++;
            if (stays.isEmpty()) {
                events.tell(new CleanedUp(removal.resource(), removal.id()));
                return;
            }
            Remaining left = new Remaining(removal.resource(), removal.id(), stays.get());
            remaining.add(left);
            events.tell(new NotCleanedUp(left, detail));
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
