package io.twinbatch.local.emulator.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.local.emulator.document.Bodies;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.CommandLines;
import io.twinbatch.local.emulator.document.CommonDocuments;
import io.twinbatch.local.emulator.document.ContainerDocuments;
import io.twinbatch.local.emulator.document.KeptDocuments;
import io.twinbatch.local.engine.model.NewPool;
import io.twinbatch.local.record.AutoScale;
import io.twinbatch.local.record.ContainerSource;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.PoolRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Documents about pools. */
public final class PoolDocuments {
    private static final Duration USUAL_INTERVAL = Duration.ofMinutes(15);
    /** What a pool without any does not show. */
    private static final List<String> LISTS = List.of(
            "metadata", "certificateReferences", "applicationPackageReferences", "userAccounts", "mountConfiguration");

    private static final List<String> IMAGE_IDS =
            List.of("virtualMachineImageId", "sharedGalleryImageId", "communityGalleryImageId");

    /** What the specification of a pool says. */
    private static final List<String> MODELLED =
            List.of("id", "vmSize", "taskSlotsPerNode", "targetDedicatedNodes", "targetLowPriorityNodes");

    private PoolDocuments() {}

    /** The pool that a client asks for. */
    public static NewPool added(String body, Instant now) {
        ObjectNode document = Bodies.needed(body, PoolSchemas.ADD);
        return order(document.get("id").textValue(), document, now);
    }

    /** The pool that a part of a document describes. */
    public static NewPool order(String id, ObjectNode document, Instant now) {
        PoolRules rules = rules(document, autoScale(document, now));
        requireNodesAsTheyAre(document, rules.autoScale().isPresent());
        complete(document);
        return new NewPool(spec(id, document, new IdlePolicy.Keep()), keeping(rules, document));
    }

    private static void requireNodesAsTheyAre(ObjectNode document, boolean scales) {
        int nodes = document.path("targetDedicatedNodes").asInt(0)
                + document.path("targetLowPriorityNodes").asInt(0);
        if (scales || nodes > 0) {
            MountsAndExtensions.requireNone(document);
        }
    }

    private static PoolRules rules(ObjectNode document, Optional<AutoScale> autoScale) {
        boolean gates = document.path("startTask").path("waitForSuccess").asBoolean(true);
        List<ContainerSource> containers =
                CommonDocuments.containers(document.path("startTask").path("resourceFiles"));
        ContainerDocuments.check(document);
        return new PoolRules(
                gates,
                containers,
                autoScale,
                Optional.empty(),
                ContainerDocuments.hasContainers(document),
                CommonDocuments.applications(document),
                document.path("enableInterNodeCommunication").asBoolean(false));
    }

    private static PoolRules keeping(PoolRules rules, ObjectNode document) {
        return rules.withDocument(KeptDocuments.without(document, MODELLED));
    }

    private static Optional<AutoScale> autoScale(ObjectNode document, Instant now) {
        boolean enabled = document.path("enableAutoScale").asBoolean(false);
        Optional<String> formula = CommonDocuments.text(document, "autoScaleFormula");
        Optional<String> interval = CommonDocuments.text(document, "autoScaleEvaluationInterval");
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

    /** Completes what a job or a schedule says of the pool that it makes. */
    public static void completeUnnamed(ObjectNode document) {
        boolean scales = document.path("enableAutoScale").asBoolean(false);
        requireNodesAsTheyAre(document, scales);
        ObjectNode usual = CommonDocuments.object().put("enableAutoScale", scales);
        if (scales) {
            usual.put("autoScaleEvaluationInterval", USUAL_INTERVAL.toString());
        } else {
            usual.put("targetDedicatedNodes", 0).put("targetLowPriorityNodes", 0);
        }
        CommonDocuments.complete(document, usual);
        complete(document);
        if (scales) {
            document.remove("resizeTimeout");
        }
    }

    private static void complete(ObjectNode document) {
        document.put("vmSize", document.get("vmSize").textValue().toLowerCase(Locale.ROOT));
        PoolSchemas.UNNAMED.complete(document);
        if (document.at("/virtualMachineConfiguration/imageReference") instanceof ObjectNode image
                && image.has("publisher")
                && !image.has("version")) {
            image.put("version", "latest");
        }
        UserAccounts.complete(document);
    }

    private static PoolSpec spec(String id, JsonNode document, IdlePolicy idlePolicy) {
        return new PoolSpec(
                new PoolId(id),
                document.get("vmSize").textValue(),
                image(document.get("virtualMachineConfiguration").get("imageReference")),
                document.path("targetDedicatedNodes").asInt(0),
                document.path("targetLowPriorityNodes").asInt(0),
                document.get("taskSlotsPerNode").intValue(),
                Optional.ofNullable(document.get("startTask")).map(PoolDocuments::startTask),
                idlePolicy,
                CommonDocuments.metadata(document.path("metadata")),
                ContainerDocuments.images(document));
    }

    private static VmImage image(JsonNode reference) {
        for (String name : IMAGE_IDS) {
            if (reference.has(name)) {
                return new VmImage("", "", reference.get(name).textValue());
            }
        }
        return new VmImage(
                reference.get("publisher").textValue(),
                CommonDocuments.text(reference, "offer").orElseThrow(() -> missingOfImage("offer")),
                CommonDocuments.text(reference, "sku").orElseThrow(() -> missingOfImage("sku")));
    }

    private static RuntimeException missingOfImage(String name) {
        return BodyFaults.missing("virtualMachineConfiguration.imageReference." + name);
    }

    private static StartTask startTask(JsonNode task) {
        return new StartTask(
                CommandLines.legal("startTask.commandLine", task),
                CommonDocuments.resourceFiles(task.path("resourceFiles")),
                CommonDocuments.environment(task.path("environmentSettings")),
                CommonDocuments.isElevated(task),
                CommonDocuments.retries(task, "maxTaskRetryCount"),
                ContainerDocuments.container(task));
    }

    /** A pool after a client has changed some of its properties. */
    public static NewPool patched(PoolRecord pool, String body) {
        return changed(pool, document(pool).setAll(Bodies.needed(body, PoolSchemas.PATCH)));
    }

    /** A pool after a client has replaced those of its properties that can be. */
    public static NewPool updated(PoolRecord pool, String body) {
        ObjectNode changes = Bodies.needed(body, PoolSchemas.UPDATE);
        ObjectNode document = document(pool);
        document.remove(List.of("startTask", "targetNodeCommunicationMode"));
        return changed(pool, document.setAll(changes));
    }

    private static NewPool changed(PoolRecord pool, ObjectNode document) {
        requireNodesAsTheyAre(document, pool.rules().autoScale().isPresent());
        for (String list : LISTS) {
            if (document.path(list).isEmpty()) {
                document.remove(list);
            }
        }
        PoolRules rules = rules(document, pool.rules().autoScale());
        complete(document);
        return new NewPool(
                spec(pool.spec().id().value(), document, pool.spec().idlePolicy()), keeping(rules, document));
    }

    /** What is asked for of a pool, completed. */
    public static ObjectNode document(PoolRecord pool) {
        PoolSpec spec = pool.spec();
        ObjectNode document = pool.rules().document().map(Bodies::kept).orElseGet(() -> unmodelled(spec));
        document.put("id", spec.id().value())
                .put("vmSize", spec.vmSize())
                .put("taskSlotsPerNode", spec.slotsPerNode())
                .put("targetDedicatedNodes", spec.dedicatedNodes())
                .put("targetLowPriorityNodes", spec.spotNodes());
        KeptDocuments.putNamedValues(document, "metadata", spec.metadata());
        complete(document);
        return document;
    }

    /** What a client of the protocol would have written of a pool that was created by the API. */
    private static ObjectNode unmodelled(PoolSpec spec) {
        ObjectNode document = CommonDocuments.object();
        ObjectNode machine = document.putObject("virtualMachineConfiguration").put("nodeAgentSKUId", "twinbatch.local");
        machine.putObject("imageReference")
                .put("publisher", spec.image().publisher())
                .put("offer", spec.image().offer())
                .put("sku", spec.image().sku())
                .put("version", "latest");
        if (!spec.containerImages().isEmpty()) {
            ArrayNode names = machine.putObject("containerConfiguration")
                    .put("type", "dockerCompatible")
                    .putArray("containerImageNames");
            spec.containerImages().forEach(image -> names.add(image.name()));
        }
        spec.startTask().ifPresent(task -> document.set("startTask", document(task)));
        return document;
    }

    private static ObjectNode document(StartTask task) {
        ObjectNode document = CommonDocuments.object()
                .put("commandLine", task.commandLine())
                .put("maxTaskRetryCount", CommonDocuments.retries(task.maxRetries()))
                .put("waitForSuccess", true);
        task.container()
                .ifPresent(container -> document.set("containerSettings", ContainerDocuments.settings(container)));
        document.set("userIdentity", CommonDocuments.userIdentity(task.elevated()));
        CommonDocuments.putUnlessEmpty(
                document, "resourceFiles", CommonDocuments.toResourceFiles(task.resourceFiles()));
        CommonDocuments.putUnlessEmpty(
                document, "environmentSettings", CommonDocuments.namedValues(task.environment()));
        return document;
    }

    /** What a client wants a pool to be resized to. */
    public static ObjectNode resize(PoolRecord pool, String body) {
        ObjectNode document = Bodies.needed(body, PoolSchemas.RESIZE);
        if (!document.has("targetDedicatedNodes") && !document.has("targetLowPriorityNodes")) {
            throw BodyFaults.missing("targetDedicatedNodes, targetLowPriorityNodes");
        }
        requireNodesAsTheyAre(document(pool).setAll(document), false);
        return document;
    }

    /** The body of a request to remove nodes. */
    public static ObjectNode removal(String body) {
        return Bodies.needed(body, PoolSchemas.REMOVE);
    }

    /** The formula that a client wants to decide about a pool from now on. */
    public static AutoScale enabled(PoolRecord pool, String body, Instant now) {
        ObjectNode document = Bodies.optional(body, PoolSchemas.ENABLE_AUTO_SCALE);
        MountsAndExtensions.requireNone(document(pool));
        Optional<AutoScale> present = pool.rules().autoScale();
        String formula = CommonDocuments.text(document, "autoScaleFormula")
                .or(() -> present.map(AutoScale::formula))
                .orElseThrow(() -> BodyFaults.missing("autoScaleFormula"));
        Duration interval = CommonDocuments.text(document, "autoScaleEvaluationInterval")
                .map(Duration::parse)
                .or(() -> present.map(AutoScale::interval))
                .orElse(USUAL_INTERVAL);
        return new AutoScale(formula, interval, now, Optional.empty());
    }

    /** The body of a request to try a formula. */
    public static ObjectNode evaluation(String body) {
        return Bodies.needed(body, PoolSchemas.EVALUATE);
    }

    /** The body of a request to restart a node. */
    public static ObjectNode reboot(String body) {
        return Bodies.optional(body, PoolSchemas.REBOOT);
    }

    /** The body of a request to make a node anew. */
    public static ObjectNode reimage(String body) {
        return Bodies.optional(body, PoolSchemas.REIMAGE);
    }

    /** The body of a request to have a node take no tasks. */
    public static ObjectNode disableScheduling(String body) {
        return Bodies.optional(body, PoolSchemas.DISABLE_SCHEDULING);
    }
}
