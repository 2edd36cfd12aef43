package io.twinbatch.local.emulator.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.ResourceUrls;
import io.twinbatch.local.emulator.operation.WireTimes;
import io.twinbatch.local.engine.view.EngineView;
import io.twinbatch.local.record.AutoScale;
import io.twinbatch.local.record.ETags;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolAllocation;
import io.twinbatch.local.record.PoolHistory;
import io.twinbatch.local.record.PoolRecord;
import java.time.Clock;
import java.util.List;

/** Pools as the service shows them. */
final class PoolView {
    private static final String STEADY = "steady";

    private final EngineView engine;
    private final PoolUsage usage;
    private final PoolMeasurements measurements;
    private final Clock clock;

    PoolView(EngineView engine, PoolUsage usage, PoolMeasurements measurements, Clock clock) {
        this.engine = engine;
        this.usage = usage;
        this.measurements = measurements;
        this.clock = clock;
    }

    ObjectNode render(String base, PoolRecord pool, boolean stats) {
        ObjectNode document = PoolDocuments.document(pool);
        PoolHistory history = pool.history();
        String allocation = allocationState(pool);
        List<NodeRecord> nodes = engine.nodeRecords(pool.spec().id());
        int dedicated = (int) nodes.stream().filter(NodeRecord::dedicated).count();
        document.put("url", ResourceUrls.pool(base, pool.spec().id()))
                .put("eTag", ETags.of(history.lastModified()))
                .put("lastModified", WireTimes.text(history.lastModified()))
                .put("creationTime", WireTimes.text(pool.created()))
                .put("state", pool.deleting() ? "deleting" : "active")
                .put("stateTransitionTime", WireTimes.text(history.stateSince()))
                .put("allocationState", allocation)
                .put("allocationStateTransitionTime", WireTimes.text(history.allocationSince()))
                .put("currentDedicatedNodes", dedicated)
                .put("currentLowPriorityNodes", nodes.size() - dedicated)
                .put("enableAutoScale", pool.rules().autoScale().isPresent());
        pool.rules().autoScale().ifPresent(formula -> putFormula(document, formula));
        if (allocation.equals(STEADY)) {
            for (ResizeError error : history.resizeErrors()) {
                document.withArray("resizeErrors")
                        .addObject()
                        .put("code", error.code())
                        .put("message", error.message());
            }
        }
        if (!nodes.isEmpty()) {
            document.put("currentNodeCommunicationMode", "simplified");
        }
        if (stats) {
            document.set("stats", stats(base, pool));
        }
        return document;
    }

    private String allocationState(PoolRecord pool) {
        if (engine.state(pool) == PoolState.STEADY) {
            return STEADY;
        }
        return pool.allocation().phase() == PoolAllocation.Phase.STOPPING ? "stopping" : "resizing";
    }

    private static void putFormula(ObjectNode document, AutoScale formula) {
        // A pool that scales by itself has no resize that could time out.
        document.remove("resizeTimeout");
        document.put("autoScaleFormula", formula.formula())
                .put("autoScaleEvaluationInterval", formula.interval().toString());
        formula.lastRun().ifPresent(run -> document.set("autoScaleRun", run(run)));
    }

    /** An evaluation as the service shows it. */
    static ObjectNode run(AutoScale.Run run) {
        ObjectNode document =
                Renderer.object().put("timestamp", WireTimes.text(run.time())).put("results", run.results());
        run.error().ifPresent(error -> {
            ObjectNode part =
                    document.putObject("error").put("code", error.code()).put("message", error.message());
            error.details()
                    .forEach((name, value) -> part.withArray("values")
                            .addObject()
                            .put("name", name)
                            .put("value", value));
        });
        return document;
    }

    private ObjectNode stats(String base, PoolRecord pool) {
        String now = WireTimes.text(clock.instant());
        String start = WireTimes.text(pool.created());
        ObjectNode document = Renderer.object()
                .put("url", ResourceUrls.pool(base, pool.spec().id()))
                .put("startTime", start)
                .put("lastUpdateTime", now);
        document.putObject("usageStats")
                .put("startTime", start)
                .put("lastUpdateTime", now)
                .put("dedicatedCoreTime", usage.dedicatedCores(pool).toString());
        measurements.totals(pool).ifPresent(totals -> document.set("resourceStats", totals));
        return document;
    }
}
