package io.twinbatch.local.emulator.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.WireTimes;
import io.twinbatch.local.record.SubtaskPhase;
import io.twinbatch.local.record.SubtaskRecord;
import io.twinbatch.local.record.TaskPhase;
import io.twinbatch.local.record.TaskRecord;
import java.util.List;
import java.util.Set;

/** Subtasks as the service shows them. */
final class SubtaskView {
    static final Set<String> PROPERTIES = Set.of(
            ("id nodeInfo startTime endTime exitCode containerInfo failureInfo state stateTransitionTime previousState"
                            + " previousStateTransitionTime result")
                    .split(" "));

    private SubtaskView() {}

    /** The subtasks of a task's present or last try; none while it waits for its nodes. */
    static List<SubtaskRecord> subtasks(TaskRecord task) {
        return task.phase() == TaskPhase.ACTIVE ? List.of() : task.subtasks();
    }

    static ObjectNode render(String base, TaskRecord task, SubtaskRecord subtask) {
        ObjectNode document = Renderer.object().put("id", subtask.id());
        document.set("nodeInfo", TaskView.nodeInfo(base, task, subtask.node()));
        Renderer.putTime(document, "startTime", subtask.started());
        Renderer.putTime(document, "endTime", subtask.ended());
        document.put("state", Renderer.lower(subtask.phase()));
        document.put("stateTransitionTime", WireTimes.text(subtask.phases().since()));
        subtask.phases().previous().ifPresent(previous -> document.put("previousState", Renderer.lower(previous)));
        Renderer.putTime(
                document, "previousStateTransitionTime", subtask.phases().previousSince());
        if (subtask.phase() == SubtaskPhase.COMPLETED) {
            Renderer.putCode(document, subtask.exitCode());
            document.put("result", subtask.failure().isPresent() ? "failure" : "success");
        }
        subtask.failure().ifPresent(failure -> document.set("failureInfo", Renderer.failure(failure)));
        return document;
    }
}
