package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.api.workflow.stage.NodeLease;
import io.twinbatch.azure.batch.BatchComputePool;
import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.client.RetryLimits;
import io.twinbatch.azure.connection.HttpConnections;
import io.twinbatch.it.faults.RecordedTime;
import io.twinbatch.local.emulator.BatchOperations;
import io.twinbatch.local.emulator.Emulator;
import io.twinbatch.local.emulator.EmulatorConfig;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.store.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the nodes of a client that lives, dies and comes back, by the emulator's scripted clock. */
class PoolLeaseTest {
    private static final PoolId POOL = new PoolId("p");

    @TempDir
    private Path folder;

    private final RecordedTime time = new RecordedTime();
    private StateFolder state;
    private Engine engine;
    private Emulator emulator;
    private BatchRestClient client;
    private ComputePool pools;

    @BeforeEach
    void open() {
        state = StateFolder.take(folder.resolve("state"));
        engine = Engine.open(state, System.getenv(), time);
        EmulatorConfig config = EmulatorConfig.onPort(0);
        emulator = Emulator.open(config, new BatchOperations(engine, time));
        client = new BatchRestClient(
                new BatchEndpoint(emulator.endpoint()),
                new BatchCredential.SharedKey(config.account(), config.key()),
                HttpConnections.open(),
                RetryLimits.NEARBY,
                Clock.systemUTC(),
                Sleeper.REAL);
        pools = new BatchComputePool(client);
    }

    @AfterEach
    void close() {
        emulator.close();
        engine.close();
        state.close();
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        Waiter waiter = new Waiter(Sleeper.REAL, PollInterval.NEARBY);
        waiter.await(
                what,
                Deadline.after(Clock.systemUTC(), Duration.ofSeconds(60)),
                () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    private void pass(Duration span) throws InterruptedException {
        time.sleep(span);
        Instant due = time.instant().minus(IdlePolicy.EVALUATION_INTERVAL);
        await("an evaluation", () -> {
            var run = client.pools().get(POOL.value()).autoScaleRun();
            return run != null && run.timestamp().isAfter(due);
        });
        await("rest", () -> pools.find(POOL).orElseThrow().state() == PoolState.STEADY);
    }

    private int nodes() {
        return pools.nodes(POOL).size();
    }

    @Test
    void theNodesStayWhileTheClientRenewsLeaveAfterItDiedAndComeBackWhenItIsResumed() throws Exception {
        IdlePolicy lease = new IdlePolicy.Lease(time.instant().plus(RunTimes.NODE_LEASE));
        pools.create(PoolSpec.of(POOL, 2).withNodes(2, 1).withIdlePolicy(lease));
        await("the nodes", () -> nodes() == 3);
        NodeLease alive = new NodeLease(pools, time, new RunEvents(event -> {}, time));
        for (int i = 0; i < 8; i++) {
            pass(IdlePolicy.EVALUATION_INTERVAL);
            alive.renewWhenDue(pools.find(POOL).orElseThrow());
            assertThat(nodes()).isEqualTo(3);
        }

        pass(RunTimes.NODE_LEASE_RENEWAL.minus(IdlePolicy.EVALUATION_INTERVAL));
        assertThat(nodes()).isEqualTo(3);
        pass(RunTimes.ABANDONED_NODES.minus(RunTimes.NODE_LEASE_RENEWAL).plus(IdlePolicy.EVALUATION_INTERVAL));
        await("the end of the nodes", () -> nodes() == 0);
        assertThat(client.pools().get(POOL.value()).targetDedicatedNodes()).isZero();
        assertThat(client.pools().get(POOL.value()).targetLowPriorityNodes()).isZero();
        assertThat(pools.find(POOL).orElseThrow().spec().dedicatedNodes()).isEqualTo(2);

        NodeLease resumed = new NodeLease(pools, time, new RunEvents(event -> {}, time));
        resumed.renewWhenDue(pools.find(POOL).orElseThrow());
        await("new nodes", () -> nodes() == 3);
    }
}
