package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.engine.JobOrder;
import io.twinbatch.local.engine.PoolOrder;
import io.twinbatch.local.engine.TaskOrder;
import io.twinbatch.local.state.AutoPool;
import io.twinbatch.local.state.JobRecord;
import io.twinbatch.local.state.JobRules;
import io.twinbatch.local.state.JobTemplate;
import io.twinbatch.local.state.NodeTaskRules;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Documents about jobs. */
public final class JobDocuments {
    private static final String NO_ACTION = "noaction";
    private static final String TERMINATE_JOB = "terminatejob";
    private static final List<String> REPLACED = List.of(
            "priority",
            "maxParallelTasks",
            "allowTaskPreemption",
            "onAllTasksComplete",
            "constraints",
            "metadata",
            "networkConfiguration");

    private JobDocuments() {}

    /** The job that a client asks for. */
    public static JobOrder added(String body, Instant now) {
        ObjectNode document = Bodies.needed(body, JobShapes.ADD);
        complete(document);
        JsonNode automatic = document.get("poolInfo").path("autoPoolSpecification");
        Optional<AutoPool> autoPool = automatic.isMissingNode() ? Optional.empty() : Optional.of(autoPool(automatic));
        if (autoPool.filter(AutoPool::ofSchedule).isPresent()) {
            throw BodyFaults.invalid(
                    "poolInfo.autoPoolSpecification.poolLifetimeOption", "jobschedule", "The job has no schedule.");
        }
        Optional<PoolOrder> made = autoPool.map(any -> automaticPool(uniqueName(prefix(automatic)), automatic, now));
        PoolId pool = made.map(order -> order.spec().id())
                .orElseGet(
                        () -> new PoolId(document.get("poolInfo").get("poolId").textValue()));
        JobSpec spec = spec(document.get("id").textValue(), pool, document);
        return new JobOrder(
                spec, rules(document, autoPool, Optional.empty()), made, manager(spec.maxTaskRetries(), document));
    }

    private static Optional<TaskOrder> manager(int jobRetries, JsonNode document) {
        return Optional.ofNullable(document.get("jobManagerTask"))
                .map(task -> TaskDocuments.manager(jobRetries, (ObjectNode) task));
    }

    /**
     * What the jobs of a schedule are like.
     *
     * @param document a part of the schedule's document, which is completed
     */
    static JobTemplate template(String schedule, ObjectNode document, Instant now) {
        complete(document);
        JsonNode automatic = document.get("poolInfo").path("autoPoolSpecification");
        Optional<AutoPool> autoPool = automatic.isMissingNode() ? Optional.empty() : Optional.of(autoPool(automatic));
        Optional<JobTemplate.Pool> pool = autoPool.map(any -> {
            PoolOrder order = automaticPool(schedule, automatic, now);
            return new JobTemplate.Pool(prefix(automatic), order.spec(), order.rules());
        });
        PoolId named =
                Parts.text(document.get("poolInfo"), "poolId").map(PoolId::new).orElseGet(() -> new PoolId(schedule));
        JobSpec spec = spec(schedule, named, document);
        Optional<JobTemplate.Manager> manager = manager(spec.maxTaskRetries(), document)
                .map(order -> new JobTemplate.Manager(order.spec(), order.rules()));
        return new JobTemplate(spec, rules(document, autoPool, Optional.of(schedule)), pool, manager);
    }

    private static String prefix(JsonNode automatic) {
        return automatic.path("autoPoolIdPrefix").asText("");
    }

    private static String uniqueName(String prefix) {
        String unique = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        return prefix.isEmpty() ? unique : prefix + "_" + unique;
    }

    private static AutoPool autoPool(JsonNode automatic) {
        return new AutoPool(
                automatic.get("poolLifetimeOption").textValue().equals("jobschedule"),
                automatic.path("keepAlive").asBoolean(false));
    }

    private static PoolOrder automaticPool(String id, JsonNode automatic, Instant now) {
        if (!automatic.has("pool")) {
            throw BodyFaults.missing("poolInfo.autoPoolSpecification.pool");
        }
        ObjectNode document = automatic.get("pool").deepCopy();
        return PoolDocuments.order(id, document.put("id", id), now);
    }

    private static void complete(ObjectNode document) {
        ObjectNode defaults = Parts.object()
                .put("priority", 0)
                .put("maxParallelTasks", -1)
                .put("allowTaskPreemption", false)
                .put("onAllTasksComplete", NO_ACTION)
                .put("onTaskFailure", NO_ACTION)
                .put("usesTaskDependencies", false);
        defaults.set("constraints", Parts.object());
        Parts.complete(document, defaults);
        ObjectNode constraints =
                Parts.object().put("maxWallClockTime", Parts.UNLIMITED).put("maxTaskRetryCount", 0);
        Parts.complete((ObjectNode) document.get("constraints"), constraints);
        completeNodeTasks(document);
        if (document.get("jobManagerTask") instanceof ObjectNode manager) {
            ObjectNode usual = Parts.object()
                    .put("requiredSlots", 1)
                    .put("killJobOnCompletion", true)
                    .put("runExclusive", true)
                    .put("allowLowPriorityNode", true);
            usual.set("userIdentity", Parts.userIdentity(false));
            Parts.complete(manager, usual);
        }
    }

    private static void completeNodeTasks(ObjectNode document) {
        if (document.get("jobPreparationTask") instanceof ObjectNode preparation) {
            ObjectNode usual = Parts.object()
                    .put("id", NodeTaskRules.PREPARATION.id())
                    .put("waitForSuccess", true)
                    .put("rerunOnNodeRebootAfterSuccess", true);
            usual.set("userIdentity", Parts.userIdentity(false));
            usual.set("constraints", Parts.object());
            Parts.complete(preparation, usual);
            ObjectNode limits = Parts.object()
                    .put("maxWallClockTime", Parts.UNLIMITED)
                    .put("retentionTime", "P7D")
                    .put("maxTaskRetryCount", 0);
            Parts.complete((ObjectNode) preparation.get("constraints"), limits);
        }
        if (document.get("jobReleaseTask") instanceof ObjectNode release) {
            if (!document.has("jobPreparationTask")) {
                throw BodyFaults.missing("jobPreparationTask");
            }
            ObjectNode usual = Parts.object()
                    .put("id", NodeTaskRules.RELEASE.id())
                    .put("maxWallClockTime", "PT15M")
                    .put("retentionTime", "P7D");
            usual.set("userIdentity", Parts.userIdentity(false));
            Parts.complete(release, usual);
        }
    }

    private static JobSpec spec(String id, PoolId pool, JsonNode document) {
        return new JobSpec(
                new JobId(id),
                pool,
                document.get("priority").intValue(),
                Parts.timeLimit(document, "constraints", "maxWallClockTime"),
                Parts.retries(document.get("constraints"), "maxTaskRetryCount"),
                document.get("usesTaskDependencies").booleanValue(),
                nodeTask(document, "jobPreparationTask"),
                nodeTask(document, "jobReleaseTask"),
                Parts.environment(document.path("commonEnvironmentSettings")),
                Parts.metadata(document.path("metadata")));
    }

    private static Optional<JobNodeTask> nodeTask(JsonNode document, String name) {
        return Optional.ofNullable(document.get(name))
                .map(task -> new JobNodeTask(
                        CommandLines.legal(name + ".commandLine", task),
                        Parts.resourceFiles(task.path("resourceFiles")),
                        Parts.environment(task.path("environmentSettings")),
                        Parts.isElevated(task)));
    }

    private static JobRules rules(JsonNode document, Optional<AutoPool> autoPool, Optional<String> schedule) {
        Optional<JobRules.Manager> manager = Optional.ofNullable(document.get("jobManagerTask"))
                .map(task -> new JobRules.Manager(
                        task.get("id").textValue(),
                        task.get("killJobOnCompletion").booleanValue()));
        return new JobRules(
                document.get("maxParallelTasks").intValue(),
                document.get("onAllTasksComplete").textValue().equals(TERMINATE_JOB),
                !document.get("onTaskFailure").textValue().equals(NO_ACTION),
                preparation(document),
                release(document),
                manager,
                autoPool,
                schedule,
                Optional.of(document.toString()));
    }

    private static NodeTaskRules preparation(JsonNode document) {
        JsonNode task = document.get("jobPreparationTask");
        if (task == null) {
            return NodeTaskRules.PREPARATION;
        }
        return new NodeTaskRules(
                task.get("id").textValue(),
                task.get("waitForSuccess").booleanValue(),
                Parts.retries(task.get("constraints"), "maxTaskRetryCount"),
                Parts.containers(task.path("resourceFiles")),
                Parts.timeLimit(task, "constraints", "maxWallClockTime"));
    }

    private static NodeTaskRules release(JsonNode document) {
        JsonNode task = document.get("jobReleaseTask");
        if (task == null) {
            return NodeTaskRules.RELEASE;
        }
        return new NodeTaskRules(
                task.get("id").textValue(),
                false,
                0,
                Parts.containers(task.path("resourceFiles")),
                Parts.limit(task, "maxWallClockTime"));
    }

    /** A job after a client has changed some of its properties. */
    public static JobOrder patched(JobRecord job, String body) {
        return changed(job, document(job).setAll(Bodies.needed(body, JobShapes.PATCH)));
    }

    /** A job after a client has replaced those of its properties that can be. */
    public static JobOrder updated(JobRecord job, String body) {
        ObjectNode changes = Bodies.needed(body, JobShapes.UPDATE);
        ObjectNode document = document(job);
        document.remove(REPLACED);
        return changed(job, document.setAll(changes));
    }

    private static JobOrder changed(JobRecord job, ObjectNode document) {
        complete(document);
        if (document.path("metadata").isEmpty()) {
            document.remove("metadata");
        }
        if (job.rules().endsWithItsTasks()
                && document.get("onAllTasksComplete").textValue().equals(NO_ACTION)) {
            throw BodyFaults.invalid(
                    "onAllTasksComplete", NO_ACTION, "It cannot be taken back once it is " + TERMINATE_JOB + ".");
        }
        JobSpec spec = spec(job.spec().id().value(), pool(job, document), document);
        JobRules rules = rules(document, job.rules().autoPool(), job.rules().schedule());
        return JobOrder.of(spec, rules);
    }

    private static PoolId pool(JobRecord job, ObjectNode document) {
        JsonNode asked = document.get("poolInfo");
        if (asked.equals(document(job).get("poolInfo"))) {
            return job.spec().pool();
        }
        return Parts.text(asked, "poolId")
                .map(PoolId::new)
                .orElseThrow(() -> BodyFaults.unsupported(
                        "poolInfo.autoPoolSpecification", "the pool of a job that exists is named by its id."));
    }

    /** What is asked for of a job, completed. */
    public static ObjectNode document(JobRecord job) {
        return job.rules().document().map(Bodies::kept).orElseGet(() -> document(job.spec()));
    }

    private static ObjectNode document(JobSpec spec) {
        ObjectNode document = Parts.object()
                .put("id", spec.id().value())
                .put("priority", spec.priority())
                .put("usesTaskDependencies", spec.usesTaskDependencies());
        document.putObject("poolInfo").put("poolId", spec.pool().value());
        ObjectNode constraints =
                document.putObject("constraints").put("maxTaskRetryCount", Parts.retries(spec.maxTaskRetries()));
        spec.maxWallClockTime().ifPresent(limit -> constraints.put("maxWallClockTime", limit.toString()));
        spec.preparation().ifPresent(task -> document.set("jobPreparationTask", document(task)));
        spec.release().ifPresent(task -> document.set("jobReleaseTask", document(task)));
        Parts.putUnlessEmpty(document, "commonEnvironmentSettings", Parts.namedValues(spec.environment()));
        Parts.putUnlessEmpty(document, "metadata", Parts.namedValues(spec.metadata()));
        complete(document);
        return document;
    }

    private static ObjectNode document(JobNodeTask task) {
        ObjectNode document = Parts.object().put("commandLine", task.commandLine());
        document.set("userIdentity", Parts.userIdentity(task.elevated()));
        Parts.putUnlessEmpty(document, "resourceFiles", Parts.toResourceFiles(task.resourceFiles()));
        Parts.putUnlessEmpty(document, "environmentSettings", Parts.namedValues(task.environment()));
        return document;
    }

    /** The body of a request to disable a job. */
    public static ObjectNode disabling(String body) {
        return Bodies.needed(body, JobShapes.DISABLE);
    }

    /** The body of a request to terminate a job. */
    public static ObjectNode terminating(String body) {
        return Bodies.optional(body, JobShapes.TERMINATE);
    }
}
