package io.twinbatch.app.run;

import com.google.inject.Injector;
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
import io.twinbatch.app.inspect.BackendInspector;
import java.time.Duration;
import java.util.Optional;

/** A look at the accounts of Azure: every question is a request, and its answer is of that moment. */
final class AzureInspector implements BackendInspector {
    /** Somebody reads along; that is worth more requests than a run's own watch makes. */
    private static final PollInterval INTERVAL = new PollInterval(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final Injector injector;

    AzureInspector(Injector injector) {
        this.injector = injector;
    }

    @Override
    public JobReader jobs() {
        return injector.getInstance(JobQueue.class);
    }

    @Override
    public PoolReader pools() {
        return injector.getInstance(ComputePool.class);
    }

    @Override
    public void refresh() {
        // Nothing is kept from one question to the next.
    }

    @Override
    public Optional<ObjectStore> store() {
        return Optional.of(injector.getInstance(ObjectStore.class));
    }

    @Override
    public Optional<String> standstill() {
        return Optional.empty();
    }

    @Override
    public boolean hasRecord(RunId run) {
        try {
            return new RunRecords(injector.getInstance(ObjectStore.class)).isThere(run);
        } catch (BatchException e) {
            // A status is worth more than this answer; resume itself says what is wrong with the store.
            return true;
        }
    }

    @Override
    public Waiter waiter() {
        return new Waiter(Sleeper.REAL, INTERVAL);
    }
}
