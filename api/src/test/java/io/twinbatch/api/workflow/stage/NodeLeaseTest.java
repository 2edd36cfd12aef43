package io.twinbatch.api.workflow.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.time.ManualTime;
import io.twinbatch.api.workflow.RecordingListener;
import io.twinbatch.api.workflow.ScriptedComputePool;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunTimes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeLeaseTest {
    private static final PoolId POOL = new PoolId("p");
    private static final Duration POLL = Duration.ofSeconds(10);
    private final BatchException resizing = new BatchException(ErrorCode.CONFLICT, "pool p", "it is being resized");

    private final ManualTime time = new ManualTime();
    private final ScriptedComputePool pools = new ScriptedComputePool();
    private final RecordingListener listener = new RecordingListener();
    private final NodeLease lease = new NodeLease(pools, time, new RunEvents(listener, time));

    private void poll(Duration span) {
        for (Duration passed = Duration.ZERO; passed.compareTo(span) < 0; passed = passed.plus(POLL)) {
            lease.renewWhenDue(pools.find(POOL).orElseThrow());
            time.advance(POLL);
        }
    }

    private void addLeased() {
        pools.add(PoolSpec.of(POOL, 2).withIdlePolicy(NodeLease.begin(time.instant())));
    }

    private Duration left() {
        IdlePolicy policy = pools.find(POOL).orElseThrow().spec().idlePolicy();
        return Duration.between(time.instant(), ((IdlePolicy.Lease) policy).end());
    }

    private int renewals() {
        return pools.hook.calls("updateIdlePolicy").size();
    }

    private List<String> warnings() {
        return listener.all(RunEvent.Warning.class).stream()
                .map(RunEvent.Warning::text)
                .toList();
    }

    @Test
    void aLeaseIsRenewedWellBeforeItEndsAndNotAtEachPoll() {
        addLeased();
        poll(Duration.ofHours(2));
        assertThat(left()).isGreaterThanOrEqualTo(RunTimes.NODE_LEASE_RENEWAL);
        assertThat(renewals()).isBetween(10, 12);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aPoolWithoutALeaseStaysAsItIs() {
        pools.add(PoolSpec.of(POOL, 2));
        poll(Duration.ofHours(1));
        pools.add(PoolSpec.of(POOL, 2).withIdlePolicy(new IdlePolicy.Release(Duration.ofMinutes(10))));
        poll(Duration.ofHours(1));
        assertThat(renewals()).isZero();
    }

    @Test
    void aRenewalThatIsRefusedIsTriedAgainEachMinuteAndWarnedOfOnceWhenLittleIsLeft() {
        addLeased();
        pools.hook.failOn("updateIdlePolicy", resizing);
        time.advance(Duration.ofMinutes(10));
        poll(Duration.ofMinutes(9));
        assertThat(renewals()).isEqualTo(9);
        assertThat(warnings()).isEmpty();
        poll(Duration.ofMinutes(20));
        assertThat(renewals()).isEqualTo(29);
        assertThat(warnings()).singleElement().asString().contains("pool p ends in 10 min", "it is being resized");
    }

    @Test
    void aLeaseThatEndedWhileTheMachineSleptIsRenewedAndToldOf() {
        addLeased();
        time.advance(Duration.ofHours(8));
        poll(Duration.ofMinutes(5));
        assertThat(left()).isPositive();
        assertThat(renewals()).isEqualTo(1);
        assertThat(warnings()).singleElement().asString().contains("had ended", "the nodes come back");
    }
}
