package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.workflow.model.RunEvents;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports nodes that run no tasks: each problem of a node once, with the messages of the provider and the node. */
final class NodeProblemReporter {
    private final NodeDiagnostics words;
    private final RunEvents events;
    private final Map<NodeProblem, Set<NodeId>> reported = new EnumMap<>(NodeProblem.class);

    NodeProblemReporter(NodeDiagnostics words, RunEvents events) {
        this.words = words;
        this.events = events;
    }

    /** Reports what is new. */
    void tell(PoolSnapshot snapshot) {
        for (NodeProblem problem : NodeProblem.values()) {
            Set<NodeId> known = reported.computeIfAbsent(problem, key -> new HashSet<>());
            List<Node> fresh = snapshot.nodes().stream()
                    .filter(node -> snapshot.problem(node).equals(Optional.of(problem)))
                    .filter(node -> known.add(node.id()))
                    .toList();
            words.sentences(fresh, snapshot).forEach(events::warn);
        }
    }
}
