package io.twinbatch.api.workflow;

import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells of nodes that run no tasks, of each and its trouble once, with what the provider and the node say about it. */
final class NodeTroubles {
    /** When a whole pool fails in the same way, one example says why. */
    private static final int TOLD_SINGLY = 3;

    private final NodeWords words;
    private final Events events;
    private final Map<NodeTrouble, Set<NodeId>> told = new EnumMap<>(NodeTrouble.class);

    NodeTroubles(NodeWords words, Events events) {
        this.words = words;
        this.events = events;
    }

    /** Tells of what is new. */
    void tell(PoolSight sight) {
        for (NodeTrouble trouble : NodeTrouble.values()) {
            Set<NodeId> known = told.computeIfAbsent(trouble, key -> new HashSet<>());
            List<Node> fresh = sight.nodes().stream()
                    .filter(node -> sight.trouble(node).equals(Optional.of(trouble)))
                    .filter(node -> known.add(node.id()))
                    .toList();
            if (fresh.size() > TOLD_SINGLY) {
                events.warn(fresh.size() + " nodes run no tasks now, for example " + sentence(fresh.get(0), sight));
            } else {
                fresh.forEach(node -> events.warn(sentence(node, sight)));
            }
        }
    }

    private String sentence(Node node, PoolSight sight) {
        return "node " + node.id() + ": " + words.describe(node, sight);
    }
}
