package io.twinbatch.api.workflow;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.workflow.ResourceDeletion.Removal;
import io.twinbatch.api.workflow.model.Cancellation;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunEvent.StepDone;
import io.twinbatch.api.workflow.model.RunEvent.StepStarted;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunResult.Reason;
import io.twinbatch.api.workflow.model.RunResult.Remaining;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.stage.CreatedResources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decides what goes and what stays when a run ends, and has it done. */
final class RunCleanup {
    private final RunPlan plan;
    private final CreatedResources owned;
    private final ResourceDeletion cleanup;
    private final Clock clock;
    private final RunEvents events;

    RunCleanup(RunPlan plan, CreatedResources owned, ResourceDeletion cleanup, Clock clock, RunEvents events) {
        this.plan = plan;
        this.owned = owned;
        this.cleanup = cleanup;
        this.clock = clock;
        this.events = events;
    }

    /**
     * After a run that came to its end: asks about job and pool, and deletes them, and then the containers, which tasks
     * on a node that is slow to go may still use. When results could not be downloaded, what a resumed run fetches them
     * with stays: all but what costs money.
     */
    List<Remaining> afterwards(CleanupChoice choice, boolean holdsResults, Cancellation cancellation) {
        Instant started = begin();
        boolean keepJob = plan.request().keepJob() || (!holdsResults && !choice.deleteJob(jobId()));
        boolean keepPool = plan.request().keepPool() || (owned.hasAskedForPool() && !choice.deletePool(poolId()));
        if (cancellation.isRequested()) {
            // An answer that came with the interruption was none.
            keepJob = plan.request().keepJob();
            keepPool = plan.request().keepPool();
        }
        Removal job = holdsResults
                ? ResourceDeletion.keep(Resource.JOB, jobId().value(), Reason.HOLDS_RESULTS)
                : job(keepJob);
        List<Remaining> remaining = new ArrayList<>(cleanup.run(List.of(job, pool(keepPool)), owned, events));
        remaining.addAll(cleanup.run(containers(holdsResults), owned, events));
        done(started);
        return remaining;
    }

    /** After a run that was interrupted or failed: asks nothing, and ends the job first, so that its tasks stop. */
    List<Remaining> early(boolean holdsResults) {
        Instant started = begin();
        List<Removal> removals = new ArrayList<>();
        if (owned.hasAskedForJob()) {
            removals.add(job(plan.request().keepJob()));
        }
        if (owned.hasAskedForPool()) {
            removals.add(pool(plan.request().keepPool()));
        }
        removals.addAll(containers(holdsResults));
        List<Remaining> remaining = cleanup.run(removals, owned, events);
        done(started);
        return remaining;
    }

    private Removal job(boolean keep) {
        return keep ? cleanup.keptJob(jobId(), plan.id(), events) : cleanup.job(jobId(), plan.id());
    }

    private Removal pool(boolean keep) {
        if (!owned.hasAskedForPool()) {
            return ResourceDeletion.keep(Resource.POOL, poolId().value(), Reason.NOT_OURS);
        }
        return keep ? cleanup.keptPool(poolId(), plan.id(), events) : cleanup.pool(poolId(), plan.id());
    }

    private List<Removal> containers(boolean holdsResults) {
        List<Removal> removals = new ArrayList<>();
        for (ContainerName container : owned.containers()) {
            boolean keep = holdsResults && !container.equals(plan.containers().input());
            removals.add(
                    keep
                            ? ResourceDeletion.keep(Resource.CONTAINER, container.value(), Reason.HOLDS_RESULTS)
                            : cleanup.container(container));
        }
        return removals;
    }

    private Instant begin() {
        events.publish(new StepStarted(Step.CLEANUP));
        return clock.instant();
    }

    private void done(Instant started) {
        events.publish(new StepDone(Step.CLEANUP, Duration.between(started, clock.instant())));
    }

    private JobId jobId() {
        return plan.job().id();
    }

    private PoolId poolId() {
        return plan.pool().id();
    }
}
