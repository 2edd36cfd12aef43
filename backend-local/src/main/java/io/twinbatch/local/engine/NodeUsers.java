package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.local.engine.model.EngineErrors;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.record.NodeUser;
import java.time.Instant;

/** The user accounts of nodes. A node is a folder and nobody logs in to it: what is kept is that an account exists. */
final class NodeUsers {
    private final EngineState state;

    NodeUsers(EngineState state) {
        this.state = state;
    }

    void add(NodeEntry node, NodeUser user) {
        requireReady(node);
        if (node.record().access().user(user.name()).isPresent()) {
            throw new BatchException(ErrorCode.ALREADY_EXISTS, named(node, user.name()), "it exists already");
        }
        put(node, user);
    }

    void change(NodeEntry node, String name, Instant expires) {
        requireReady(node);
        put(node, existing(node, name).expiring(expires));
    }

    void remove(NodeEntry node, String name) {
        requireReady(node);
        NodeUser gone = existing(node, name);
        state.update(node, node.record().with(node.record().access().without(gone.name())));
    }

    private void put(NodeEntry node, NodeUser user) {
        state.update(node, node.record().with(node.record().access().with(user)));
    }

    private static NodeUser existing(NodeEntry node, String name) {
        return node.record()
                .access()
                .user(name)
                .orElseThrow(() ->
                        new BatchException(ErrorCode.NOT_FOUND, named(node, name), "the node has no such account"));
    }

    private static void requireReady(NodeEntry node) {
        if (!node.record().state().takesTasks()) {
            throw EngineErrors.conflict(
                    "NodeNotReady",
                    "node " + node.record().id() + " of pool " + node.pool().id(),
                    "its accounts can be changed only while it is idle or running");
        }
    }

    private static String named(NodeEntry node, String name) {
        return "user " + QuotedValue.of(name) + " of node " + node.record().id();
    }
}
