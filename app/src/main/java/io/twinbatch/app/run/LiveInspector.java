package io.twinbatch.app.run;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.PoolReader;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.resume.RunRecords;
import io.twinbatch.app.inspect.BackendControl;
import io.twinbatch.app.inspect.BackendInspector;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A look at a backend that answers each question with its state of that moment: an account, or an engine of this process. */
public final class LiveInspector implements BackendInspector {
    /** Somebody reads along; that is worth more requests than a run's own watch makes. */
    private static final PollInterval REMOTE = new PollInterval(Duration.ofSeconds(1), Duration.ofSeconds(4));

    /** A listing of tasks is a request for each thousand of them. */
    private static final int TASKS_PER_LOOK_REMOTE = 5_000;

    private final BackendControl control;
    private final Supplier<ObjectStore> store;
    private final PollInterval interval;
    private final int tasksPerLook;

    private LiveInspector(
            BackendControl control, Supplier<ObjectStore> store, PollInterval interval, int tasksPerLook) {
        this.control = control;
        this.store = store;
        this.interval = interval;
        this.tasksPerLook = tasksPerLook;
    }

    /** A look at the accounts of a provider, where every question is a request. */
    public static LiveInspector remote(JobQueue jobs, ComputePool pools, Supplier<ObjectStore> store) {
        return new LiveInspector(new BackendControl(jobs, pools), store, REMOTE, TASKS_PER_LOOK_REMOTE);
    }

    /** A look at an engine of this process. */
    public static LiveInspector nearby(JobQueue jobs, ComputePool pools, Supplier<ObjectStore> store) {
        return new LiveInspector(new BackendControl(jobs, pools), store, PollInterval.NEARBY, Integer.MAX_VALUE);
    }

    @Override
    public JobReader jobs() {
        return control.jobs();
    }

    @Override
    public PoolReader pools() {
        return control.pools();
    }

    @Override
    public Optional<BackendControl> control() {
        return Optional.of(control);
    }

    @Override
    public void refresh() {
        // Nothing is kept from one question to the next.
    }

    @Override
    public Optional<ObjectStore> store() {
        return Optional.of(store.get());
    }

    @Override
    public Optional<String> standstill() {
        return Optional.empty();
    }

    @Override
    public boolean hasRecord(RunId run) {
        try {
            return new RunRecords(store.get()).isThere(run);
        } catch (BatchException e) {
            // A status is worth more than this answer; resume itself says what is wrong with the store.
            return true;
        }
    }

    @Override
    public int tasksPerLook() {
        return tasksPerLook;
    }

    @Override
    public Waiter waiter() {
        return new Waiter(Sleeper.REAL, interval);
    }
}
