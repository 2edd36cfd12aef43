package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.local.engine.PoolOrder;
import io.twinbatch.local.state.AutoScale;
import io.twinbatch.local.state.ContainerSource;
import io.twinbatch.local.state.PoolRecord;
import io.twinbatch.local.state.PoolRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Documents about pools. */
public final class PoolDocuments {
    private static final Duration USUAL_INTERVAL = Duration.ofMinutes(15);
    private static final List<String> IMAGE_IDS =
            List.of("virtualMachineImageId", "sharedGalleryImageId", "communityGalleryImageId");

    private PoolDocuments() {}

    /** The pool that a client asks for. */
    public static PoolOrder added(String body, Instant now) {
        ObjectNode document = Bodies.needed(body, PoolShapes.ADD);
        return order(document.get("id").textValue(), document, now);
    }

    /** The pool that a part of a document describes. */
    static PoolOrder order(String id, ObjectNode document, Instant now) {
        PoolRules rules = rules(document, autoScale(document, now));
        complete(document);
        return new PoolOrder(spec(id, document), rules(rules, document));
    }

    private static PoolRules rules(ObjectNode document, Optional<AutoScale> autoScale) {
        boolean gates = document.path("startTask").path("waitForSuccess").asBoolean(true);
        List<ContainerSource> containers =
                Parts.containers(document.path("startTask").path("resourceFiles"));
        return new PoolRules(gates, containers, autoScale, Optional.empty());
    }

    private static PoolRules rules(PoolRules rules, ObjectNode document) {
        return new PoolRules(
                rules.startTaskGates(), rules.containers(), rules.autoScale(), Optional.of(document.toString()));
    }

    private static Optional<AutoScale> autoScale(ObjectNode document, Instant now) {
        boolean enabled = document.path("enableAutoScale").asBoolean(false);
        Optional<String> formula = Parts.text(document, "autoScaleFormula");
        Optional<String> interval = Parts.text(document, "autoScaleEvaluationInterval");
        document.remove(List.of("enableAutoScale", "autoScaleFormula", "autoScaleEvaluationInterval"));
        if (!enabled) {
            formula.ifPresent(text -> {
                throw BodyFaults.invalid("autoScaleFormula", text, "The pool does not enable autoscale.");
            });
            return Optional.empty();
        }
        for (String target : List.of("targetDedicatedNodes", "targetLowPriorityNodes")) {
            if (document.has(target)) {
                throw BodyFaults.invalid(target, document.get(target), "The pool enables autoscale.");
            }
        }
        return Optional.of(new AutoScale(
                formula.orElseThrow(() -> BodyFaults.missing("autoScaleFormula")),
                interval.map(Duration::parse).orElse(USUAL_INTERVAL),
                now,
                Optional.empty()));
    }

    private static void complete(ObjectNode document) {
        document.put("vmSize", document.get("vmSize").textValue().toLowerCase(Locale.ROOT));
        ObjectNode defaults = Parts.object()
                .put("resizeTimeout", "PT15M")
                .put("enableInterNodeCommunication", false)
                .put("taskSlotsPerNode", 1);
        defaults.putObject("taskSchedulingPolicy").put("nodeFillType", "Spread");
        Parts.complete(document, defaults);
        if (document.get("startTask") instanceof ObjectNode startTask) {
            ObjectNode usual = Parts.object().put("maxTaskRetryCount", 0).put("waitForSuccess", true);
            usual.set("userIdentity", Parts.userIdentity(false));
            Parts.complete(startTask, usual);
        }
        forgetSecrets(document);
    }

    private static void forgetSecrets(ObjectNode document) {
        document.path("userAccounts").forEach(account -> {
            ((ObjectNode) account).remove("password");
            if (account.get("linuxUserConfiguration") instanceof ObjectNode linux) {
                linux.remove("sshPrivateKey");
            }
        });
        document.path("virtualMachineConfiguration")
                .path("containerConfiguration")
                .path("containerRegistries")
                .forEach(registry -> ((ObjectNode) registry).remove("password"));
    }

    private static PoolSpec spec(String id, JsonNode document) {
        return new PoolSpec(
                new PoolId(id),
                document.get("vmSize").textValue(),
                image(document.get("virtualMachineConfiguration").get("imageReference")),
                document.path("targetDedicatedNodes").asInt(0),
                document.path("targetLowPriorityNodes").asInt(0),
                document.get("taskSlotsPerNode").intValue(),
                Optional.ofNullable(document.get("startTask")).map(PoolDocuments::startTask),
                new IdlePolicy.Keep(),
                Parts.metadata(document.path("metadata")));
    }

    private static VmImage image(JsonNode reference) {
        for (String name : IMAGE_IDS) {
            if (reference.has(name)) {
                return new VmImage("", "", reference.get(name).textValue());
            }
        }
        return new VmImage(
                reference.get("publisher").textValue(),
                Parts.text(reference, "offer").orElseThrow(() -> missingOfImage("offer")),
                Parts.text(reference, "sku").orElseThrow(() -> missingOfImage("sku")));
    }

    private static RuntimeException missingOfImage(String name) {
        return BodyFaults.missing("virtualMachineConfiguration.imageReference." + name);
    }

    private static StartTask startTask(JsonNode task) {
        return new StartTask(
                CommandLines.legal("startTask.commandLine", task),
                Parts.resourceFiles(task.path("resourceFiles")),
                Parts.environment(task.path("environmentSettings")),
                Parts.isElevated(task),
                Parts.retries(task, "maxTaskRetryCount"));
    }

    /** A pool after a client has changed some of its properties. */
    public static PoolOrder patched(PoolRecord pool, String body) {
        return changed(pool, document(pool).setAll(Bodies.needed(body, PoolShapes.PATCH)));
    }

    /** A pool after a client has replaced those of its properties that can be. */
    public static PoolOrder updated(PoolRecord pool, String body) {
        ObjectNode changes = Bodies.needed(body, PoolShapes.UPDATE);
        ObjectNode document = document(pool);
        document.remove(List.of("startTask", "targetNodeCommunicationMode"));
        return changed(pool, document.setAll(changes));
    }

    private static PoolOrder changed(PoolRecord pool, ObjectNode document) {
        if (document.path("metadata").isEmpty()) {
            document.remove("metadata");
        }
        PoolRules rules = rules(document, pool.rules().autoScale());
        complete(document);
        PoolRules kept = rules(rules, document);
        return new PoolOrder(spec(pool.spec().id().value(), document), kept);
    }

    /** What is asked for of a pool, completed; the numbers of its nodes may be out of date. */
    public static ObjectNode document(PoolRecord pool) {
        return pool.rules().document().map(Bodies::kept).orElseGet(() -> document(pool.spec()));
    }

    private static ObjectNode document(PoolSpec spec) {
        ObjectNode document = Parts.object()
                .put("id", spec.id().value())
                .put("vmSize", spec.vmSize())
                .put("taskSlotsPerNode", spec.slotsPerNode());
        ObjectNode machine = document.putObject("virtualMachineConfiguration").put("nodeAgentSKUId", "twinbatch.local");
        machine.putObject("imageReference")
                .put("publisher", spec.image().publisher())
                .put("offer", spec.image().offer())
                .put("sku", spec.image().sku())
                .put("version", "latest");
        spec.startTask().ifPresent(task -> document.set("startTask", document(task)));
        Parts.putUnlessEmpty(document, "metadata", Parts.namedValues(spec.metadata()));
        complete(document);
        return document;
    }

    private static ObjectNode document(StartTask task) {
        ObjectNode document = Parts.object()
                .put("commandLine", task.commandLine())
                .put("maxTaskRetryCount", Parts.retries(task.maxRetries()))
                .put("waitForSuccess", true);
        document.set("userIdentity", Parts.userIdentity(task.elevated()));
        Parts.putUnlessEmpty(document, "resourceFiles", Parts.toResourceFiles(task.resourceFiles()));
        Parts.putUnlessEmpty(document, "environmentSettings", Parts.namedValues(task.environment()));
        return document;
    }

    /** The body of a request about a pool that is no pool itself. */
    public static ObjectNode resize(String body) {
        ObjectNode document = Bodies.needed(body, PoolShapes.RESIZE);
        if (!document.has("targetDedicatedNodes") && !document.has("targetLowPriorityNodes")) {
            throw BodyFaults.missing("targetDedicatedNodes, targetLowPriorityNodes");
        }
        return document;
    }

    /** The body of a request to remove nodes. */
    public static ObjectNode removal(String body) {
        return Bodies.needed(body, PoolShapes.REMOVE);
    }

    /** The formula that a client wants to decide about a pool from now on. */
    public static AutoScale enabled(PoolRecord pool, String body, Instant now) {
        ObjectNode document = Bodies.optional(body, PoolShapes.ENABLE_AUTO_SCALE);
        Optional<AutoScale> present = pool.rules().autoScale();
        String formula = Parts.text(document, "autoScaleFormula")
                .or(() -> present.map(AutoScale::formula))
                .orElseThrow(() -> BodyFaults.missing("autoScaleFormula"));
        Duration interval = Parts.text(document, "autoScaleEvaluationInterval")
                .map(Duration::parse)
                .or(() -> present.map(AutoScale::interval))
                .orElse(USUAL_INTERVAL);
        return new AutoScale(formula, interval, now, Optional.empty());
    }

    /** The body of a request to try a formula. */
    public static ObjectNode evaluation(String body) {
        return Bodies.needed(body, PoolShapes.EVALUATE);
    }

    /** The body of a request to restart a node. */
    public static ObjectNode reboot(String body) {
        return Bodies.optional(body, PoolShapes.REBOOT);
    }

    /** The body of a request to make a node anew. */
    public static ObjectNode reimage(String body) {
        return Bodies.optional(body, PoolShapes.REIMAGE);
    }

    /** The body of a request to have a node take no tasks. */
    public static ObjectNode disableScheduling(String body) {
        return Bodies.optional(body, PoolShapes.DISABLE_SCHEDULING);
    }
}
