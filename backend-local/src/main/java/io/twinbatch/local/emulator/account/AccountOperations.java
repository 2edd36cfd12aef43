package io.twinbatch.local.emulator.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.pool.Node;
import io.twinbatch.local.application.ApplicationPackages.Application;
import io.twinbatch.local.emulator.document.NodeImages;
import io.twinbatch.local.emulator.document.NodeImages.NodeImage;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.node.NodeView;
import io.twinbatch.local.emulator.operation.Call;
import io.twinbatch.local.emulator.operation.Listing;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.Replies;
import io.twinbatch.local.emulator.operation.Routes;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The operations on the account as a whole. */
public final class AccountOperations {
    private static final List<String> COUNTED = List.of(
            "creating",
            "deallocated",
            "deallocating",
            "idle",
            "leavingPool",
            "offline",
            "preempted",
            "rebooting",
            "reimaging",
            "running",
            "starting",
            "startTaskFailed",
            "unknown",
            "unusable",
            "upgradingOS",
            "waitingForStartTask");
    private static final Listing COUNTS =
            new Listing("poolnodecounts", Set.of("poolId", "dedicated", "lowPriority"), Set.of("poolId"));
    private static final Listing APPLICATIONS =
            new Listing("applications", Set.of("id", "displayName", "versions"), Set.of("id"));
    private static final Listing IMAGES = new Listing(
            "supportedimages",
            Set.of("nodeAgentSKUId", "imageReference", "osType", "capabilities", "verificationType"),
            Set.of("osType", "verificationType", "nodeAgentSKUId"));

    private static ObjectNode render(NodeImage image) {
        ObjectNode document = Renderer.object().put("nodeAgentSKUId", image.agent());
        document.putObject("imageReference")
                .put("publisher", image.publisher())
                .put("offer", image.offer())
                .put("sku", image.sku())
                .put("version", "latest");
        document.put("osType", "linux").put("verificationType", "verified");
        if (image.runsContainers()) {
            document.putArray("capabilities").add("DockerCompatible");
        }
        return document;
    }

    private final Engine engine;

    public AccountOperations(Engine engine) {
        this.engine = engine;
    }

    public void register(Routes routes) {
        routes.on("GET", "/supportedimages", this::images)
                .on("GET", "/nodecounts", this::counts)
                .on("GET", "/applications", this::applications)
                .on("GET", "/applications/{}", this::application);
    }

    private Reply images(Call call) {
        boolean containers = engine.containers().problem().isEmpty();
        TreeMap<String, NodeImage> images = new TreeMap<>();
        NodeImages.ALL.stream()
                .filter(image -> containers || !image.runsContainers())
                .forEach(image -> images.put(image.key(), image));
        return IMAGES.page(
                call, after -> images.tailMap(after, false), Listing.Expansion.NONE, (image, stats) -> render(image));
    }

    private Reply counts(Call call) {
        return COUNTS.page(
                call, after -> engine.view().poolsAfter(after), Listing.Expansion.NONE, (pool, stats) -> counts(pool));
    }

    private ObjectNode counts(PoolRecord pool) {
        List<NodeRecord> nodes = engine.view().nodeRecords(pool.spec().id());
        ObjectNode document = Renderer.object().put("poolId", pool.spec().id().value());
        document.set(
                "dedicated", counts(nodes.stream().filter(NodeRecord::dedicated).toList()));
        document.set(
                "lowPriority",
                counts(nodes.stream().filter(node -> !node.dedicated()).toList()));
        return document;
    }

    private ObjectNode counts(List<NodeRecord> nodes) {
        ObjectNode document = Renderer.object();
        COUNTED.forEach(state -> document.put(state, 0));
        for (NodeRecord record : nodes) {
            Node node = engine.view().toNode(record);
            String state = NodeView.state(record, node.state());
            COUNTED.stream()
                    .filter(counted -> counted.equalsIgnoreCase(state))
                    .forEach(counted ->
                            document.put(counted, document.get(counted).intValue() + 1));
        }
        return document.put("total", nodes.size());
    }

    private Reply applications(Call call) {
        NavigableMap<String, Application> all = engine.applications().applications();
        return APPLICATIONS.page(
                call,
                after -> all.tailMap(after, false),
                Listing.Expansion.NONE,
                (application, stats) -> summary(application));
    }

    private Reply application(Call call) {
        return engine.applications()
                .application(call.names().get(0))
                .map(application -> Replies.element(call, "applications", summary(application), Map.of()))
                .orElseThrow(() -> Call.notFound("Application"));
    }

    private static ObjectNode summary(Application application) {
        ObjectNode document = Renderer.object().put("id", application.id()).put("displayName", application.id());
        ArrayNode list = document.putArray("versions");
        application.versions().forEach(list::add);
        return document;
    }
}
