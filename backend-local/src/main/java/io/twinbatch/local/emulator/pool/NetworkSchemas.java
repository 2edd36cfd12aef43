package io.twinbatch.local.emulator.pool;

import static io.twinbatch.local.emulator.document.Schemas.FLAG;
import static io.twinbatch.local.emulator.document.Schemas.WORDS;
import static io.twinbatch.local.emulator.document.Schemas.listOf;
import static io.twinbatch.local.emulator.document.Schemas.number;
import static io.twinbatch.local.emulator.document.Schemas.oneOf;
import static io.twinbatch.local.emulator.document.Schemas.refined;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.document.ObjectSchema;
import io.twinbatch.local.emulator.document.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What documents about the network of a pool may hold. */
final class NetworkSchemas {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_NAT_POOLS = 5;
    private static final int MAX_RULES = 25;

    /** The fewest ports that a range of frontend ports has. */
    private static final int LEAST_PORTS = 40;

    private static final int FIRST_RESERVED = 50_000;
    private static final int LAST_RESERVED = 55_000;

    /** Ports of a node that the service uses itself. */
    private static final Set<Integer> OF_SERVICE = Set.of(29_876, 29_877);

    private static final Schema FRONTEND_PORT = number(1, MAX_PORT - 1);

    private static final ObjectSchema RULE = new ObjectSchema()
            .needs("priority", number(150, 4096))
            .needs("access", oneOf("allow", "deny"))
            .needs("sourceAddressPrefix", WORDS)
            .mayHave("sourcePortRanges", listOf(WORDS));

    private static final Schema NAT_POOL = refined(
            new ObjectSchema()
                    .needs("name", WORDS)
                    .needs("protocol", oneOf("tcp", "udp"))
                    .needs(
                            "backendPort",
                            refined(
                                    number(1, MAX_PORT),
                                    "The service uses this port itself.",
                                    port -> !OF_SERVICE.contains(port.intValue())))
                    .needs("frontendPortRangeStart", FRONTEND_PORT)
                    .needs("frontendPortRangeEnd", FRONTEND_PORT)
                    .mayHave("networkSecurityGroupRules", listOf(RULE, 0, MAX_RULES)),
            "The range of frontend ports has at least " + LEAST_PORTS + " ports, none of them from " + FIRST_RESERVED
                    + " to " + LAST_RESERVED + ".",
            pool -> {
                int start = start(pool);
                int end = end(pool);
                return end - start + 1 >= LEAST_PORTS && (end < FIRST_RESERVED || start > LAST_RESERVED);
            });

    private static final Schema NAT_POOLS = refined(
            listOf(NAT_POOL, 1, MAX_NAT_POOLS),
            "The names, the backend ports and the ranges of frontend ports are all different.",
            NetworkSchemas::areDistinct);

    private static final ObjectSchema ADDRESSES = new ObjectSchema()
            .mayHave("provision", oneOf("batchmanaged", "usermanaged", "nopublicipaddresses"))
            .mayHave("ipAddressIds", listOf(WORDS))
            .mayHave("ipFamilies", listOf(oneOf("IPv4", "IPv6")))
            .mayHave(
                    "ipTags",
                    listOf(new ObjectSchema().mayHave("ipTagType", WORDS).mayHave("tag", WORDS)));

    static final ObjectSchema NETWORK = new ObjectSchema()
            .mayHave("subnetId", WORDS)
            .mayHave("dynamicVNetAssignmentScope", oneOf("none", "job"), "none")
            .mayHave("endpointConfiguration", new ObjectSchema().needs("inboundNATPools", NAT_POOLS))
            .mayHave("publicIPAddressConfiguration", ADDRESSES)
            .mayHave("enableAcceleratedNetworking", FLAG);

    private NetworkSchemas() {}

    private static int start(JsonNode pool) {
        return pool.get("frontendPortRangeStart").intValue();
    }

    private static int end(JsonNode pool) {
        return pool.get("frontendPortRangeEnd").intValue();
    }

    private static boolean areDistinct(JsonNode pools) {
        Set<String> names = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        List<JsonNode> before = new ArrayList<>();
        for (JsonNode pool : pools) {
            boolean overlaps =
                    before.stream().anyMatch(other -> start(pool) <= end(other) && start(other) <= end(pool));
            boolean fresh = names.add(pool.get("name").textValue().toLowerCase(Locale.ROOT))
                    && ports.add(pool.get("backendPort").intValue());
            if (overlaps || !fresh) {
                return false;
            }
            before.add(pool);
        }
        return true;
    }
}
