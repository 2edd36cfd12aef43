package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.task.FailureInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why nodes of a pool run no tasks of a job, with what the provider and the node's logs say about it. */
public final class NodeDiagnostics {
    /** When a whole pool fails in the same way, one example says why. */
    private static final int TOLD_SINGLY = 3;

    private final PoolId pool;
    private final JobId job;
    private final LogTail logs;

    /** The words for the nodes of a pool that a job uses. */
    public NodeDiagnostics(PoolId pool, JobId job, LogTail logs) {
        this.pool = pool;
        this.job = job;
        this.logs = logs;
    }

    /** A sentence for each node that runs no tasks of the job, or one for many that have the same trouble. */
    public List<String> sentences(PoolSnapshot snapshot) {
        return Stream.of(NodeProblem.values())
                .map(problem -> snapshot.nodes().stream()
                        .filter(node -> snapshot.problem(node).equals(Optional.of(problem)))
                        .toList())
                .flatMap(nodes -> sentences(nodes, snapshot).stream())
                .toList();
    }

    /** Sentences about nodes that have the same trouble. */
    List<String> sentences(List<Node> nodes, PoolSnapshot snapshot) {
        return nodes.size() > TOLD_SINGLY
                ? List.of(nodes.size() + " nodes run no tasks now, for example " + sentence(nodes.get(0), snapshot))
                : nodes.stream().map(node -> sentence(node, snapshot)).toList();
    }

    private String sentence(Node node, PoolSnapshot snapshot) {
        return "node " + node.id() + ": " + describe(node, snapshot);
    }

    /** What is wrong with a node that has a {@link PoolSnapshot#problem}, and what the provider does about it. */
    String describe(Node node, PoolSnapshot snapshot) {
        return switch (snapshot.problem(node).orElseThrow()) {
            case START_TASK_FAILED ->
                "its start task failed" + startTask(node) + wrote(logs.ofStartTask(pool, node.id()));
            case UNPREPARED ->
                "the preparation task of job " + job + " failed there"
                        + preparation(snapshot.unprepared().get(node.id()))
                        + wrote(logs.ofPreparation(pool, node.id(), job));
            case UNUSABLE -> "it is unusable" + errors(node) + startTask(node);
            case LOST ->
                "the provider has no contact with it" + errors(node)
                        + "; its tasks start again on another node when the provider gives it up";
            case TAKEN_AWAY ->
                "this spot node was preempted" + errors(node)
                        + "; its tasks wait for another node, and the provider adds nodes when it has capacity";
        };
    }

    private static String startTask(Node node) {
        Optional<StartTaskResult> result = node.startTask();
        return exit(
                result.map(StartTaskResult::exitCode).orElse(OptionalInt.empty()),
                result.flatMap(StartTaskResult::failure));
    }

    private static String preparation(NodePreparation preparation) {
        return exit(preparation.exitCode(), preparation.failure());
    }

    private static String exit(OptionalInt exitCode, Optional<FailureInfo> failure) {
        return (exitCode.isPresent() ? " with exit code " + exitCode.getAsInt() : "")
                + failure.map(info -> " (" + info + ")").orElse("");
    }

    private static String errors(Node node) {
        return node.errors().isEmpty()
                ? ""
                : node.errors().stream().map(FailureInfo::toString).collect(Collectors.joining("; ", " (", ")"));
    }

    private static String wrote(String tail) {
        return tail.isEmpty() ? "" : "; it wrote:\n" + tail;
    }
}
