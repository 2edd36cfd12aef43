package io.twinbatch.local.emulator.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.record.NodeAccess;
import io.twinbatch.local.record.NodeRecord;
import java.util.OptionalInt;

/**
 * The ports by which a node of the service is reached from outside (<a
 * href="https://learn.microsoft.com/azure/batch/pool-endpoint-configuration">pool endpoint configuration</a>). Nothing
 * listens there: a program that runs on this machine is reached by its own port.
 */
final class NodeEndpoints {
    /** The first of the ports that the service maps to the nodes of a pool by itself. */
    private static final int FIRST_LOGIN_PORT = 50_000;

    private static final int SSH = 22;

    private NodeEndpoints() {}

    private static JsonNode natPools(JsonNode pool) {
        return pool.path("networkConfiguration").path("endpointConfiguration").path("inboundNATPools");
    }

    /** The port of a range that is a node's; empty when the range has fewer ports than the pool has nodes. */
    private static OptionalInt port(JsonNode natPool, NodeRecord node) {
        int port =
                natPool.get("frontendPortRangeStart").intValue() + node.access().place();
        return port <= natPool.get("frontendPortRangeEnd").intValue() ? OptionalInt.of(port) : OptionalInt.empty();
    }

    /** The port to log in at. */
    static int loginPort(JsonNode pool, NodeRecord node) {
        for (JsonNode natPool : natPools(pool)) {
            OptionalInt port = port(natPool, node);
            if (natPool.get("backendPort").intValue() == SSH && port.isPresent()) {
                return port.getAsInt();
            }
        }
        return FIRST_LOGIN_PORT + node.access().place();
    }

    /** Adds a node's endpoints to a list. */
    static void addTo(ArrayNode endpoints, JsonNode pool, NodeRecord node) {
        for (JsonNode natPool : natPools(pool)) {
            port(natPool, node).ifPresent(port -> add(endpoints.addObject(), natPool, node, port));
        }
    }

    private static void add(ObjectNode endpoint, JsonNode natPool, NodeRecord node, int port) {
        endpoint.put(
                        "name",
                        natPool.get("name").textValue() + "." + node.access().place())
                .put("protocol", natPool.get("protocol").textValue())
                .put("publicIPAddress", NodeAccess.ADDRESS)
                .put("publicFQDN", "localhost")
                .put("frontendPort", port)
                .put("backendPort", natPool.get("backendPort").intValue());
    }
}
