package io.twinbatch.it.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.it.wire.WireReply;
import io.twinbatch.it.wire.WireRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a Batch account holds, and how the service answers about it: each pool, job and task exists once, and a second
 * creation is refused. Nothing runs.
 */
final class BatchAccount {
    private static final Set<String> SIZES = Set.of("resize", "removenodes");

    private final Map<String, ObjectNode> pools = new LinkedHashMap<>();
    private final Map<String, ObjectNode> jobs = new LinkedHashMap<>();
    private final Map<String, JobTasks> tasks = new LinkedHashMap<>();
    private int pageSize = 1000;
    private int bodyLimit = 1_048_576;

    /** Lists go in pages of this size. */
    synchronized BatchAccount withPages(int size) {
        pageSize = size;
        return this;
    }

    /** Larger bodies are refused. */
    synchronized BatchAccount withBodyLimit(int bytes) {
        bodyLimit = bytes;
        return this;
    }

    /** A job is there already. */
    synchronized JobTasks job(String id) {
        jobs.computeIfAbsent(id, Answers::job);
        return tasks.computeIfAbsent(id, key -> new JobTasks());
    }

    /** A pool is there already. */
    synchronized BatchAccount withPool(String id) {
        pools.put(id, Answers.pool(id));
        return this;
    }

    synchronized Set<String> pools() {
        return new TreeSet<>(pools.keySet());
    }

    synchronized Set<String> jobs() {
        return new TreeSet<>(jobs.keySet());
    }

    /** Does what a request asks for, whole, and tells the answer. */
    synchronized WireReply answer(WireRequest request) {
        if (request.body().length() > bodyLimit) {
            return WireReply.error(413, "RequestBodyTooLarge", "The request body is too large.");
        }
        List<String> path = request.segments();
        return switch (path.get(0)) {
            case "supportedimages" -> WireReply.json(200, Answers.IMAGES);
            case "pools" -> path.size() == 1 ? aboutPools(request) : aboutPool(request, path);
            case "jobs" -> path.size() == 1 ? aboutJobs(request) : aboutJob(request, path);
            default -> WireReply.error(404, "ResourceNotFound", "The specified resource does not exist.");
        };
    }

    private WireReply aboutPools(WireRequest request) {
        if (request.method().equals("GET")) {
            return page(request, documents(pools));
        }
        String id = request.json().path("id").asText();
        if (pools.containsKey(id)) {
            return WireReply.error(409, "PoolExists", "The specified pool already exists.");
        }
        pools.put(id, Answers.added(Answers.pool(id), request));
        return WireReply.empty(201);
    }

    private WireReply aboutPool(WireRequest request, List<String> path) {
        ObjectNode pool = pools.get(path.get(1));
        if (pool == null) {
            return WireReply.error(404, "PoolNotFound", "The specified pool does not exist.");
        }
        if (path.size() == 3 && path.get(2).equals("nodes")) {
            return page(request, nodes(pool));
        }
        if (request.method().equals("GET")) {
            return WireReply.json(200, pool.toString());
        }
        if (pool.path("state").asText().equals("deleting")) {
            return WireReply.error(409, "PoolBeingDeleted", "The specified pool is being deleted.");
        }
        if (request.method().equals("PATCH")) {
            return changed(pool, request);
        }
        if (path.size() == 3 && SIZES.contains(path.get(2))) {
            return resized(pool, request);
        }
        pool.put("state", "deleting");
        return WireReply.empty(202);
    }

    private static WireReply resized(ObjectNode pool, WireRequest request) {
        if (pool.path("allocationState").asText().equals("resizing")) {
            return WireReply.error(409, "PoolBeingResized", "The specified pool is being resized.");
        }
        pool.put("allocationState", "resizing");
        if (request.json().has("nodeList")) {
            pool.set("leaving", request.json().get("nodeList"));
        }
        for (String target : List.of("targetDedicatedNodes", "targetLowPriorityNodes")) {
            if (request.json().has(target)) {
                pool.set(target, request.json().get(target));
            }
        }
        return WireReply.empty(202);
    }

    private static WireReply changed(ObjectNode resource, WireRequest request) {
        resource.setAll((ObjectNode) request.json());
        return WireReply.empty(200);
    }

    /** Three nodes, idle but for those that were removed. */
    private static List<String> nodes(ObjectNode pool) {
        return Stream.of("tvm-1", "tvm-2", "tvm-3")
                .map(id -> Answers.node(
                        id, pool.path("leaving").toString().contains("\"" + id + "\"") ? "leavingpool" : "idle"))
                .toList();
    }

    private static List<String> documents(Map<String, ObjectNode> resources) {
        return resources.values().stream().map(ObjectNode::toString).toList();
    }

    private WireReply aboutJobs(WireRequest request) {
        if (request.method().equals("GET")) {
            return page(request, documents(jobs));
        }
        String id = request.json().path("id").asText();
        if (jobs.containsKey(id)) {
            return WireReply.error(409, "JobExists", "The specified job already exists.");
        }
        jobs.put(id, Answers.added(Answers.job(id), request));
        tasks.put(id, new JobTasks());
        return WireReply.empty(201);
    }

    private WireReply aboutJob(WireRequest request, List<String> path) {
        JobTasks job = tasks.get(path.get(1));
        if (job == null) {
            return WireReply.error(404, "JobNotFound", "The specified job does not exist.");
        }
        if (request.method().equals("PATCH")) {
            return changed(jobs.get(path.get(1)), request);
        }
        if (path.size() == 2) {
            return request.method().equals("GET")
                    ? WireReply.json(200, jobs.get(path.get(1)).toString())
                    : ended(path.get(1), "deleting", "JobBeingDeleted");
        }
        return switch (path.get(2)) {
            case "taskcounts" -> WireReply.json(200, job.counts());
            case "addtaskcollection" -> job.add(request);
            case "terminate" -> ended(path.get(1), "terminating", "JobBeingTerminated");
            default -> path.size() == 3 ? page(request, job.documents()) : job.aboutTask(request, path);
        };
    }

    private WireReply ended(String id, String state, String again) {
        if (!jobs.get(id).path("state").asText().equals("active")) {
            return WireReply.error(409, again, "The specified job has ended or is ending.");
        }
        jobs.get(id).put("state", state);
        return WireReply.empty(202);
    }

    /** The page after the position that the link of the page before names. */
    private WireReply page(WireRequest request, List<String> items) {
        int from = Integer.parseInt(request.query().getOrDefault("$skiptoken", "0"));
        int to = Math.min(from + pageSize, items.size());
        List<String> parts = new ArrayList<>(items.subList(from, to));
        String next = "";
        if (to < items.size()) {
            next = "\"odata.nextLink\": \"http://%s%s?api-version=%s&$skiptoken=%d\", "
                    .formatted(
                            request.header("host").orElseThrow(),
                            request.rawPath(),
                            request.query().get("api-version"),
                            to);
        }
        return WireReply.json(200, "{%s\"value\": [%s]}".formatted(next, String.join(",", parts)));
    }
}
