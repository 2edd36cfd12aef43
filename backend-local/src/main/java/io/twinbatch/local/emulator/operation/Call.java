package io.twinbatch.local.emulator.operation;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.List;
import java.util.Locale;
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
        return new ServiceFault(404, kind + "NotFound", "The specified " + noun(kind) + " does not exist.");
    }

    /** A kind of thing in a sentence. */
    static String noun(String kind) {
        return switch (kind) {
            case "Node" -> "compute node";
            case "NodeUser" -> "compute node user";
            case "JobSchedule" -> "job schedule";
            default -> kind.toLowerCase(Locale.ROOT);
        };
    }
}
