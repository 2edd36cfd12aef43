package io.twinbatch.app.inspect;

import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.ResizeError;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be said of one job.
 *
 * @param summary the job itself
 * @param nodes the nodes of its pool
 * @param resizeErrors why its pool has fewer nodes than were asked for
 * @param problems what keeps nodes from running its tasks, in sentences
 * @param waiting what its tasks wait for when none of them runs; empty when one does or none waits
 * @param preparations how its preparation task went on the nodes
 * @param running the first of the tasks that run
 * @param failed the first of the tasks that failed
 */
public record JobDetails(
        JobSummary summary,
        List<Node> nodes,
        List<ResizeError> resizeErrors,
        List<String> problems,
        Optional<String> waiting,
        List<NodePreparation> preparations,
        List<Task> running,
        List<Task> failed) {
    public JobDetails {
        Objects.requireNonNull(summary, "summary");
        nodes = List.copyOf(nodes);
        resizeErrors = List.copyOf(resizeErrors);
        problems = List.copyOf(problems);
        Objects.requireNonNull(waiting, "waiting");
        preparations = List.copyOf(preparations);
        running = List.copyOf(running);
        failed = List.copyOf(failed);
    }
}
