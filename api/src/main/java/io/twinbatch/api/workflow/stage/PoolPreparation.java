package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.workflow.model.RunEvent.PoolCreated;
import io.twinbatch.api.workflow.model.RunEvent.PoolReused;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.model.RunTimes;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Orders the pool, or takes one that is there and on which the tasks can run. */
public final class PoolPreparation {
    private final ComputePool pools;
    private final Clock clock;

    public PoolPreparation(ComputePool pools, Clock clock) {
        this.pools = pools;
        this.clock = clock;
    }

    /**
     * Refuses a run whose pool is there and does not fit, before anything is created.
     *
     * @throws BatchException {@code CONFLICT}
     */
    public void refuseMisfit(RunPlan plan) {
        if (plan.request().pool().id().isPresent()) {
            pools.find(plan.pool().id()).ifPresent(pool -> requireFit(plan, pool));
        }
    }

    /**
     * Makes sure of the pool. Its nodes may still be on their way.
     *
     * @throws BatchException {@code CONFLICT} when a pool of that id is there and does not fit
     */
    public void prepare(RunPlan plan, CreatedResources owned, RunEvents events) {
        Optional<Pool> existing =
                plan.request().pool().id().isPresent() ? pools.find(plan.pool().id()) : Optional.empty();
        if (existing.isPresent()) {
            reuse(plan, existing.get(), events);
            return;
        }
        PoolSpec spec = complete(plan);
        owned.askedForPool();
        try {
            pools.create(spec);
        } catch (BatchException e) {
            Optional<Pool> found = e.code() == ErrorCode.ALREADY_EXISTS ? pools.find(spec.id()) : Optional.empty();
            if (found.isEmpty()) {
                throw e;
            }
            if (!plan.id().owns(found.get().spec().metadata())) {
                reuse(plan, found.get(), events);
                return;
            }
        }
        owned.created(Resource.POOL, spec.id().value());
        events.publish(new PoolCreated(spec));
    }

    /**
     * Makes sure of the pool of a run that was cut off: its own, which may never have been ordered or be gone since, or
     * one that was there before.
     *
     * @throws BatchException {@code CONFLICT} when a pool of that id is there and does not fit
     */
    public void goOn(RunPlan plan, CreatedResources owned, RunEvents events) {
        Optional<Pool> own = own(plan);
        if (own.isEmpty()) {
            prepare(plan, owned, events);
            return;
        }
        take(plan, owned);
        extendLeases(plan, own.get(), events);
        events.publish(new PoolReused(own.get()));
    }

    /** Takes the run's pool for its own where there is one, to be removed with the rest. */
    public void adopt(RunPlan plan, CreatedResources owned) {
        own(plan).ifPresent(pool -> take(plan, owned));
    }

    private static void take(RunPlan plan, CreatedResources owned) {
        owned.askedForPool();
        owned.created(Resource.POOL, plan.pool().id().value());
    }

    private Optional<Pool> own(RunPlan plan) {
        return pools.find(plan.pool().id())
                .filter(pool -> plan.id().owns(pool.spec().metadata()));
    }

    private void reuse(RunPlan plan, Pool pool, RunEvents events) {
        requireFit(plan, pool);
        extendLeases(plan, pool, events);
        events.publish(new PoolReused(pool));
        int nodes = pool.spec().nodes();
        int asked = plan.request().pool().nodes();
        if (nodes != asked) {
            events.warn("pool " + pool.id() + " has " + (nodes == 1 ? "1 node" : nodes + " nodes")
                    + " and is used as it is; asked for were " + asked);
        }
        warnOfOtherKind(plan, pool, events);
        warnOfMissingStartTask(plan, pool, events);
    }

    /** A pool that an earlier run has left is not to be swept or emptied while this one uses it. */
    private void extendLeases(RunPlan plan, Pool pool, RunEvents events) {
        extendLease(plan, pool, events);
        new NodeLease(pools, clock, events).renewWhenDue(pool);
    }

    private void extendLease(RunPlan plan, Pool pool, RunEvents events) {
        Map<String, String> metadata = pool.spec().metadata();
        Instant needed = clock.instant().plus(RunTimes.lifetime(plan));
        RunTags.of(metadata)
                .filter(tags -> tags.lease().filter(needed::isAfter).isPresent())
                .ifPresent(tags -> {
                    Map<String, String> extended = new HashMap<>(metadata);
                    extended.putAll(tags.until(needed).toMetadata());
                    try {
                        pools.updateMetadata(pool.id(), extended);
                    } catch (BatchException e) {
                        events.warn("the lease of pool " + pool.id() + " ends before this run may, and could not be"
                                + " extended, so that a cleanup may delete it: " + e.getMessage());
                    }
                });
    }

    /** Spot nodes cost less and can be preempted: a user who asked for the other kind alone is warned. */
    private static void warnOfOtherKind(RunPlan plan, Pool pool, RunEvents events) {
        PoolSpec wanted = plan.pool();
        boolean spot = wanted.dedicatedNodes() == 0 && pool.spec().dedicatedNodes() > 0;
        boolean dedicated = wanted.spotNodes() == 0 && pool.spec().spotNodes() > 0;
        if (spot || dedicated) {
            events.warn("pool " + pool.id() + " has " + (spot ? "dedicated" : "spot") + " nodes and is used as it is;"
                    + " asked for were " + (spot ? "spot" : "dedicated") + " ones");
        }
    }

    /** What a new pool would install is known of a pool that such a run has made, and of no other. */
    private static void warnOfMissingStartTask(RunPlan plan, Pool pool, RunEvents events) {
        boolean prepares = plan.request().program().preparationScript().isPresent();
        if (plan.pool().startTask().isPresent() && pool.spec().startTask().isEmpty() && !prepares) {
            events.warn("pool " + pool.id() + " has no start task and is used as it is; what the program needs, such as"
                    + " Java, must be on its nodes");
        }
    }

    /** A pool of any size and image will do on which the tasks can run. */
    private static void requireFit(RunPlan plan, Pool pool) {
        PoolSpec wanted = plan.pool();
        PoolSpec found = pool.spec();
        if (pool.state() == PoolState.DELETING) {
            throw conflict(wanted, "it is being deleted; wait until it is deleted, or choose another id");
        }
        boolean runsContainers = !found.containerImages().isEmpty();
        if (runsContainers && wanted.containerImages().isEmpty()) {
            throw conflict(
                    wanted,
                    "it exists, and tasks on its nodes must run in containers; name a container image, or choose another"
                            + " pool");
        }
        if (!runsContainers && !wanted.containerImages().isEmpty()) {
            throw conflict(
                    wanted,
                    "it exists, and its nodes run no containers; choose a pool whose nodes have container images, or"
                            + " another id for a new pool");
        }
        int slots = plan.request().pool().slotsPerTask();
        if (found.slotsPerNode() < slots) {
            throw conflict(
                    wanted,
                    "it exists, and a task that takes " + slots + " slots never fits on its nodes, which have "
                            + found.slotsPerNode());
        }
        boolean staysEmpty = found.idlePolicy() instanceof IdlePolicy.Keep && found.nodes() == 0;
        if (staysEmpty) {
            throw conflict(
                    wanted, "it exists, and has no nodes and gets none by itself; resize it, or choose another id");
        }
    }

    private static BatchException conflict(PoolSpec wanted, String message) {
        return new BatchException(ErrorCode.CONFLICT, "pool " + wanted.id(), message);
    }

    /** The pool of the plan with what is known only now: the time until which it and its nodes are needed. */
    private PoolSpec complete(RunPlan plan) {
        if (plan.request().keepPool()) {
            return plan.pool();
        }
        Instant now = clock.instant();
        RunTags tags = RunTags.unleased(plan).until(now.plus(RunTimes.lifetime(plan)));
        return plan.pool().withMetadata(tags.toMetadata()).withIdlePolicy(NodeLease.begin(now));
    }
}
