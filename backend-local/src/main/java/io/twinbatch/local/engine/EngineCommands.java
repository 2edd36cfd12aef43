package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.local.application.ApplicationPackages;
import io.twinbatch.local.application.PackageReference;
import io.twinbatch.local.container.ContainerEngine;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.NewJob;
import io.twinbatch.local.engine.model.NewPool;
import io.twinbatch.local.engine.model.NewTask;
import io.twinbatch.local.engine.model.PoolSize;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.engine.model.SubmissionResult;
import io.twinbatch.local.record.AutoScale;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.JobRules;
import io.twinbatch.local.record.JobTemplate;
import io.twinbatch.local.record.NodeHistory.Restart;
import io.twinbatch.local.record.NodeUser;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.PoolRules;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.Recurrence;
import io.twinbatch.local.record.ScheduleRecord;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.record.TaskRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What can be ordered of the engine, by either of its front doors. An order returns when what it has changed is kept and
 * visible. Every order may throw {@link BatchException}: {@code NOT_FOUND} when what it is about does not exist,
 * {@code ALREADY_EXISTS} when it is to be created and exists, {@code CONFLICT} when its state does not allow the order or
 * it is not as was expected, and {@code INVALID}. An order that creates or changes something returns the record as that
 * order has committed it; commands of other callers at the same time do not show in it.
 */
public final class EngineCommands {
    private static final int SUBMIT_GROUP = 1000;

    private final EngineLoop loop;
    private final EngineState state;
    private final Controls controls;
    private final ContainerEngine containers;
    private final ApplicationPackages applications;

    EngineCommands(
            EngineLoop loop,
            EngineState state,
            Controls controls,
            ContainerEngine containers,
            ApplicationPackages applications) {
        this.applications = applications;
        this.loop = loop;
        this.state = state;
        this.controls = controls;
        this.containers = containers;
    }

    /**
     * Returns when everything that was ordered before is kept and visible.
     *
     * @return false when the engine has stopped, so that nothing becomes visible any more
     */
    public boolean awaitKept() {
        try {
            loop.run(() -> {});
            return true;
        } catch (BatchException e) {
            return false;
        }
    }

    /** Asks for what a pool needs on the thread of the caller: the answer of a container engine may take seconds. */
    private void requireFor(PoolSpec spec, PoolRules rules) {
        requirePackages("pool " + spec.id(), rules.applications());
        if (rules.runContainers(spec)) {
            containers.require();
        }
    }

    private void requirePackages(String what, List<PackageReference> packages) {
        PackageRules.problem(what, packages, applications).ifPresent(problem -> {
            throw problem;
        });
    }

    private void requireFor(TaskSpec task, TaskRules rules) {
        requirePackages("task " + task.id(), rules.applications());
    }

    private void requireFor(JobTemplate template) {
        template.pool().ifPresent(pool -> requireFor(pool.spec(), pool.rules()));
        template.manager().ifPresent(manager -> requireFor(manager.spec(), manager.rules()));
    }

    /** Orders a pool. */
    public PoolRecord createPool(PoolSpec spec, PoolRules rules) {
        requireFor(spec, rules);
        return ofPool(spec.id(), () -> controls.pools().create(spec, rules));
    }

    /** Changes what a pool asks for; the numbers of nodes in the specification do not count. */
    public PoolRecord changePool(PoolId id, Precondition expected, PoolSpec spec, PoolRules rules) {
        requirePackages("pool " + id, rules.applications());
        return ofPool(id, () -> controls.pools().change(id, expected, spec, rules));
    }

    /** Changes what a pool of the API asks for, but not how many nodes. */
    void changePool(PoolId id, UnaryOperator<PoolSpec> change) {
        loop.run(() -> {
            PoolRecord pool = state.pool(id).record();
            controls.pools().change(id, Precondition.ANY, change.apply(pool.spec()), pool.rules());
        });
    }

    /** Gives a job other metadata. */
    void changeJobMetadata(JobId id, Map<String, String> metadata) {
        loop.run(() -> {
            JobRecord job = state.job(id).record();
            controls.jobs().change(id, Precondition.ANY, job.spec().withMetadata(metadata), job.rules());
        });
    }

    /** Orders other numbers of nodes. */
    public PoolRecord resizePool(PoolId id, Precondition expected, int dedicated, int spot, RunningTaskPolicy how) {
        return ofPool(id, () -> controls.pools().resize(id, expected, dedicated, spot, how));
    }

    /** Lets a formula decide how many nodes a pool has; with none, its clients decide again. */
    public PoolRecord scalePool(PoolId id, Precondition expected, Optional<AutoScale> formula) {
        return ofPool(id, () -> controls.pools().scale(id, expected, formula));
    }

    /**
     * Keeps how a pool's formula was evaluated, and follows it when the pool is at rest and has that formula still.
     */
    public void followFormula(PoolId id, String formula, AutoScale.Run run, PoolSize size, RunningTaskPolicy how) {
        loop.run(() -> controls.pools().follow(id, formula, run, size, how));
    }

    /** Breaks a resize off. */
    public PoolRecord stopResize(PoolId id, Precondition expected) {
        return ofPool(id, () -> controls.pools().stopResize(id, expected));
    }

    /** Takes nodes out of a pool. */
    public PoolRecord removeNodes(PoolId id, Precondition expected, Set<NodeId> nodes, RunningTaskPolicy how) {
        return ofPool(id, () -> controls.pools().removeNodes(id, expected, nodes, how));
    }

    /** Has a pool go; false when there is none, or it is going already. */
    public boolean deletePool(PoolId id, Precondition expected) {
        return loop.call(() -> controls.pools().delete(id, expected));
    }

    /** Has a node made ready from the beginning. */
    public void restartNode(PoolId id, NodeId node, Restart kind, RunningTaskPolicy how) {
        loop.run(() -> controls.nodes().restart(state.node(id, node), kind, how));
    }

    /** Forbids or allows a node to take tasks. */
    public void scheduleNode(PoolId id, NodeId node, boolean allowed, RunningTaskPolicy how) {
        loop.run(() -> controls.nodes().schedule(state.node(id, node), allowed, how));
    }

    /** Gives a node a user account. */
    public void addNodeUser(PoolId id, NodeId node, NodeUser user) {
        loop.run(() -> controls.users().add(state.node(id, node), user));
    }

    /** Has a user account of a node expire at another time. */
    public void changeNodeUser(PoolId id, NodeId node, String user, Instant expires) {
        loop.run(() -> controls.users().change(state.node(id, node), user, expires));
    }

    /** Takes a user account from a node. */
    public void removeNodeUser(PoolId id, NodeId node, String user) {
        loop.run(() -> controls.users().remove(state.node(id, node), user));
    }

    /** Creates a job, with the pool and the task that it brings along. */
    public JobRecord createJob(NewJob order) {
        order.pool().ifPresent(pool -> requireFor(pool.spec(), pool.rules()));
        order.pool().ifPresent(pool -> requireContainers(order, pool));
        order.manager().ifPresent(manager -> requireFor(manager.spec(), manager.rules()));
        return loop.call(() -> {
            JobEntry job = controls.jobs().create(order.spec(), order.rules());
            order.pool().ifPresent(pool -> controls.pools().create(pool.spec(), pool.rules()));
            order.manager().ifPresent(manager -> controls.submission().addFirst(job, manager));
            return job.record();
        });
    }

    private static void requireContainers(NewJob job, NewPool pool) {
        boolean runsContainers = pool.rules().runContainers(pool.spec());
        ContainerRules.requireNodeTasks(job.spec(), runsContainers);
        job.manager()
                .flatMap(manager ->
                        ContainerRules.problem(manager.spec(), pool.spec().id(), runsContainers))
                .ifPresent(problem -> {
                    throw problem;
                });
    }

    /** Changes what a job asks for. */
    public JobRecord changeJob(JobId id, Precondition expected, JobSpec spec, JobRules rules) {
        return ofJob(id, () -> controls.jobs().change(id, expected, spec, rules));
    }

    /** Has no further task of a job start. */
    public JobRecord disableJob(JobId id, Precondition expected, RunningTaskPolicy how) {
        return ofJob(id, () -> controls.jobs().disable(id, expected, how));
    }

    /** Has the tasks of a disabled job start again. */
    public JobRecord enableJob(JobId id, Precondition expected) {
        return ofJob(id, () -> controls.jobs().enable(id, expected));
    }

    /** Orders the end of a job; one that has ended or is ending is left as it is. */
    public JobRecord terminateJob(JobId id, Precondition expected, String reason) {
        return ofJob(id, () -> controls.jobs().terminate(id, expected, reason));
    }

    /** Has a job go with its tasks; false when there is none, or it is going already. */
    public boolean deleteJob(JobId id, Precondition expected) {
        return loop.call(() -> controls.jobs().delete(id, expected));
    }

    /** Creates a job schedule. */
    public ScheduleRecord createSchedule(String id, Recurrence recurrence, JobTemplate template, String document) {
        requireFor(template);
        return ofSchedule(id, () -> controls.schedules().create(id, recurrence, template, document));
    }

    /** Changes what a job schedule asks for; jobs that are there stay as they are. */
    public ScheduleRecord changeSchedule(
            String id, Precondition expected, Recurrence recurrence, JobTemplate template, String document) {
        requireFor(template);
        return ofSchedule(id, () -> controls.schedules().change(id, expected, recurrence, template, document));
    }

    /** Has a job schedule make jobs again. */
    public ScheduleRecord enableSchedule(String id, Precondition expected) {
        return ofSchedule(id, () -> controls.schedules().enable(id, expected));
    }

    /** Has a job schedule make no further jobs. */
    public ScheduleRecord disableSchedule(String id, Precondition expected) {
        return ofSchedule(id, () -> controls.schedules().disable(id, expected));
    }

    /** Orders the end of a job schedule and of its job. */
    public ScheduleRecord terminateSchedule(String id, Precondition expected) {
        return ofSchedule(id, () -> controls.schedules().terminate(id, expected));
    }

    /** Has a job schedule go with its jobs; false when there is none, or it is going already. */
    public boolean deleteSchedule(String id, Precondition expected) {
        return loop.call(() -> controls.schedules().delete(id, expected));
    }

    /** Adds tasks to a job, each for itself; the answers come in the order of the orders. */
    public List<SubmissionResult> submit(JobId id, List<NewTask> orders) {
        List<SubmissionResult> answers = new ArrayList<>();
        for (int start = 0; start < orders.size(); start += SUBMIT_GROUP) {
            List<NewTask> group = orders.subList(start, Math.min(orders.size(), start + SUBMIT_GROUP));
            answers.addAll(loop.call(() -> controls.submission().add(state.job(id), group)));
        }
        return answers;
    }

    /** Ends a task wherever it is. */
    public TaskRecord terminateTask(TaskKey key, Precondition expected) {
        return ofTask(key, () -> controls.tasks().terminate(key, expected));
    }

    /** Queues a task again that ended badly. */
    public TaskRecord reactivateTask(TaskKey key, Precondition expected) {
        return ofTask(key, () -> controls.tasks().reactivate(key, expected));
    }

    /** Changes what a task asks for. */
    public TaskRecord changeTask(TaskKey key, Precondition expected, NewTask order) {
        return ofTask(key, () -> controls.tasks().change(key, expected, order));
    }

    /** Deletes a task, at once or as soon as it has stopped; false when there is none, or it is being deleted already. */
    public boolean deleteTask(TaskKey key, Precondition expected) {
        return loop.call(() -> controls.tasks().delete(key, expected));
    }

    /** Adds tasks of the API to a job; those that are there already are left as they are. */
    void submitAll(JobId id, List<NewTask> orders) {
        List<BatchException> refused = submit(id, orders).stream()
                .flatMap(answer -> answer.refusal().stream())
                .filter(refusal -> refusal.code() != ErrorCode.ALREADY_EXISTS)
                .toList();
        if (!refused.isEmpty()) {
            List<String> first =
                    refused.stream().limit(10).map(BatchException::getMessage).toList();
            throw new BatchException(
                    ErrorCode.INVALID,
                    "job " + id,
                    refused.size() + " of " + orders.size() + " tasks could not be taken: " + String.join("; ", first));
        }
    }

    private PoolRecord ofPool(PoolId id, Runnable order) {
        return committed(order, () -> state.pool(id).record());
    }

    private JobRecord ofJob(JobId id, Runnable order) {
        return committed(order, () -> state.job(id).record());
    }

    private ScheduleRecord ofSchedule(String id, Runnable order) {
        return committed(order, () -> state.schedules().get(RecordKeys.ofSchedule(id)));
    }

    private TaskRecord ofTask(TaskKey key, Runnable order) {
        return committed(order, () -> state.job(key.job()).tasks().get(RecordKeys.ofTask(key.task())));
    }

    private <R> R committed(Runnable order, Supplier<R> record) {
        return loop.call(() -> {
            order.run();
            return record.get();
        });
    }
}
