package io.twinbatch.local.emulator.operation;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.emulator.http.UrlText;

/** The URLs by which the service names its resources; each begins with the URL of the account. */
public final class ResourceUrls {
    private ResourceUrls() {}

    public static String pool(String base, PoolId pool) {
        return base + "/pools/" + pool.value();
    }

    public static String node(String base, PoolId pool, NodeId node) {
        return pool(base, pool) + "/nodes/" + UrlText.encode(node.value());
    }

    public static String job(String base, JobId job) {
        return base + "/jobs/" + UrlText.encode(job.value());
    }

    public static String task(String base, TaskKey task) {
        return job(base, task.job()) + "/tasks/" + task.task();
    }
}
