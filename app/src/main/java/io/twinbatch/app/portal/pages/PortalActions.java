package io.twinbatch.app.portal.pages;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.app.inspect.BackendControl;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.inspect.RunProcess;
import io.twinbatch.app.portal.model.Observation;
import io.twinbatch.app.portal.model.PortalJob;
import io.twinbatch.app.portal.model.PortalPool;
import io.twinbatch.app.portal.pages.Frame.Crumb;
import io.twinbatch.app.portal.pages.Frame.Section;
import io.twinbatch.app.portal.pages.PortalAction.Field;
import io.twinbatch.app.portal.server.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be done to jobs, tasks and pools, and where it cannot be done, why. */
final class PortalActions {
    private static final String DEDICATED = "dedicated";
    private static final String SPOT = "spot";

    private final PortalBackend backend;
    private final boolean allowed;
    private final Links links = new Links();

    /**
     * The actions on a backend.
     *
     * @param allowed whether any is
     */
    PortalActions(PortalBackend backend, boolean allowed) {
        this.backend = backend;
        this.allowed = allowed;
    }

    /** Whether there are any. */
    boolean areAllowed() {
        return allowed;
    }

    /** What a page offers for a job. */
    ActionBar offer(PortalJob job) {
        if (job.look().control().isEmpty()) {
            boolean stoppable = job.isActive() && run(job.look()).isPresent();
            return bar(job.look(), stoppable ? List.of(terminate(job)) : List.of());
        }
        List<PortalAction> actions = new ArrayList<>();
        if (job.job().state() == JobState.ACTIVE) {
            actions.add(terminate(job));
        }
        actions.add(delete(job));
        return bar(job.look(), actions);
    }

    /** What a page offers for a task. */
    ActionBar offer(PortalJob job, Task task) {
        if (job.look().control().isEmpty()) {
            return bar(job.look(), List.of());
        }
        List<PortalAction> actions = new ArrayList<>();
        if (!task.status().isFinal()) {
            actions.add(terminate(job, task.key()));
        } else if (task.status().isFailure() && job.job().state() == JobState.ACTIVE) {
            actions.add(reactivate(job, task.key()));
        }
        return bar(job.look(), actions);
    }

    /** What a page offers for a pool. */
    ActionBar offer(PortalPool view) {
        return bar(view.look(), view.look().control().isEmpty() ? List.of() : List.of(resize(view), delete(view)));
    }

    private ActionBar bar(BackendInspector look, List<PortalAction> actions) {
        if (!allowed) {
            return ActionBar.NONE;
        }
        return new ActionBar(actions, look.control().isPresent() ? Optional.empty() : Optional.of(Obstacle.of(look)));
    }

    PortalAction terminateJob(String id) {
        return terminate(job(id));
    }

    PortalAction deleteJob(String id) {
        return delete(job(id));
    }

    PortalAction terminateTask(String job, String task) {
        PortalJob owner = job(job);
        return terminate(owner, new TaskKey(owner.id(), task));
    }

    PortalAction reactivateTask(String job, String task) {
        PortalJob owner = job(job);
        return reactivate(owner, new TaskKey(owner.id(), task));
    }

    PortalAction resizePool(String id) {
        return resize(pool(id));
    }

    PortalAction deletePool(String id) {
        return delete(pool(id));
    }

    private PortalJob job(String id) {
        return backend.job(observation(), id);
    }

    private PortalPool pool(String id) {
        return backend.pool(observation(), id);
    }

    private Observation observation() {
        return backend.snapshots().get();
    }

    private PortalAction terminate(PortalJob job) {
        JobId id = job.id();
        Optional<RunProcess> run = job.look().control().isPresent() ? Optional.empty() : run(job.look());
        String name = run.isPresent() ? "Cancel the run of job " + id : "Terminate job " + id;
        String consequence = run.isPresent()
                ? "The run ends as by Ctrl-C in its terminal: it keeps the results of tasks that are done, and deletes"
                        + " its job, its pool and its containers."
                : "Its running tasks are stopped, and those that wait never start. The client of its run keeps the"
                        + " results of tasks that are done.";
        return action(name, consequence, job, "terminate", answer -> {
            if (run.isPresent()) {
                if (!run.get().stop()) {
                    throw new BatchException(
                            ErrorCode.FORBIDDEN,
                            "process " + run.get().pid(),
                            "the user of this portal cannot stop it");
                }
                return "Process " + run.get().pid()
                        + " of the run was asked to stop. It keeps the results of tasks that"
                        + " are done, and deletes the rest.";
            }
            control(job.look(), "job " + id).jobs().terminate(id);
            return "Job " + id + " is being terminated.";
        });
    }

    private PortalAction delete(PortalJob job) {
        JobId id = job.id();
        return action(
                "Delete job " + id,
                "The job goes with its " + job.counts().total()
                        + " tasks and their files on the nodes. A run that still" + " watches it fails.",
                job,
                "delete",
                new Crumb("Jobs", Section.JOBS.address()),
                answer -> control(job.look(), "job " + id).jobs().delete(id)
                        ? "Job " + id + " is being deleted with its tasks."
                        : "Job " + id + " is gone already, or is about to be.");
    }

    private PortalAction terminate(PortalJob job, TaskKey key) {
        return action(
                "Terminate task " + key.task(),
                "The task ends as failed. When it runs, all its processes are stopped.",
                job,
                key,
                "terminate",
                answer -> {
                    control(job.look(), "task " + key).jobs().terminateTask(key);
                    return "Task " + key.task() + " of job " + key.job() + " was terminated.";
                });
    }

    private PortalAction reactivate(PortalJob job, TaskKey key) {
        return action(
                "Reactivate task " + key.task(),
                "The task is queued again, and runs as if it were new. Its retries count anew.",
                job,
                key,
                "reactivate",
                answer -> {
                    control(job.look(), "task " + key).jobs().reactivateTask(key);
                    return "Task " + key.task() + " of job " + key.job() + " is queued again.";
                });
    }

    private PortalAction resize(PortalPool view) {
        PoolId id = view.pool().id();
        PoolSpec spec = view.pool().spec();
        return new PortalAction(
                "Resize pool " + id,
                "When nodes have to go, the tasks that run on them are queued again. At a provider each node costs"
                        + " money for as long as it is there.",
                links.pool(id) + "/resize",
                Section.POOLS,
                new Crumb("Pool " + id, links.pool(id)),
                List.of(
                        new Field(DEDICATED, "Dedicated nodes", spec.dedicatedNodes()),
                        new Field(SPOT, "Spot nodes", spec.spotNodes())),
                answer -> {
                    int dedicated = number(answer, DEDICATED, id);
                    int spot = number(answer, SPOT, id);
                    control(view.look(), "pool " + id).pools().resize(id, dedicated, spot);
                    return "Pool " + id + " is being resized to " + dedicated + " dedicated and " + spot
                            + " spot nodes.";
                });
    }

    private static int number(WebRequest answer, String field, PoolId pool) {
        return Optional.ofNullable(answer.form().get(field))
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::valueOf)
                .orElseThrow(() -> new BatchException(
                        ErrorCode.INVALID, "pool " + pool, "the number of " + field + " nodes is no whole number"));
    }

    private PortalAction delete(PortalPool view) {
        PoolId id = view.pool().id();
        return new PortalAction(
                "Delete pool " + id,
                "The pool goes with its nodes and all files on them. Tasks that run there are queued again, and wait"
                        + " for another pool of that id.",
                links.pool(id) + "/delete",
                Section.POOLS,
                new Crumb("Pools and nodes", Section.POOLS.address()),
                List.of(),
                answer -> control(view.look(), "pool " + id).pools().delete(id)
                        ? "Pool " + id + " is being deleted with its nodes."
                        : "Pool " + id + " is gone already, or is about to be.");
    }

    private PortalAction action(String name, String consequence, PortalJob job, String verb, PortalAction.Order order) {
        return action(name, consequence, job, verb, new Crumb("Job " + job.id(), links.job(job.id())), order);
    }

    private PortalAction action(
            String name, String consequence, PortalJob job, String verb, Crumb back, PortalAction.Order order) {
        return new PortalAction(
                name, consequence, links.job(job.id()) + "/" + verb, Section.JOBS, back, List.of(), order);
    }

    private PortalAction action(
            String name, String consequence, PortalJob job, TaskKey key, String verb, PortalAction.Order order) {
        return new PortalAction(
                name + " of job " + job.id(),
                consequence,
                links.task(key) + "/" + verb,
                Section.JOBS,
                new Crumb("Task " + key.task(), links.task(key)),
                List.of(),
                order);
    }

    private static Optional<RunProcess> run(BackendInspector look) {
        return RunProcess.of(look).filter(process -> !process.isEmulator());
    }

    private static BackendControl control(BackendInspector look, String resource) {
        return look.control().orElseThrow(() -> new BatchException(ErrorCode.CONFLICT, resource, Obstacle.of(look)));
    }

    /** Why a place cannot be changed from here, and from where it can. */
    private static final class Obstacle {
        private Obstacle() {}

        static String of(BackendInspector look) {
            Optional<RunProcess> process = RunProcess.of(look);
            if (process.isEmpty()) {
                return "no process works on this state folder; app/app cleanup deletes what is left in it, and app/app"
                        + " resume continues a run";
            }
            String owner = "only process " + process.get().pid() + ", which works on this state folder, can change its"
                    + " jobs and pools; ";
            return owner
                    + (process.get().isEmulator()
                            ? "it is an emulator: start the portal with --backend=azure and its settings, or the"
                                    + " emulator with --portal --allow-actions"
                            : "a run that is started with --portal --allow-actions serves a portal that can");
        }
    }
}
