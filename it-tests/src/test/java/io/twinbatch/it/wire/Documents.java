package io.twinbatch.it.wire;

import java.util.ArrayList;
import java.util.List;

/** Answers that several tests need. */
final class Documents {
    /** A task that ran. */
    static final String TASK = """
            {"id": "frame-1", "state": "completed", "creationTime": "2026-11-22T10:00:00.1234567Z",
             "commandLine": "true", "requiredSlots": 1,
             "nodeInfo": {"affinityId": "TVM:tvm-1", "poolId": "render-1", "nodeId": "tvm-1"},
             "executionInfo": {"startTime": "2026-11-22T10:00:01Z", "endTime": "2026-11-22T10:00:02Z", "exitCode": 0,
               "result": "success", "retryCount": 0, "requeueCount": 0}}""";

    private Documents() {}

    /** Every task of the collection was taken. */
    static String allAdded(WireRequest collection) {
        List<String> results = new ArrayList<>();
        collection
                .json()
                .path("value")
                .forEach(task ->
                        results.add("{\"status\": \"Success\", \"taskId\": \"%s\", \"eTag\": \"0x8DB9ABDBC146829\"}"
                                .formatted(task.path("id").asText())));
        return "{\"value\": [" + String.join(",", results) + "]}";
    }
}
