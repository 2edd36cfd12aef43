package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.Task;
import java.util.List;

/**
 * Some tasks of a job.
 *
 * @param query what was asked for, with a page that there is
 * @param tasks the tasks of the page
 * @param matching how many tasks match in all
 * @param pages how many pages they fill; at least 1
 */
public record MatchingTasks(TaskQuery query, List<Task> tasks, int matching, int pages) {
    /** How many tasks a page has. */
    public static final int SIZE = 50;

    public MatchingTasks {
        tasks = List.copyOf(tasks);
    }

    /**
     * The page that a query asks for, or the last one.
     *
     * @param byId all tasks, by id
     */
    public static MatchingTasks of(List<Task> byId, TaskQuery query) {
        List<Task> matching = byId.stream().filter(query::matches).toList();
        if (!query.isById()) {
            matching = matching.stream().sorted(query.order()).toList();
        }
        int pages = Math.max(1, (matching.size() + SIZE - 1) / SIZE);
        int page = Math.min(query.page(), pages);
        int first = (page - 1) * SIZE;
        return new MatchingTasks(
                query.onPage(page),
                matching.subList(first, Math.min(matching.size(), first + SIZE)),
                matching.size(),
                pages);
    }

    /** The number of the first task of this page, from 1. */
    public int first() {
        return matching == 0 ? 0 : (query.page() - 1) * SIZE + 1;
    }

    /** The number of the last task of this page. */
    public int last() {
        return first() == 0 ? 0 : first() + tasks.size() - 1;
    }
}
