package io.twinbatch.local.emulator.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.ResourceUrls;
import io.twinbatch.local.emulator.operation.WireTimes;
import io.twinbatch.local.emulator.pool.PoolDocuments;
import io.twinbatch.local.emulator.task.TaskView;
import io.twinbatch.local.engine.view.EngineView;
import io.twinbatch.local.engine.view.NodeActivity;
import io.twinbatch.local.record.NodeAccess;
import io.twinbatch.local.record.NodeHistory;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import java.util.Optional;

/** Nodes as the service shows them. */
public final class NodeView {
    /** The version of the node agent that is claimed; there is none. */
    private static final String AGENT_VERSION = "1.0.0";

    private final EngineView engine;

    NodeView(EngineView engine) {
        this.engine = engine;
    }

    /** The service's name of a node's state. */
    public static String state(NodeRecord record, NodeState state) {
        Optional<NodeHistory.Restart> restart = record.history().restarting();
        if (state == NodeState.STARTING && restart.isPresent()) {
            return restart.get() == NodeHistory.Restart.REBOOT ? "rebooting" : "reimaging";
        }
        if (state == NodeState.STARTING && record.history().creating()) {
            return "creating";
        }
        return state == NodeState.LEAVING ? "leavingpool" : Renderer.lower(state);
    }

    ObjectNode render(String base, PoolRecord pool, NodeRecord record) {
        Node node = engine.toNode(record);
        NodeActivity activity = engine.activity(record);
        ObjectNode asked = PoolDocuments.document(pool);
        ObjectNode document = Renderer.object()
                .put("id", record.id().value())
                .put("url", ResourceUrls.node(base, record.pool(), record.id()))
                .put("state", state(record, node.state()))
                .put("schedulingState", record.history().schedulingDisabled() ? "disabled" : "enabled")
                .put("stateTransitionTime", WireTimes.text(node.stateSince()))
                .put("lastBootTime", WireTimes.text(record.history().booted()))
                .put("allocationTime", WireTimes.text(record.history().allocated()))
                .put("ipAddress", NodeAccess.ADDRESS)
                .put("affinityId", TaskView.affinity(record.id()))
                .put("vmSize", asked.path("vmSize").asText())
                .put("totalTasksRun", activity.total())
                .put("runningTasksCount", activity.running())
                .put("runningTaskSlotsCount", activity.slots())
                .put("totalTasksSucceeded", activity.succeeded())
                .put("isDedicated", record.dedicated());
        if (!activity.recent().isEmpty()) {
            activity.recent().forEach(task -> addRecent(base, record, task, document.withArray("recentTasks")));
        }
        if (asked.has("startTask")) {
            document.set("startTask", asked.get("startTask"));
        }
        record.startTask()
                .filter(result -> record.state() != NodeState.UNUSABLE)
                .ifPresent(result -> document.set("startTaskInfo", startTaskInfo(result)));
        if (record.state() == NodeState.UNUSABLE) {
            record.startTask().flatMap(StartTaskResult::failure).ifPresent(failure -> addError(document, failure));
        }
        NodeEndpoints.addTo(document.putObject("endpointConfiguration").putArray("inboundEndpoints"), asked, record);
        document.putObject("nodeAgentInfo")
                .put("version", AGENT_VERSION)
                .put("lastUpdateTime", WireTimes.text(record.history().booted()));
        document.putObject("virtualMachineInfo")
                .set("imageReference", asked.path("virtualMachineConfiguration").path("imageReference"));
        return document;
    }

    private void addRecent(String base, NodeRecord node, TaskKey key, ArrayNode recent) {
        engine.task(key).ifPresent(task -> {
            ObjectNode document = recent.addObject()
                    .put("taskUrl", ResourceUrls.task(base, task.key()))
                    .put("jobId", task.job().value())
                    .put("taskId", task.spec().id());
            if (task.rules().multiInstance().isPresent() && task.nodes().contains(node.id())) {
                // The primary has the number 0, and the subtasks follow in the order of theirs.
                document.put("subtaskId", task.nodes().indexOf(node.id()));
            }
            document.put("taskState", Renderer.lower(task.phase())).set("executionInfo", TaskView.executionInfo(task));
        });
    }

    private static void addError(ObjectNode document, FailureInfo failure) {
        document.putArray("errors").addObject().put("code", failure.code()).put("message", failure.message());
    }

    private static ObjectNode startTaskInfo(StartTaskResult result) {
        ObjectNode info = Renderer.object()
                .put("state", result.ended().isPresent() ? "completed" : "running")
                .put("startTime", WireTimes.text(result.started()));
        Renderer.putTime(info, "endTime", result.ended());
        Renderer.putCode(info, result.exitCode());
        result.failure().ifPresent(failure -> info.set("failureInfo", Renderer.failure(failure)));
        info.put("retryCount", result.retries());
        if (result.retries() > 0) {
            info.put("lastRetryTime", WireTimes.text(result.started()));
        }
        if (result.ended().isPresent()) {
            info.put("result", result.failure().isPresent() ? "failure" : "success");
        }
        return info;
    }
}
