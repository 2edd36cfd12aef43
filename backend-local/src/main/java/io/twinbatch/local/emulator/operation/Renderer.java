package io.twinbatch.local.emulator.operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.api.task.FailureInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Parts that several answers have. */
public final class Renderer {
    /** Failures of the machine that nothing in the request would have prevented. */
    private static final Set<String> OF_SERVICE = Set.of(
            "InternalError", "NodeFolderCreateFailed", "ProcessLimitReached", "DiskFull", "BlobDownloadTimedOut");

    private static final double GIBIBYTE = 1024.0 * 1024 * 1024;

    private Renderer() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static void putTime(ObjectNode document, String name, Optional<Instant> time) {
        time.ifPresent(present -> document.put(name, WireTimes.text(present)));
    }

    public static void putCode(ObjectNode document, OptionalInt exitCode) {
        exitCode.ifPresent(code -> document.put("exitCode", code));
    }

    public static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** Why something failed, as the service writes it. */
    public static ObjectNode failure(FailureInfo failure) {
        boolean exit = failure.code().equals("FailureExitCode");
        ObjectNode document = object().put("category", isOfService(failure.code()) ? "servererror" : "usererror")
                .put("code", failure.code())
                .put("message", exit ? "The task exited with an exit code representing a failure" : failure.message());
        var details = document.putArray("details");
        if (exit) {
            details.addObject()
                    .put("name", "Message")
                    .put("value", "The task process exited with an unexpected exit code");
        }
        new TreeMap<>(failure.details())
                .forEach((name, value) -> details.addObject().put("name", name).put("value", value));
        if (details.isEmpty()) {
            document.remove("details");
        }
        return document;
    }

    private static boolean isOfService(String code) {
        return OF_SERVICE.contains(code);
    }

    /**
     * Statistics of one thing. The protocol has no place for what is not known, so that it is zero there.
     *
     * @param wallClock how long its tasks ran
     * @param wait how long they waited
     * @param usage what they used; empty when that is not known
     */
    public static ObjectNode stats(
            String url, Instant start, Instant now, Duration wallClock, Duration wait, Optional<TaskUsage> usage) {
        TaskUsage.Io io = usage.flatMap(TaskUsage::io).orElse(new TaskUsage.Io(0, 0, 0, 0));
        return object().put("url", url)
                .put("startTime", WireTimes.text(start))
                .put("lastUpdateTime", WireTimes.text(now))
                .put(
                        "userCPUTime",
                        usage.map(TaskUsage::userTime).orElse(Duration.ZERO).toString())
                .put(
                        "kernelCPUTime",
                        usage.map(TaskUsage::kernelTime).orElse(Duration.ZERO).toString())
                .put("wallClockTime", wallClock.toString())
                .put("readIOps", Long.toString(io.reads()))
                .put("writeIOps", Long.toString(io.writes()))
                .put("readIOGiB", io.bytesRead() / GIBIBYTE)
                .put("writeIOGiB", io.bytesWritten() / GIBIBYTE)
                .put("waitTime", wait.toString());
    }
}
