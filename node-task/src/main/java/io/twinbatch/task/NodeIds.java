package io.twinbatch.task;

import java.util.Map;

/** Where a result was made, as its footer says. */
public record NodeIds(String node, String task, String job, String pool) {
    /** Reads the variables that the batch service sets for each task; a missing one is {@code -}. */
    public static NodeIds from(Map<String, String> environment) {
        return new NodeIds(
                of(environment, "AZ_BATCH_NODE_ID"),
                of(environment, "AZ_BATCH_TASK_ID"),
                of(environment, "AZ_BATCH_JOB_ID"),
                of(environment, "AZ_BATCH_POOL_ID"));
    }

    private static String of(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? "-" : PlainText.text(value);
    }
}
