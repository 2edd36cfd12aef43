package io.twinbatch.local.emulator.pool;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.local.emulator.autoscale.Formula;
import io.twinbatch.local.emulator.autoscale.FormulaResult;
import io.twinbatch.local.emulator.autoscale.PoolMetrics;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.model.PoolSize;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.record.AutoScale;
import io.twinbatch.local.record.PoolRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures pools, evaluates their formulas when it is time, and has the engine follow them. */
public final class AutoScaling {
    private static final Logger LOG = LoggerFactory.getLogger(AutoScaling.class);

    private final Engine engine;
    private final PoolMeasurements measurements;
    private final Clock clock;

    public AutoScaling(Engine engine, Clock clock) {
        this.engine = engine;
        this.measurements = new PoolMeasurements(
                engine.view(), MachineFiles.ofThisMachine(engine.nodeFolders().root()), clock);
        this.clock = clock;
    }

    /** What is measured of the pools. */
    PoolMeasurements measurements() {
        return measurements;
    }

    /** Does what is due. */
    public synchronized void follow() {
        try {
            List<PoolRecord> pools = List.copyOf(engine.view().poolsAfter("").values());
            measurements.take(pools);
            pools.forEach(pool -> pool.rules().autoScale().ifPresent(scale -> follow(pool, scale)));
        } catch (BatchException e) {
            // The engine has been closed, or has failed and says so to everybody who asks.
            LOG.debug("Formulas could not be followed: {}", FailureReason.of(e));
        }
    }

    private void follow(PoolRecord pool, AutoScale scale) {
        Instant now = clock.instant();
        boolean due = scale.lastRun()
                .map(run -> !run.time().plus(scale.interval()).isAfter(now))
                .orElse(true);
        if (!due || pool.deleting()) {
            return;
        }
        FormulaResult result;
        try {
            result = evaluate(pool, Formula.parse(scale.formula()));
        } catch (ServiceFault fault) {
            FailureInfo why = FailureInfo.of(fault.code(), fault.getMessage());
            AutoScale.Run failed = new AutoScale.Run(now, "", Optional.of(why));
            engine.orders()
                    .followFormula(
                            pool.spec().id(), scale.formula(), failed, new PoolSize(0, 0), RunningTaskPolicy.REQUEUE);
            return;
        }
        PoolSize size = new PoolSize(
                Math.min(result.targetDedicatedNodes(), PoolSize.MAX_NODES),
                Math.min(result.targetLowPriorityNodes(), PoolSize.MAX_NODES));
        engine.orders().followFormula(pool.spec().id(), scale.formula(), run(result), size, displacement(result));
    }

    private static RunningTaskPolicy displacement(FormulaResult result) {
        return switch (result.deallocationOption()) {
            case "terminate" -> RunningTaskPolicy.TERMINATE;
            case "taskcompletion", "retaineddata" -> RunningTaskPolicy.WAIT;
            default -> RunningTaskPolicy.REQUEUE;
        };
    }

    /** What a formula says now. */
    FormulaResult evaluate(PoolRecord pool, Formula formula) {
        return formula.evaluate(new PoolMetrics(
                clock.instant(),
                pool.spec().dedicatedNodes(),
                pool.spec().spotNodes(),
                pool.spec().slotsPerNode(),
                measurements.of(pool),
                ThreadLocalRandom.current()::nextDouble));
    }

    /** An evaluation as it is kept. */
    static AutoScale.Run run(FormulaResult result) {
        Optional<FailureInfo> error =
                result.error().map(failure -> new FailureInfo(failure.code(), failure.message(), failure.values()));
        return new AutoScale.Run(result.time(), result.results(), error);
    }
}
