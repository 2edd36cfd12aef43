package io.twinbatch.local.emulator.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.emulator.operation.Call;
import io.twinbatch.local.emulator.operation.Listing;
import io.twinbatch.local.emulator.operation.Replies;
import io.twinbatch.local.emulator.operation.Routes;
import io.twinbatch.local.emulator.operation.ServiceFaults;
import io.twinbatch.local.emulator.pool.PoolDocuments;
import io.twinbatch.local.emulator.pool.PoolOperations;
import io.twinbatch.local.emulator.query.Select;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.record.NodeHistory.Restart;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The operations on nodes, but for those on their files. */
public final class NodeOperations {
    private static final Set<String> PROPERTIES = Set.of(
            ("id url state schedulingState stateTransitionTime lastBootTime allocationTime ipAddress affinityId vmSize"
                            + " totalTasksRun runningTasksCount runningTaskSlotsCount totalTasksSucceeded recentTasks"
                            + " startTask startTaskInfo certificateReferences errors isDedicated"
                            + " endpointConfiguration nodeAgentInfo virtualMachineInfo")
                    .split(" "));
    private static final Set<String> FILTERABLE = Set.of(
            "id",
            "state",
            "schedulingState",
            "isDedicated",
            "stateTransitionTime",
            "lastBootTime",
            "allocationTime",
            "startTaskInfo/state",
            "startTaskInfo/result",
            "startTaskInfo/exitCode",
            "startTaskInfo/startTime",
            "startTaskInfo/endTime");
    private static final Listing LISTING = new Listing("nodes", PROPERTIES, FILTERABLE);
    private static final String KIND = "Node";

    private final Engine engine;
    private final NodeView view;

    public NodeOperations(Engine engine) {
        this.engine = engine;
        this.view = new NodeView(engine.view());
    }

    public void register(Routes routes) {
        routes.on("GET", "/pools/{}/nodes", this::list)
                .on("GET", "/pools/{}/nodes/{}", this::get)
                .on("POST", "/pools/{}/nodes/{}/reboot", this::reboot)
                .on("POST", "/pools/{}/nodes/{}/reimage", this::reimage)
                .on("POST", "/pools/{}/nodes/{}/disablescheduling", this::disableScheduling)
                .on("POST", "/pools/{}/nodes/{}/enablescheduling", this::enableScheduling)
                .on("GET", "/pools/{}/nodes/{}/extensions", this::extensions)
                .on("GET", "/pools/{}/nodes/{}/extensions/{}", this::extension);
        String machine = "nodes are folders of this machine, which cannot be";
        refuse(routes, "POST", "start", machine + " started.");
        refuse(routes, "POST", "deallocate", machine + " deallocated.");
    }

    private void refuse(Routes routes, String method, String action, String reason) {
        routes.on(method, "/pools/{}/nodes/{}/" + action, call -> {
            NodeRecord node = record(call);
            throw new ServiceFault(
                    409,
                    "OperationInvalidForCurrentState",
                    "This emulator does not offer this operation for node " + node.id() + ": " + reason);
        });
    }

    private PoolRecord pool(Call call) {
        return pool(engine, call);
    }

    private NodeRecord record(Call call) {
        return record(engine, call);
    }

    private static PoolRecord pool(Engine engine, Call call) {
        return engine.view().poolRecord(call.pool()).orElseThrow(() -> Call.notFound("Pool"));
    }

    /** The node that a call is about. */
    static NodeRecord record(Engine engine, Call call) {
        return engine.view().nodeRecords(pool(engine, call).spec().id()).stream()
                .filter(node -> node.id().equals(call.node()))
                .findFirst()
                .orElseThrow(() -> Call.notFound(KIND));
    }

    private Reply list(Call call) {
        PoolRecord pool = pool(call);
        TreeMap<String, NodeRecord> nodes = new TreeMap<>();
        engine.view()
                .nodeRecords(pool.spec().id())
                .forEach(node -> nodes.put(node.id().value(), node));
        return LISTING.page(
                call,
                after -> nodes.tailMap(after, false),
                Listing.Expansion.NONE,
                (node, stats) -> view.render(call.base(), pool, node));
    }

    private Reply get(Call call) {
        Select select = Select.of(call.request(), PROPERTIES);
        ObjectNode document = select.of(view.render(call.base(), pool(call), record(call)));
        return Replies.element(call, "nodes", document, Map.of());
    }

    private Reply reboot(Call call) {
        NodeRecord node = record(call);
        ObjectNode body = PoolDocuments.reboot(call.request().body());
        return restart(call, node, Restart.REBOOT, PoolOperations.displacement(body, "nodeRebootOption"));
    }

    private Reply reimage(Call call) {
        NodeRecord node = record(call);
        ObjectNode body = PoolDocuments.reimage(call.request().body());
        return restart(call, node, Restart.REIMAGE, PoolOperations.displacement(body, "nodeReimageOption"));
    }

    private Reply restart(Call call, NodeRecord node, Restart kind, RunningTaskPolicy how) {
        ServiceFaults.guard(KIND, () -> engine.orders().restartNode(node.pool(), node.id(), kind, how));
        return Replies.ordered(202, call);
    }

    private Reply disableScheduling(Call call) {
        NodeRecord node = record(call);
        ObjectNode body = PoolDocuments.disableScheduling(call.request().body());
        RunningTaskPolicy how = PoolOperations.displacement(body, "nodeDisableSchedulingOption");
        ServiceFaults.guard(KIND, () -> engine.orders().scheduleNode(node.pool(), node.id(), false, how));
        return Replies.ordered(200, call);
    }

    private Reply enableScheduling(Call call) {
        NodeRecord node = record(call);
        ServiceFaults.guard(
                KIND, () -> engine.orders().scheduleNode(node.pool(), node.id(), true, RunningTaskPolicy.WAIT));
        return Replies.ordered(200, call);
    }

    private Reply extensions(Call call) {
        NodeRecord unused = record(call);
        ObjectNode document = Replies.annotated(call, "extensions");
        document.putArray("value");
        return Reply.json(200, Map.of(), document);
    }

    private Reply extension(Call call) {
        NodeRecord unused = record(call);
        throw new ServiceFault(404, "ResourceNotFound", "The specified resource does not exist.");
    }
}
