package io.twinbatch.local.emulator.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.local.emulator.autoscale.Formula;
import io.twinbatch.local.emulator.document.Bodies;
import io.twinbatch.local.emulator.document.ContainerDocuments;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.operation.Call;
import io.twinbatch.local.emulator.operation.Conditions;
import io.twinbatch.local.emulator.operation.ConflictRetry;
import io.twinbatch.local.emulator.operation.Listing;
import io.twinbatch.local.emulator.operation.Replies;
import io.twinbatch.local.emulator.operation.ResourceUrls;
import io.twinbatch.local.emulator.operation.Routes;
import io.twinbatch.local.emulator.operation.ServiceFaults;
import io.twinbatch.local.emulator.query.Expand;
import io.twinbatch.local.emulator.query.Select;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.model.NewPool;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.record.AutoScale;
import io.twinbatch.local.record.NodeTime;
import io.twinbatch.local.record.PoolRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The operations on pools. */
public final class PoolOperations {
    static final Set<String> PROPERTIES =
            Set.of(("id displayName url eTag lastModified creationTime state stateTransitionTime allocationState"
                            + " allocationStateTransitionTime vmSize virtualMachineConfiguration resizeTimeout resizeErrors"
                            + " resourceTags vmSkuProfile currentDedicatedNodes currentLowPriorityNodes targetDedicatedNodes"
                            + " targetLowPriorityNodes enableAutoScale autoScaleFormula autoScaleEvaluationInterval"
                            + " autoScaleRun enableInterNodeCommunication networkConfiguration startTask"
                            + " certificateReferences applicationPackageReferences taskSlotsPerNode"
                            + " taskSchedulingPolicy userAccounts metadata stats mountConfiguration identity"
                            + " targetNodeCommunicationMode currentNodeCommunicationMode upgradePolicy")
                    .split(" "));
    private static final Set<String> FILTERABLE = Set.of(
            "id",
            "displayName",
            "state",
            "allocationState",
            "creationTime",
            "lastModified",
            "stateTransitionTime",
            "allocationStateTransitionTime",
            "enableAutoScale",
            "vmSize",
            "currentDedicatedNodes",
            "currentLowPriorityNodes",
            "targetDedicatedNodes",
            "targetLowPriorityNodes");

    private static final Listing LISTING = new Listing("pools", PROPERTIES, FILTERABLE);
    private static final Listing USAGE = new Listing(
            "poolusagemetrics",
            Set.of("poolId", "startTime", "endTime", "vmSize", "totalCoreHours"),
            Set.of("poolId", "startTime", "endTime", "vmSize"));
    private static final String KIND = "Pool";

    private final Engine engine;
    private final PoolUsage usage;
    private final PoolView view;
    private final AutoScaling scaling;
    private final Clock clock;

    public PoolOperations(Engine engine, AutoScaling scaling, Clock clock) {
        this.engine = engine;
        this.usage = new PoolUsage(engine.view(), clock);
        this.view = new PoolView(engine.view(), usage, scaling.measurements(), clock);
        this.scaling = scaling;
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.on("POST", "/pools", this::add)
                .on("GET", "/pools", this::list)
                .on("GET", "/pools/{}", this::get)
                .on("HEAD", "/pools/{}", this::exists)
                .on("PATCH", "/pools/{}", call -> change(call, 200, PoolDocuments::patched))
                .on("POST", "/pools/{}/updateproperties", call -> change(call, 204, PoolDocuments::updated))
                .on("DELETE", "/pools/{}", this::delete)
                .on("POST", "/pools/{}/resize", this::resize)
                .on("POST", "/pools/{}/stopresize", this::stopResize)
                .on("POST", "/pools/{}/removenodes", this::removeNodes)
                .on("POST", "/pools/{}/enableautoscale", this::enableAutoScale)
                .on("POST", "/pools/{}/disableautoscale", this::disableAutoScale)
                .on("POST", "/pools/{}/evaluateautoscale", this::evaluateAutoScale)
                .on("GET", "/poolusagemetrics", this::usage);
    }

    private PoolRecord record(Call call) {
        return engine.view().poolRecord(call.pool()).orElseThrow(() -> Call.notFound(KIND));
    }

    private static Instant version(PoolRecord pool) {
        return pool.history().lastModified();
    }

    private Reply add(Call call) {
        NewPool order = PoolDocuments.added(call.request().body(), clock.instant());
        order.rules().autoScale().ifPresent(scale -> {
            Formula unused = Formula.parse(scale.formula());
        });
        ContainerDocuments.logins(Bodies.parse(call.request().body())).forEach(engine.containers()::login);
        PoolRecord made = ServiceFaults.guarded(KIND, () -> engine.orders().createPool(order.spec(), order.rules()));
        return Replies.created(ResourceUrls.pool(call.base(), made.spec().id()), version(made));
    }

    private Reply list(Call call) {
        return LISTING.page(
                call,
                after -> engine.view().poolsAfter(after),
                Expand::stats,
                (pool, stats) -> view.render(call.base(), pool, stats));
    }

    private Reply get(Call call) {
        PoolRecord pool = record(call);
        Select select = Select.of(call.request(), PROPERTIES);
        boolean stats = Expand.stats(call.request(), select);
        if (Conditions.of(call.request()).isKnown(version(pool))) {
            return Replies.notModified(version(pool));
        }
        ObjectNode document = select.of(view.render(call.base(), pool, stats));
        return Replies.element(call, "pools", document, Replies.version(version(pool)));
    }

    private Reply exists(Call call) {
        PoolRecord pool = record(call);
        if (Conditions.of(call.request()).isKnown(version(pool))) {
            return Replies.notModified(version(pool));
        }
        return Reply.empty(200, Replies.version(version(pool)));
    }

    private Reply change(Call call, int status, BiFunction<PoolRecord, String, NewPool> change) {
        return ConflictRetry.whileChanged(
                () -> {
                    PoolRecord pool = record(call);
                    Precondition unused = Conditions.of(call.request()).expected(version(pool));
                    NewPool order = change.apply(pool, call.request().body());
                    PoolRecord changed = engine.orders()
                            .changePool(
                                    pool.spec().id(), Precondition.since(version(pool)), order.spec(), order.rules());
                    return Replies.ordered(status, call, version(changed));
                },
                !Conditions.of(call.request()).isAny(),
                KIND);
    }

    private Reply delete(Call call) {
        PoolRecord pool = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(pool));
        boolean ordered = ServiceFaults.guarded(
                KIND, () -> engine.orders().deletePool(pool.spec().id(), expected));
        if (!ordered) {
            throw ServiceFaults.being(KIND, "deleted");
        }
        return Reply.empty(202, Map.of());
    }

    private Reply resize(Call call) {
        PoolRecord pool = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(pool));
        ObjectNode body = PoolDocuments.resize(pool, call.request().body());
        int dedicated = body.path("targetDedicatedNodes").asInt(pool.spec().dedicatedNodes());
        int spot = body.path("targetLowPriorityNodes").asInt(pool.spec().spotNodes());
        PoolRecord changed = ServiceFaults.guarded(
                KIND,
                () -> engine.orders()
                        .resizePool(
                                pool.spec().id(),
                                expected,
                                dedicated,
                                spot,
                                displacement(body, "nodeDeallocationOption")));
        return Replies.ordered(202, call, version(changed));
    }

    private Reply stopResize(Call call) {
        PoolRecord pool = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(pool));
        PoolRecord changed = ServiceFaults.guarded(
                KIND, () -> engine.orders().stopResize(pool.spec().id(), expected));
        return Replies.ordered(202, call, version(changed));
    }

    private Reply removeNodes(Call call) {
        PoolRecord pool = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(pool));
        ObjectNode body = PoolDocuments.removal(call.request().body());
        Set<NodeId> nodes = new LinkedHashSet<>();
        body.get("nodeList").forEach(node -> nodes.add(new NodeId(node.textValue())));
        RunningTaskPolicy how = displacement(body, "nodeDeallocationOption");
        PoolRecord changed = ServiceFaults.guarded(
                "Node", () -> engine.orders().removeNodes(pool.spec().id(), expected, nodes, how));
        return Replies.ordered(202, call, version(changed));
    }

    private Reply enableAutoScale(Call call) {
        PoolRecord pool = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(pool));
        AutoScale formula = PoolDocuments.enabled(pool, call.request().body(), clock.instant());
        Formula unused = Formula.parse(formula.formula());
        PoolRecord changed = ServiceFaults.guarded(
                KIND, () -> engine.orders().scalePool(pool.spec().id(), expected, Optional.of(formula)));
        return Replies.ordered(200, call, version(changed));
    }

    private Reply disableAutoScale(Call call) {
        PoolRecord pool = record(call);
        Precondition expected = Conditions.of(call.request()).expected(version(pool));
        PoolRecord changed = ServiceFaults.guarded(
                KIND, () -> engine.orders().scalePool(pool.spec().id(), expected, Optional.empty()));
        return Replies.ordered(200, call, version(changed));
    }

    private Reply evaluateAutoScale(Call call) {
        PoolRecord pool = record(call);
        String formula = PoolDocuments.evaluation(call.request().body())
                .get("autoScaleFormula")
                .textValue();
        if (pool.rules().autoScale().isEmpty()) {
            throw new ServiceFault(
                    409, "OperationInvalidForCurrentState", "The specified pool does not have autoscale enabled.");
        }
        AutoScale.Run run = AutoScaling.run(scaling.evaluate(pool, Formula.parse(formula)));
        return Replies.evaluated(call, "autoscalerun", PoolView.run(run));
    }

    /** What becomes of tasks in the way; data that is to be kept is kept no longer than the tasks run. */
    public static RunningTaskPolicy displacement(ObjectNode body, String name) {
        return switch (body.path(name).asText("requeue")) {
            case "terminate" -> RunningTaskPolicy.TERMINATE;
            case "taskcompletion", "retaineddata" -> RunningTaskPolicy.WAIT;
            default -> RunningTaskPolicy.REQUEUE;
        };
    }

    /** Without times, the last interval that has ended; the service has the latest two hours later. */
    private Reply usage(Call call) {
        Instant last = usage.lastInterval();
        Instant start = time(call, "starttime").orElse(last);
        Instant end = time(call, "endtime").orElse(last.plus(NodeTime.INTERVAL));
        NavigableMap<String, PoolUsage.Metered> metered = usage.within(start, end);
        return USAGE.page(
                call,
                after -> metered.tailMap(after, false),
                Listing.Expansion.NONE,
                (interval, stats) -> interval.render());
    }

    private static Optional<Instant> time(Call call, String parameter) {
        return call.request().parameter(parameter).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                throw ServiceFault.invalidQuery(parameter, text, "It is no time as ISO 8601 writes it.");
            }
        });
    }
}
