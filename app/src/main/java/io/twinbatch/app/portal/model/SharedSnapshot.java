package io.twinbatch.app.portal.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.app.inspect.BackendInspector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The snapshot that all open pages share. It is taken anew when somebody asks and the last one is a second old, and not at
 * all while nobody asks. A page does not wait long for a slow backend: it gets the last snapshot.
 */
public final class SharedSnapshot implements AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMillis(700);
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(15);

    private final SnapshotReader reader;
    private final Clock clock;
    private final ExecutorService worker = BackgroundWorker.named("snapshot");

    private Observation latest = new Observation(Snapshot.NOTHING, Optional.empty());
    private Instant asked = Instant.EPOCH;
    private Duration rest = FRESH;
    private Future<?> running;

    /**
     * Snapshots of a backend.
     *
     * @param looks the places where its jobs are, as they are now
     */
    public SharedSnapshot(Supplier<List<BackendInspector>> looks, Clock clock) {
        this.reader = new SnapshotReader(looks);
        this.clock = clock;
    }

    /** What is known now, at most about a second old while the backend answers in time. */
    public Observation get() {
        Future<?> pending;
        boolean first;
        synchronized (this) {
            Instant now = clock.instant();
            boolean due = !now.isBefore(asked.plus(rest)) || now.isBefore(asked);
            if (due && (running == null || running.isDone())) {
                asked = now;
                running = worker.submit(this::refresh);
            }
            pending = running;
            first = latest.isEmpty();
        }
        await(pending, first ? FIRST_PATIENCE : PATIENCE);
        synchronized (this) {
            return latest;
        }
    }

    /** Whoever asks next gets what is so then. */
    public synchronized void expire() {
        asked = Instant.EPOCH;
    }

    private static void await(Future<?> pending, Duration patience) {
        try {
            pending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The last snapshot serves until this one is there.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a snapshot reports its failure by itself", e);
        }
    }

    /** Whatever fails is shown, and tried again. */
    @SuppressWarnings("IllegalCatch")
    private void refresh() {
        Instant begun = clock.instant();
        long start = System.nanoTime();
        try {
            Snapshot snapshot = reader.read(begun);
            publish(new Observation(snapshot, Optional.empty()), start);
        } catch (RuntimeException e) {
            Observation before = observed();
            Instant since = before.outage().map(Observation.Outage::since).orElse(begun);
            publish(new Observation(before.snapshot(), Optional.of(new Observation.Outage(reason(e), since))), start);
        }
    }

    private static String reason(RuntimeException failure) {
        return failure instanceof BatchException ? failure.getMessage() : FailureReason.of(failure);
    }

    private synchronized Observation observed() {
        return latest;
    }

    /** A backend that takes long gets as much rest as it has worked. */
    private synchronized void publish(Observation observation, long start) {
        latest = observation;
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        rest = took.multipliedBy(2).compareTo(FRESH) > 0 ? took.multipliedBy(2) : FRESH;
    }

    /** Takes no more. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
