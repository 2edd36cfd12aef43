package io.twinbatch.it.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.it.wire.WireReply;
import io.twinbatch.it.wire.WireRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tasks of one job as the service keeps them: one for each id. */
final class JobTasks {
    private static final int MAX_COLLECTION_SIZE = 100;

    private final Map<String, String> states = new LinkedHashMap<>();
    private final Map<String, String> refusals = new LinkedHashMap<>();
    private final Map<String, Integer> stumbles = new LinkedHashMap<>();

    /** Tasks of these ids are there already. */
    synchronized JobTasks with(List<String> ids) {
        ids.forEach(id -> states.put(id, "active"));
        return this;
    }

    /** A task of that id is there, in that state. */
    synchronized JobTasks with(String id, String state) {
        states.put(id, state);
        return this;
    }

    /** A task of that id is never taken. */
    synchronized JobTasks refusing(String id, String code) {
        refusals.put(id, code);
        return this;
    }

    /** A task of that id is not taken the first times, through a failure of the service. */
    synchronized JobTasks stumblingOver(String id, int times) {
        stumbles.put(id, times);
        return this;
    }

    synchronized Set<String> ids() {
        return new TreeSet<>(states.keySet());
    }

    synchronized String state(String id) {
        return states.get(id);
    }

    synchronized List<String> documents() {
        return states.entrySet().stream()
                .map(task -> Answers.task(task.getKey(), task.getValue()))
                .toList();
    }

    synchronized String counts() {
        return Answers.counts(states.size());
    }

    synchronized WireReply add(WireRequest request) {
        JsonNode tasks = request.json().path("value");
        if (tasks.size() > MAX_COLLECTION_SIZE) {
            return WireReply.error(400, "InvalidPropertyValue", "There are too many tasks.");
        }
        List<String> results = new ArrayList<>();
        tasks.forEach(task -> results.add(addOne(task.path("id").asText())));
        return WireReply.json(200, "{\"value\": [" + String.join(",", results) + "]}");
    }

    private String addOne(String id) {
        if (states.containsKey(id)) {
            return Answers.notAdded(id, "clienterror", "TaskExists");
        }
        if (refusals.containsKey(id)) {
            return Answers.notAdded(id, "clienterror", refusals.get(id));
        }
        if (stumbles.merge(id, -1, Integer::sum) >= 0) {
            return Answers.notAdded(id, "servererror", "InternalError");
        }
        states.put(id, "active");
        return Answers.added(id);
    }

    synchronized WireReply aboutTask(WireRequest request, List<String> path) {
        String id = path.get(3);
        String state = states.get(id);
        if (state == null) {
            return WireReply.error(404, "TaskNotFound", "The specified task does not exist.");
        }
        if (path.size() > 4 && path.get(4).equals("files")) {
            return WireReply.file("a file's content, of some length");
        }
        if (request.method().equals("GET")) {
            return WireReply.json(200, Answers.task(id, state));
        }
        if (request.method().equals("DELETE")) {
            states.remove(id);
            return WireReply.empty(200);
        }
        return moved(id, state, path.get(4));
    }

    private WireReply moved(String id, String state, String action) {
        if (action.equals("terminate")) {
            states.put(id, "completed");
            return state.equals("completed")
                    ? WireReply.error(409, "TaskCompleted", "The specified task has completed.")
                    : WireReply.empty(204);
        }
        states.put(id, "active");
        return state.equals("completed")
                ? WireReply.empty(204)
                : WireReply.error(409, "OperationInvalidForCurrentState", "The task has not completed.");
    }
}
