package io.twinbatch.app.run;

import com.google.inject.Injector;
import io.twinbatch.api.cleanup.Leftover;
import io.twinbatch.api.cleanup.Leftovers;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.preflight.Preflight;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.SteadyClock;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.Workflow;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.api.workflow.resume.RunRecords;
import io.twinbatch.app.inspect.BackendInspector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The workflow on the three interfaces that an injector binds. */
final class InjectedSession implements BackendSession {
    private final Injector injector;
    private final Kind kind;
    private final Supplier<ConcurrentRuns> concurrentRuns;
    private final Runnable closeBackend;
    private Workflow workflow;
    private boolean cancelled;
    private boolean closed;

    /** How far away a backend is. */
    enum Kind {
        /** In this process. */
        NEARBY(PollInterval.NEARBY, RunTimes.CLEANUP_NEARBY),
        /** Every question is a request. */
        REMOTE(PollInterval.REMOTE, RunTimes.CLEANUP);

        @SuppressWarnings("ImmutableEnumChecker") // It is a record of durations.
        private final PollInterval interval;

        private final Duration cleanup;

        Kind(PollInterval interval, Duration cleanup) {
            this.interval = interval;
            this.cleanup = cleanup;
        }
    }

    InjectedSession(Injector injector, Kind kind, Supplier<ConcurrentRuns> concurrentRuns, Runnable closeBackend) {
        this.injector = injector;
        this.kind = kind;
        this.concurrentRuns = concurrentRuns;
        this.closeBackend = closeBackend;
    }

    @Override
    public List<Preflight.Finding> preflight(RunPlan plan) {
        return injector.getInstance(Preflight.class).check(plan);
    }

    @Override
    public ConcurrentRuns concurrentRuns() {
        return concurrentRuns.get();
    }

    @Override
    public ObjectStore store() {
        return injector.getInstance(ObjectStore.class);
    }

    @Override
    public BackendInspector inspector() {
        JobQueue jobs = injector.getInstance(JobQueue.class);
        ComputePool pools = injector.getInstance(ComputePool.class);
        return switch (kind) {
            case NEARBY -> LiveInspector.nearby(jobs, pools, this::store);
            case REMOTE -> LiveInspector.remote(jobs, pools, this::store);
        };
    }

    @Override
    public RunResult run(RunPlan plan, RunListener listener, CleanupChoice choice) {
        return cancellable().run(plan, listener, choice);
    }

    @Override
    public Optional<RunRecord> record(String name) {
        return new RunRecords(store()).named(name);
    }

    @Override
    public ResumePlan continuation(RunRecord record, TaskProgram program, Path outputFolder) {
        return newWorkflow().continuation(record, program, outputFolder);
    }

    @Override
    public RunResult resume(ResumePlan continuation, RunListener listener, CleanupChoice choice) {
        return cancellable().resume(continuation, listener, choice);
    }

    private Workflow newWorkflow() {
        // Waits until the object store answers, which is the slowest part of a start.
        return new Workflow(
                injector.getInstance(ObjectStore.class),
                injector.getInstance(ComputePool.class),
                injector.getInstance(JobQueue.class),
                // A run's time limit is as long as it seems, also when somebody sets the machine's clock.
                new SteadyClock(),
                new Waiter(Sleeper.REAL, kind.interval),
                Workflow.DEFAULT_TRANSFERS,
                kind.cleanup);
    }

    /** The workflow that a call of {@link #cancel} from now on ends. */
    private Workflow cancellable() {
        Workflow started = newWorkflow();
        synchronized (this) {
            workflow = started;
            if (cancelled) {
                Thread.currentThread().interrupt();
            }
        }
        return started;
    }

    @Override
    public List<Leftover> leftovers() {
        return allLeftovers().find();
    }

    @Override
    public boolean delete(Leftover leftover) {
        return allLeftovers().delete(leftover);
    }

    private Leftovers allLeftovers() {
        return new Leftovers(
                injector.getInstance(ObjectStore.class),
                injector.getInstance(ComputePool.class),
                injector.getInstance(JobQueue.class));
    }

    @Override
    public void terminate(JobId job) {
        injector.getInstance(JobQueue.class).terminate(job);
    }

    /** Before the backend is up there is nothing to remove: closing it ends the wait for it. */
    @Override
    public boolean cancel() {
        Workflow running;
        synchronized (this) {
            cancelled = true;
            running = workflow;
        }
        if (running == null) {
            close();
            return false;
        }
        return running.cancel();
    }

    /** A second caller waits for the first, so that the process does not end before the backend has closed. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            closeBackend.run();
        }
    }
}
