package io.twinbatch.local.emulator.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.emulator.document.Bodies;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.CommandLines;
import io.twinbatch.local.emulator.document.CommonDocuments;
import io.twinbatch.local.emulator.document.ContainerDocuments;
import io.twinbatch.local.emulator.document.KeptDocuments;
import io.twinbatch.local.emulator.pool.PoolDocuments;
import io.twinbatch.local.emulator.task.TaskDocuments;
import io.twinbatch.local.engine.model.NewJob;
import io.twinbatch.local.engine.model.NewPool;
import io.twinbatch.local.engine.model.NewTask;
import io.twinbatch.local.record.AutoPool;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.JobRules;
import io.twinbatch.local.record.JobTemplate;
import io.twinbatch.local.record.NodeTaskRules;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Documents about jobs. */
public final class JobDocuments {
    private static final String TERMINATE_JOB = "terminatejob";
    private static final String PERFORM_ACTION = "performexitoptionsjobaction";

    /** What the specification and the rules of a job say. */
    private static final List<String> MODELLED = List.of(
            "id", "priority", "usesTaskDependencies", "maxParallelTasks", "onAllTasksComplete", "onTaskFailure");

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
    public static NewJob added(String body, Instant now) {
        ObjectNode document = Bodies.needed(body, JobSchemas.ADD);
        complete(document);
        JsonNode automatic = document.get("poolInfo").path("autoPoolSpecification");
        Optional<AutoPool> autoPool = automatic.isMissingNode() ? Optional.empty() : Optional.of(autoPool(automatic));
        if (autoPool.filter(AutoPool::ofSchedule).isPresent()) {
            throw BodyFaults.invalid(
                    "poolInfo.autoPoolSpecification.poolLifetimeOption", "jobschedule", "The job has no schedule.");
        }
        Optional<NewPool> made = autoPool.map(any -> automaticPool(uniqueName(prefix(automatic)), automatic, now));
        PoolId pool = made.map(order -> order.spec().id())
                .orElseGet(
                        () -> new PoolId(document.get("poolInfo").get("poolId").textValue()));
        JobSpec spec = spec(document.get("id").textValue(), pool, document);
        return new NewJob(
                spec, rules(document, autoPool, Optional.empty()), made, manager(spec.maxTaskRetries(), document));
    }

    private static Optional<NewTask> manager(int jobRetries, JsonNode document) {
        return Optional.ofNullable(document.get("jobManagerTask"))
                .map(task -> TaskDocuments.manager(jobRetries, (ObjectNode) task));
    }

    /**
     * What the jobs of a schedule are like.
     *
     * @param document a part of the schedule's document, which is completed
     */
    public static JobTemplate template(String schedule, ObjectNode document, Instant now) {
        complete(document);
        JsonNode automatic = document.get("poolInfo").path("autoPoolSpecification");
        Optional<AutoPool> autoPool = automatic.isMissingNode() ? Optional.empty() : Optional.of(autoPool(automatic));
        Optional<JobTemplate.Pool> pool = autoPool.map(any -> {
            NewPool order = automaticPool(schedule, automatic, now);
            return new JobTemplate.Pool(prefix(automatic), order.spec(), order.rules());
        });
        PoolId named = CommonDocuments.text(document.get("poolInfo"), "poolId")
                .map(PoolId::new)
                .orElseGet(() -> new PoolId(schedule));
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

    private static NewPool automaticPool(String id, JsonNode automatic, Instant now) {
        if (!automatic.has("pool")) {
            throw BodyFaults.missing("poolInfo.autoPoolSpecification.pool");
        }
        ObjectNode document = automatic.get("pool").deepCopy();
        return PoolDocuments.order(id, document.put("id", id), now);
    }

    private static void complete(ObjectNode document) {
        if (document.has("jobReleaseTask") && !document.has("jobPreparationTask")) {
            throw BodyFaults.missing("jobPreparationTask");
        }
        if (document.get("jobManagerTask") instanceof ObjectNode manager) {
            int retries = document.path("constraints").path("maxTaskRetryCount").asInt(0);
            ObjectNode constraints = manager.withObject("/constraints");
            constraints.put(
                    "maxTaskRetryCount", constraints.path("maxTaskRetryCount").asInt(retries));
        }
        JobSchemas.UNNAMED.complete(document);
        if (document.at("/poolInfo/autoPoolSpecification/pool") instanceof ObjectNode pool) {
            PoolDocuments.completeUnnamed(pool);
        }
    }

    private static JobSpec spec(String id, PoolId pool, JsonNode document) {
        return new JobSpec(
                new JobId(id),
                pool,
                document.get("priority").intValue(),
                CommonDocuments.timeLimit(document, "constraints", "maxWallClockTime"),
                CommonDocuments.retries(document.get("constraints"), "maxTaskRetryCount"),
                document.get("usesTaskDependencies").booleanValue(),
                nodeTask(document, "jobPreparationTask"),
                nodeTask(document, "jobReleaseTask"),
                CommonDocuments.environment(document.path("commonEnvironmentSettings")),
                CommonDocuments.metadata(document.path("metadata")));
    }

    private static Optional<JobNodeTask> nodeTask(JsonNode document, String name) {
        return Optional.ofNullable(document.get(name))
                .map(task -> new JobNodeTask(
                        CommandLines.legal(name + ".commandLine", task),
                        CommonDocuments.resourceFiles(task.path("resourceFiles")),
                        CommonDocuments.environment(task.path("environmentSettings")),
                        CommonDocuments.isElevated(task),
                        ContainerDocuments.container(task)));
    }

    private static JobRules rules(ObjectNode document, Optional<AutoPool> autoPool, Optional<String> schedule) {
        Optional<JobRules.Manager> manager = Optional.ofNullable(document.get("jobManagerTask"))
                .map(task -> new JobRules.Manager(
                        task.get("id").textValue(),
                        task.get("killJobOnCompletion").booleanValue()));
        return new JobRules(
                document.get("maxParallelTasks").intValue(),
                document.get("onAllTasksComplete").textValue().equals(TERMINATE_JOB),
                !document.get("onTaskFailure").textValue().equals(JobSchemas.NO_ACTION),
                preparation(document),
                release(document),
                manager,
                autoPool,
                schedule,
                KeptDocuments.without(document, MODELLED));
    }

    private static NodeTaskRules preparation(JsonNode document) {
        JsonNode task = document.get("jobPreparationTask");
        if (task == null) {
            return NodeTaskRules.PREPARATION;
        }
        return new NodeTaskRules(
                task.get("id").textValue(),
                task.get("waitForSuccess").booleanValue(),
                CommonDocuments.retries(task.get("constraints"), "maxTaskRetryCount"),
                CommonDocuments.containers(task.path("resourceFiles")),
                CommonDocuments.timeLimit(task, "constraints", "maxWallClockTime"));
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
                CommonDocuments.containers(task.path("resourceFiles")),
                CommonDocuments.limit(task, "maxWallClockTime"));
    }

    /** A job after a client has changed some of its properties. */
    public static NewJob patched(JobRecord job, String body) {
        return changed(job, document(job).setAll(Bodies.needed(body, JobSchemas.PATCH)));
    }

    /** A job after a client has replaced those of its properties that can be. */
    public static NewJob updated(JobRecord job, String body) {
        ObjectNode changes = Bodies.needed(body, JobSchemas.UPDATE);
        ObjectNode document = document(job);
        document.remove(REPLACED);
        return changed(job, document.setAll(changes));
    }

    private static NewJob changed(JobRecord job, ObjectNode document) {
        complete(document);
        if (document.path("metadata").isEmpty()) {
            document.remove("metadata");
        }
        if (job.rules().endsWithItsTasks()
                && document.get("onAllTasksComplete").textValue().equals(JobSchemas.NO_ACTION)) {
            throw BodyFaults.invalid(
                    "onAllTasksComplete",
                    JobSchemas.NO_ACTION,
                    "It cannot be taken back once it is " + TERMINATE_JOB + ".");
        }
        JobSpec spec = spec(job.spec().id().value(), pool(job, document), document);
        JobRules rules = rules(document, job.rules().autoPool(), job.rules().schedule());
        return NewJob.of(spec, rules);
    }

    private static PoolId pool(JobRecord job, ObjectNode document) {
        JsonNode asked = document.get("poolInfo");
        if (asked.equals(document(job).get("poolInfo"))) {
            return job.spec().pool();
        }
        return CommonDocuments.text(asked, "poolId")
                .map(PoolId::new)
                .orElseThrow(() -> BodyFaults.unsupported(
                        "poolInfo.autoPoolSpecification", "the pool of a job that exists is named by its id."));
    }

    /** What is asked for of a job, completed. */
    public static ObjectNode document(JobRecord job) {
        JobSpec spec = job.spec();
        JobRules rules = job.rules();
        ObjectNode document = rules.document().map(Bodies::kept).orElseGet(() -> unmodelled(spec));
        document.put("id", spec.id().value())
                .put("priority", spec.priority())
                .put("usesTaskDependencies", spec.usesTaskDependencies())
                .put("maxParallelTasks", rules.maxParallelTasks())
                .put("onAllTasksComplete", rules.endsWithItsTasks() ? TERMINATE_JOB : JobSchemas.NO_ACTION)
                .put("onTaskFailure", rules.actsOnTaskFailure() ? PERFORM_ACTION : JobSchemas.NO_ACTION);
        ObjectNode constraints = document.withObject("/constraints")
                .put("maxTaskRetryCount", CommonDocuments.retries(spec.maxTaskRetries()));
        KeptDocuments.putLimit(constraints, "maxWallClockTime", spec.maxWallClockTime());
        KeptDocuments.putNamedValues(document, "commonEnvironmentSettings", spec.environment());
        KeptDocuments.putNamedValues(document, "metadata", spec.metadata());
        complete(document);
        return document;
    }

    /** What a client of the protocol would have written of a job that was created by the API. */
    private static ObjectNode unmodelled(JobSpec spec) {
        ObjectNode document = CommonDocuments.object();
        document.putObject("poolInfo").put("poolId", spec.pool().value());
        spec.preparation().ifPresent(task -> document.set("jobPreparationTask", document(task)));
        spec.release().ifPresent(task -> document.set("jobReleaseTask", document(task)));
        return document;
    }

    private static ObjectNode document(JobNodeTask task) {
        ObjectNode document = CommonDocuments.object().put("commandLine", task.commandLine());
        task.container()
                .ifPresent(container -> document.set("containerSettings", ContainerDocuments.settings(container)));
        document.set("userIdentity", CommonDocuments.userIdentity(task.elevated()));
        CommonDocuments.putUnlessEmpty(
                document, "resourceFiles", CommonDocuments.toResourceFiles(task.resourceFiles()));
        CommonDocuments.putUnlessEmpty(
                document, "environmentSettings", CommonDocuments.namedValues(task.environment()));
        return document;
    }

    /** The body of a request to disable a job. */
    public static ObjectNode disabling(String body) {
        return Bodies.needed(body, JobSchemas.DISABLE);
    }

    /** The body of a request to terminate a job. */
    public static ObjectNode terminating(String body) {
        return Bodies.optional(body, JobSchemas.TERMINATE);
    }
}
