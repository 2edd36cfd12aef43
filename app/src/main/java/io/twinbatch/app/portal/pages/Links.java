package io.twinbatch.app.portal.pages;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskDetails;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.app.portal.model.TaskQuery;
import io.twinbatch.app.portal.model.TaskQuery.Sort;
import io.twinbatch.app.portal.model.TaskState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The addresses of the pages. What is not a plain id stands in the query, so that no name can change the path. */
public final class Links {
    /** The page of a job. */
    public String job(JobId job) {
        return "/jobs/" + encoded(job.value());
    }

    /** The page of a task. */
    public String task(TaskKey key) {
        return job(key.job()) + "/tasks/" + encoded(key.task());
    }

    /** A file of a task. */
    public String file(TaskKey key, String path) {
        return task(key) + "/file?path=" + encoded(path);
    }

    /** A file of a task, from a position. */
    public String file(TaskKey key, String path, long at) {
        return file(key, path) + "&at=" + at;
    }

    /** The page of a pool. */
    public String pool(PoolId pool) {
        return "/pools/" + encoded(pool.value());
    }

    /** The page of a node. */
    public String node(PoolId pool, NodeId node) {
        return "/pools/" + encoded(pool.value()) + "/node?id=" + encoded(node.value());
    }

    /** The objects of a container whose names begin with a prefix. */
    public String container(String container, String prefix, int page) {
        return "/objects/" + encoded(container) + "?prefix=" + encoded(prefix) + (page > 1 ? "&page=" + page : "");
    }

    /** The page of an object. */
    public String object(ObjectKey key) {
        return "/objects/" + encoded(key.container().value()) + "/object?name=" + encoded(key.name());
    }

    /** The bytes of an object. */
    public String download(ObjectKey key) {
        return "/objects/" + encoded(key.container().value()) + "/download?name=" + encoded(key.name());
    }

    /** The report of a run. */
    public String report(String run) {
        return "/runs/" + encoded(run) + "/report.html";
    }

    /** The data of the report of a run. */
    public String reportData(String run) {
        return "/runs/" + encoded(run) + "/report.json";
    }

    /** Some tasks of a job. */
    public String tasks(JobId job, TaskQuery query) {
        StringBuilder address = new StringBuilder(job(job)).append('?');
        query.state()
                .ifPresent(
                        state -> address.append("state=").append(state.label()).append('&'));
        if (!query.text().isEmpty()) {
            address.append("q=").append(encoded(query.text())).append('&');
        }
        if (query.sort() != Sort.TASK || query.descending()) {
            address.append("sort=").append(query.sort().label()).append('&');
            address.append("order=").append(query.descending() ? "down" : "up").append('&');
        }
        if (query.page() > 1) {
            address.append("page=").append(query.page()).append('&');
        }
        address.setLength(address.length() - 1);
        return address.append("#tasks").toString();
    }

    /** The same tasks of one state alone, or of all. */
    public String ofState(JobId job, TaskQuery query, Optional<TaskState> state) {
        return tasks(job, new TaskQuery(state, query.text(), query.sort(), query.descending(), 1));
    }

    /** The same tasks in another order: turned around when it is the present one. */
    public String sorted(JobId job, TaskQuery query, Sort sort) {
        boolean down = query.sort() == sort && !query.descending();
        return tasks(job, new TaskQuery(query.state(), query.text(), sort, down, 1));
    }

    /** Whether the container of output files is one that the objects pages can show. */
    public boolean knows(TaskDetails.Target target) {
        return containerName(target).matches("[a-z0-9-]{3,63}");
    }

    /** The objects that output files become. */
    public String target(TaskDetails.Target target) {
        return container(containerName(target), target.path(), 1);
    }

    private static String containerName(TaskDetails.Target target) {
        return target.container().substring(target.container().lastIndexOf('/') + 1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
