package io.twinbatch.azure.batch;

import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.azure.client.model.NodeModel.BatchNode;
import io.twinbatch.azure.client.model.NodeModel.StartTaskInfo;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Nodes as the service describes them. */
final class NodeMapping {
    /** The properties that are read; the whole document also has each node's recent tasks. */
    static final String PROPERTIES = "id,state,schedulingState,stateTransitionTime,allocationTime,isDedicated,"
            + "runningTasksCount,startTaskInfo,errors";

    private static final String COMPLETED = "completed";
    private static final String FAILURE = "failure";

    private NodeMapping() {}

    static Node read(BatchNode node) {
        List<FailureInfo> errors = CommonMapping.orEmpty(node.errors()).stream()
                .map(error -> CommonMapping.failure(error.code(), error.message(), error.errorDetails()))
                .toList();
        return new Node(
                new NodeId(node.id()),
                state(node),
                CommonMapping.time(node.stateTransitionTime(), node.allocationTime()),
                !Boolean.FALSE.equals(node.isDedicated()),
                CommonMapping.number(node.runningTasksCount(), 0),
                Optional.ofNullable(node.startTaskInfo()).map(NodeMapping::startTask),
                errors);
    }

    private static NodeState state(BatchNode node) {
        NodeState state = state(node.state());
        boolean disabled = "disabled".equalsIgnoreCase(node.schedulingState());
        return disabled && state.takesTasks() ? NodeState.OFFLINE : state;
    }

    static NodeState state(String state) {
        return switch (Objects.requireNonNullElse(state, "").toLowerCase(Locale.ROOT)) {
            case "creating", "starting", "rebooting", "reimaging", "upgradingos" -> NodeState.STARTING;
            case "waitingforstarttask" -> NodeState.WAITING_FOR_START_TASK;
            case "starttaskfailed" -> NodeState.START_TASK_FAILED;
            case "idle" -> NodeState.IDLE;
            case "running" -> NodeState.RUNNING;
            case "offline", "deallocated", "deallocating" -> NodeState.OFFLINE;
            case "leavingpool" -> NodeState.LEAVING;
            case "preempted" -> NodeState.PREEMPTED;
            case "unusable" -> NodeState.UNUSABLE;
            default -> NodeState.UNKNOWN;
        };
    }

    private static StartTaskResult startTask(StartTaskInfo info) {
        boolean ended = COMPLETED.equalsIgnoreCase(info.state());
        Optional<FailureInfo> failure = CommonMapping.failure(info.failureInfo())
                .or(() -> FAILURE.equalsIgnoreCase(info.result())
                        ? Optional.of(FailureInfo.of("", "the start task failed"))
                        : Optional.empty());
        return new StartTaskResult(
                CommonMapping.time(info.startTime(), info.endTime()),
                ended ? Optional.ofNullable(info.endTime()) : Optional.empty(),
                ended ? CommonMapping.number(info.exitCode()) : OptionalInt.empty(),
                ended ? failure : Optional.empty(),
                CommonMapping.number(info.retryCount(), 0));
    }
}
