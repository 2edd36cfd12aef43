package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.ComputePool;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders the pool, or takes one that is there and fits. */
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
            pools.find(plan.pool().id()).ifPresent(pool -> requireMatch(plan.pool(), pool));
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
        requireMatch(plan.pool(), pool);
        extendLeases(plan, pool, events);
        events.publish(new PoolReused(pool));
        int nodes = pool.spec().dedicatedNodes() + pool.spec().spotNodes();
        int asked = plan.request().pool().nodes();
        if (nodes != asked) {
            events.warn("pool " + pool.id() + " has " + (nodes == 1 ? "1 node" : nodes + " nodes")
                    + " and is used as it is; asked for were " + asked);
        }
        warnOfOtherKind(plan, pool, events);
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

    /** Spot nodes cost less and can be preempted: a user who asked for the other kind is warned. */
    private static void warnOfOtherKind(RunPlan plan, Pool pool, RunEvents events) {
        boolean spot = plan.request().pool().spot();
        int others = spot ? pool.spec().dedicatedNodes() : pool.spec().spotNodes();
        if (others > 0) {
            events.warn("pool " + pool.id() + " has " + (spot ? "dedicated" : "spot") + " nodes and is used as it is;"
                    + " asked for were " + (spot ? "spot" : "dedicated") + " ones");
        }
    }

    private static void requireMatch(PoolSpec wanted, Pool pool) {
        PoolSpec found = pool.spec();
        if (pool.state() == PoolState.DELETING) {
            throw conflict(wanted, "it is being deleted; wait until it is deleted, or choose another id");
        }
        List<String> differences = new ArrayList<>();
        compare(differences, "slots per node", wanted.slotsPerNode(), found.slotsPerNode());
        if (!wanted.vmSize().equalsIgnoreCase(found.vmSize())) {
            compare(differences, "size", wanted.vmSize(), found.vmSize());
        }
        compare(differences, "image", wanted.image(), found.image());
        boolean runs =
                wanted.containerImages().isEmpty() == found.containerImages().isEmpty();
        if (!runs || !found.containerImages().containsAll(wanted.containerImages())) {
            compare(differences, "container images", wanted.containerImages(), found.containerImages());
        }
        if (!differences.isEmpty()) {
            throw conflict(
                    wanted,
                    "a pool of that id exists with other properties: " + String.join(", ", differences)
                            + "; ask for these properties, choose another id, or delete the pool");
        }
    }

    private static void compare(List<String> differences, String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            differences.add(what + " " + found + " instead of " + wanted);
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
