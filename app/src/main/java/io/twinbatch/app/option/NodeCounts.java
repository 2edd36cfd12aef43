package io.twinbatch.app.option;

import io.twinbatch.app.exit.UsageException;
import java.util.Optional;

/**
 * How many nodes of each kind a new pool gets, by {@code --nodes}, {@code --spot} and {@code --spot-nodes}.
 *
 * @param dedicated nodes that are not preempted
 * @param spot nodes that may be preempted
 */
public record NodeCounts(int dedicated, int spot) {
    /** Throws {@link UsageException} when the options contradict each other. */
    static NodeCounts of(int nodes, boolean allSpot, Optional<Integer> spotNodes) {
        if (allSpot && spotNodes.isPresent()) {
            throw new UsageException("--spot makes all nodes spot nodes, and --spot-nodes some of them; leave out one");
        }
        return allSpot ? new NodeCounts(0, nodes) : new NodeCounts(nodes, spotNodes.orElse(0));
    }

    /** How many nodes a new pool gets. */
    public int all() {
        return dedicated + spot;
    }
}
