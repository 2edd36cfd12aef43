package io.twinbatch.local.emulator.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.local.emulator.document.Bodies;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.CommandLines;
import io.twinbatch.local.emulator.document.CommonDocuments;
import io.twinbatch.local.emulator.document.ContainerDocuments;
import io.twinbatch.local.emulator.document.KeptDocuments;
import io.twinbatch.local.emulator.document.ObjectSchema;
import io.twinbatch.local.emulator.document.Schema;
import io.twinbatch.local.emulator.document.Schemas;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.engine.model.NewTask;
import io.twinbatch.local.record.ExitOptions;
import io.twinbatch.local.record.ExitRules;
import io.twinbatch.local.record.IdRange;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.record.TaskRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Documents about tasks. */
public final class TaskDocuments {
    private static final int MAX_TASKS = 100;
    private static final int MAX_DEPENDENCY_CHARACTERS = 64_000;
    private static final int CONFLICT = 409;

    /** What the specification of a task says. */
    private static final List<String> MODELLED = List.of("id", "commandLine", "requiredSlots");

    private TaskDocuments() {}

    /** The task that a client asks for. */
    public static NewTask added(JobRecord job, String body) {
        return order(job, Bodies.parse(body));
    }

    /**
     * The documents of a collection of tasks, each for itself unchecked.
     *
     * @throws ServiceFault 400 when it is no collection, or too large a one
     */
    public static ArrayNode collection(String body) {
        Schema any = (name, value) -> value;
        ObjectNode document = Bodies.needed(body, new ObjectSchema().needs("value", Schemas.listOf(any, 0, MAX_TASKS)));
        return (ArrayNode) document.get("value");
    }

    /** The task that a document asks for. */
    public static NewTask order(JobRecord job, JsonNode value) {
        ObjectNode document = TaskSchemas.ADD.check("", value);
        return order(job.spec().maxTaskRetries(), job.rules().actsOnTaskFailure(), document);
    }

    /** The task that manages a job. */
    public static NewTask manager(int jobRetries, ObjectNode manager) {
        ObjectNode document = manager.deepCopy();
        document.remove(List.of("killJobOnCompletion", "runExclusive", "allowLowPriorityNode"));
        return order(jobRetries, false, document);
    }

    private static NewTask order(int jobRetries, boolean actsOnFailure, ObjectNode document) {
        if (!actsOnFailure) {
            refuseJobActions(document.path("exitConditions"));
        }
        complete(document, jobRetries);
        ExitRules exits = exits(document.path("exitConditions"));
        List<IdRange> ranges = ranges(document.path("dependsOn").path("taskIdRanges"));
        return new NewTask(
                spec(document),
                new TaskRules(
                        exits,
                        ranges,
                        CommonDocuments.containers(document.path("resourceFiles")),
                        KeptDocuments.without(document, MODELLED),
                        CommonDocuments.applications(document),
                        usesJob(document),
                        MultiInstanceDocuments.settings(document)));
    }

    /** The only access that a token can give is that to the job, and it has to be named. */
    private static boolean usesJob(ObjectNode document) {
        return !document.path("authenticationTokenSettings").path("access").isEmpty();
    }

    /** Without constraints of its own a task has the retries of its job. */
    private static void complete(ObjectNode document, int jobRetries) {
        if (!document.has("constraints")) {
            document.putObject("constraints").put("maxTaskRetryCount", CommonDocuments.retries(jobRetries));
        }
        TaskSchemas.ADD.complete(document);
    }

    private static TaskSpec spec(ObjectNode document) {
        JsonNode constraints = document.get("constraints");
        String id = document.get("id").textValue();
        Set<String> dependsOn = dependsOn(document.path("dependsOn").path("taskIds"));
        if (dependsOn.stream().anyMatch(id::equals)) {
            throw BodyFaults.invalid("dependsOn.taskIds", id, "A task cannot depend on itself.");
        }
        return new TaskSpec(
                id,
                CommandLines.legal("commandLine", document),
                CommonDocuments.resourceFiles(document.path("resourceFiles")),
                CommonDocuments.outputFiles(document.path("outputFiles")),
                CommonDocuments.environment(document.path("environmentSettings")),
                OptionalInt.of(CommonDocuments.retries(constraints, "maxTaskRetryCount")),
                CommonDocuments.timeLimit(document, "constraints", "maxWallClockTime"),
                document.get("requiredSlots").intValue(),
                dependsOn,
                retention(constraints),
                ContainerDocuments.container(document));
    }

    /** How long a folder is kept; a length without end is one that no clock reaches. */
    private static Optional<Duration> retention(JsonNode constraints) {
        return CommonDocuments.text(constraints, "retentionTime").map(Duration::parse);
    }

    private static Set<String> dependsOn(JsonNode ids) {
        Set<String> found = new LinkedHashSet<>();
        int characters = 0;
        for (JsonNode id : ids) {
            found.add(id.textValue());
            characters += id.textValue().length();
        }
        if (characters > MAX_DEPENDENCY_CHARACTERS) {
            throw new ServiceFault(
                    CONFLICT, "TaskDependencyListTooLong", "The task depends on too many others by their ids.");
        }
        return found;
    }

    private static List<IdRange> ranges(JsonNode documents) {
        List<IdRange> found = new ArrayList<>();
        for (JsonNode range : documents) {
            int start = range.get("start").intValue();
            int end = range.get("end").intValue();
            if (end < start) {
                throw BodyFaults.invalid("dependsOn.taskIdRanges.end", range.get("end"), "It is less than the start.");
            }
            found.add(new IdRange(start, end));
        }
        return found;
    }

    private static ExitRules exits(JsonNode conditions) {
        List<ExitRules.CodeRange> codes = new ArrayList<>();
        for (JsonNode code : conditions.path("exitCodes")) {
            int number = code.get("code").intValue();
            codes.add(new ExitRules.CodeRange(number, number, options(code.get("exitOptions"))));
        }
        for (JsonNode range : conditions.path("exitCodeRanges")) {
            codes.add(new ExitRules.CodeRange(
                    range.get("start").intValue(), range.get("end").intValue(), options(range.get("exitOptions"))));
        }
        return new ExitRules(
                codes,
                optionsOf(conditions, "preProcessingError"),
                optionsOf(conditions, "fileUploadError"),
                optionsOf(conditions, "default"));
    }

    private static Optional<ExitOptions> optionsOf(JsonNode conditions, String name) {
        return Optional.ofNullable(conditions.get(name)).map(TaskDocuments::options);
    }

    private static ExitOptions options(JsonNode options) {
        Optional<ExitOptions.JobAction> action = CommonDocuments.text(options, "jobAction")
                .map(name -> switch (name) {
                    case "disable" -> ExitOptions.JobAction.DISABLE;
                    case "terminate" -> ExitOptions.JobAction.TERMINATE;
                    default -> ExitOptions.JobAction.NONE;
                });
        return new ExitOptions(
                action, CommonDocuments.text(options, "dependencyAction").map("satisfy"::equals));
    }

    private static void refuseJobActions(JsonNode conditions) {
        for (JsonNode options : conditions.findValues("jobAction")) {
            if (!options.asText("").equals("none")) {
                throw BodyFaults.invalid(
                        "exitConditions.jobAction",
                        options,
                        "The job's onTaskFailure is noaction, so that it takes no action.");
            }
        }
    }

    /** A task after a client has replaced its constraints. */
    public static NewTask updated(JobRecord job, TaskRecord task, String body) {
        ObjectNode changes = Bodies.needed(body, TaskSchemas.UPDATE);
        ObjectNode document = document(job, task);
        document.remove("constraints");
        document.setAll(changes);
        complete(document, job.spec().maxTaskRetries());
        return new NewTask(spec(document), task.rules().with(KeptDocuments.without(document, MODELLED)));
    }

    /** What is asked for of a task, completed. */
    public static ObjectNode document(JobRecord job, TaskRecord task) {
        TaskSpec spec = task.spec();
        ObjectNode document = task.rules().document().map(Bodies::kept).orElseGet(() -> unmodelled(spec));
        document.put("id", spec.id()).put("commandLine", spec.commandLine()).put("requiredSlots", spec.requiredSlots());
        ObjectNode constraints = document.withObject("/constraints");
        KeptDocuments.putLimit(constraints, "maxWallClockTime", spec.maxWallClockTime());
        int retries = job.spec().retriesOf(spec);
        constraints.put("maxTaskRetryCount", CommonDocuments.retries(retries));
        KeptDocuments.putNamedValues(document, "environmentSettings", spec.environment());
        complete(document, retries);
        return document;
    }

    /** What a client of the protocol would have written of a task that was created by the API. */
    private static ObjectNode unmodelled(TaskSpec spec) {
        ObjectNode document = CommonDocuments.object();
        CommonDocuments.putUnlessEmpty(
                document, "resourceFiles", CommonDocuments.toResourceFiles(spec.resourceFiles()));
        CommonDocuments.putUnlessEmpty(document, "outputFiles", CommonDocuments.toOutputFiles(spec.outputFiles()));
        if (!spec.dependsOn().isEmpty()) {
            ArrayNode ids = document.putObject("dependsOn").putArray("taskIds");
            spec.dependsOn().stream().sorted().forEach(ids::add);
        }
        spec.container()
                .ifPresent(container -> document.set("containerSettings", ContainerDocuments.settings(container)));
        ObjectNode constraints = document.putObject("constraints");
        spec.retentionTime().ifPresent(time -> constraints.put("retentionTime", time.toString()));
        return document;
    }
}
