package io.twinbatch.local.emulator.operation;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.List;
import java.util.function.Function;

/**
 * A request with the names in its path.
 *
 * @param request the request
 * @param names the parts of the path that stand for something
 */
public record Call(Request request, List<String> names) {
    public Call {
        names = List.copyOf(names);
    }

    public String base() {
        return request.base();
    }

    public PoolId pool() {
        return id(names.get(0), PoolId::new, "Pool");
    }

    public NodeId node() {
        return id(names.get(1), NodeId::new, "Node");
    }

    public JobId job() {
        return id(names.get(0), JobId::new, "Job");
    }

    public TaskKey task() {
        JobId job = job();
        return id(names.get(1), task -> new TaskKey(job, task), "Task");
    }

    /** Nothing can have an id that is none. */
    private static <T> T id(String text, Function<String, T> id, String kind) {
        try {
            return id.apply(text);
        } catch (BatchException | IllegalArgumentException e) {
            throw notFound(kind);
        }
    }

    public static ServiceFault notFound(String kind) {
        String name = switch (kind) {
            case "Node" -> "compute node";
            case "JobSchedule" -> "job schedule";
            default -> kind.toLowerCase(java.util.Locale.ROOT);
        };
        return new ServiceFault(404, kind + "NotFound", "The specified " + name + " does not exist.");
    }
}
