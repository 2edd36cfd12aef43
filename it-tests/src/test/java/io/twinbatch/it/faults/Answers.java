package io.twinbatch.it.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.it.wire.WireRequest;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Documents as the service writes them. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final String IMAGES = """
            {"value": [{"nodeAgentSKUId": "batch.node.ubuntu 24.04", "osType": "linux", "verificationType": "verified",
              "capabilities": [], "imageReference": {"publisher": "canonical", "offer": "ubuntu-24_04-lts",
              "sku": "server", "version": "latest"}}]}""";

    /** The state of a task that failed before it began, quoting a signed URL. */
    static final String FAILED = "a task that failed";

    /** The service quotes the signature that it was given. */
    static final String AUTHENTICATION_FAILED = """
            {"code": "AuthenticationFailed", "message": {"lang": "en-US", "value":
               "Server failed to authenticate the request.\\nRequestId:r\\nTime:t"},
             "values": [{"key": "AuthenticationErrorDetail", "value":
               "The MAC signature found in the HTTP request 'SharedKey secrets:%s' is not the same as any computed signature."}]}""".formatted(SecretsProgram.SIGNATURE);

    private Answers() {}

    static ObjectNode pool(String id) {
        return document("""
                {"id": "%s", "state": "active", "allocationState": "steady", "vmSize": "standard_d2s_v5",
                 "creationTime": "2026-11-22T10:00:00.1234567Z", "taskSlotsPerNode": 1,
                 "virtualMachineConfiguration": {"imageReference": {"publisher": "canonical",
                   "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"},
                   "nodeAgentSKUId": "batch.node.ubuntu 24.04"},
                 "currentDedicatedNodes": 1, "currentLowPriorityNodes": 0, "targetDedicatedNodes": 1,
                 "targetLowPriorityNodes": 0}""".formatted(id));
    }

    static String node(String id, String state) {
        return """
                {"id": "%s", "state": "%s", "schedulingState": "enabled", "isDedicated": true,
                 "vmSize": "standard_d2s_v5", "allocationTime": "2026-11-22T10:00:00Z"}""".formatted(id, state);
    }

    static ObjectNode job(String id) {
        return document("""
                {"id": "%s", "state": "active", "creationTime": "2026-11-22T10:00:00.1234567Z", "priority": 0,
                 "usesTaskDependencies": false, "poolInfo": {"poolId": "p"},
                 "constraints": {"maxWallClockTime": "P10675199DT2H48M5.4775807S", "maxTaskRetryCount": 0},
                 "executionInfo": {"startTime": "2026-11-22T10:00:00.2Z", "poolId": "p"}}""".formatted(id));
    }

    static String task(String id, String state) {
        if (state.equals(FAILED)) {
            return failedTask(id);
        }
        return """
                {"id": "%s", "state": "%s", "creationTime": "2026-11-22T10:00:00.1234567Z", "commandLine": "true",
                 "requiredSlots": 1, "executionInfo": {"retryCount": 0, "requeueCount": 0}}""".formatted(id, state);
    }

    /** What the service holds after such a creation: what was asked for, and what it adds itself. */
    static ObjectNode added(ObjectNode defaults, WireRequest creation) {
        return defaults.setAll((ObjectNode) creation.json());
    }

    private static ObjectNode document(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String failedTask(String id) {
        return """
                {"id": "%s", "state": "completed", "creationTime": "2026-11-22T10:00:00.1234567Z", "commandLine": "true",
                 "requiredSlots": 1, "executionInfo": {"retryCount": 0, "requeueCount": 0, "result": "failure",
                   "startTime": "2026-11-22T10:00:01Z", "endTime": "2026-11-22T10:00:02Z",
                   "failureInfo": {"category": "usererror", "code": "BlobAccessDenied",
                     "message": "Access for one of the specified Azure Blob(s) is denied",
                     "details": [{"name": "BlobSource",
                       "value": "https://a.blob.core.windows.net/in/file?sv=2024-01-01&sig=%s"}]}}}""".formatted(id, SecretsProgram.SIGNATURE);
    }

    static String counts(int active) {
        return """
                {"taskCounts": {"active": %d, "running": 0, "completed": 0, "succeeded": 0, "failed": 0},
                 "taskSlotCounts": {"active": %d, "running": 0, "completed": 0, "succeeded": 0, "failed": 0}}""".formatted(active, active);
    }

    static String added(String id) {
        return "{\"status\": \"Success\", \"taskId\": \"%s\", \"eTag\": \"0x8DB9ABDBC146829\"}".formatted(id);
    }

    static String notAdded(String id, String status, String code) {
        return """
                {"status": "%s", "taskId": "%s", "error": {"code": "%s", "message":
                  {"lang": "en-US", "value": "The task was not added.\\nRequestId:r\\nTime:t"}}}""".formatted(status, id, code);
    }
}
