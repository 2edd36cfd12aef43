package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.local.emulator.http.ServiceFault;
import io.twinbatch.local.engine.TaskOrder;
import io.twinbatch.local.state.ExitOptions;
import io.twinbatch.local.state.ExitRules;
import io.twinbatch.local.state.IdRange;
import io.twinbatch.local.state.JobRecord;
import io.twinbatch.local.state.TaskRecord;
import io.twinbatch.local.state.TaskRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Documents about tasks. */
public final class TaskDocuments {
    private static final int MOST_TASKS = 100;
    private static final int MOST_DEPENDENCY_CHARACTERS = 64_000;
    private static final int CONFLICT = 409;
    private static final String USUAL_RETENTION = "P7D";

    private TaskDocuments() {}

    /** The task that a client asks for. */
    public static TaskOrder added(JobRecord job, String body) {
        return order(job, Bodies.parse(body));
    }

    /**
     * The documents of a collection of tasks, each for itself unchecked.
     *
     * @throws ServiceFault 400 when it is no collection, or too large a one
     */
    public static ArrayNode collection(String body) {
        Shape any = (name, value) -> value;
        ObjectNode document = Bodies.needed(body, new ObjectShape().needs("value", Shapes.listOf(any, 0, MOST_TASKS)));
        return (ArrayNode) document.get("value");
    }

    /** The task that a document asks for. */
    public static TaskOrder order(JobRecord job, JsonNode value) {
        ObjectNode document = TaskShapes.ADD.check("", value);
        return order(job.spec().maxTaskRetries(), job.rules().actsOnTaskFailure(), document);
    }

    /** The task that manages a job. */
    static TaskOrder manager(int jobRetries, ObjectNode manager) {
        ObjectNode document = manager.deepCopy();
        document.remove(List.of("killJobOnCompletion", "runExclusive", "allowLowPriorityNode"));
        return order(jobRetries, false, document);
    }

    private static TaskOrder order(int jobRetries, boolean actsOnFailure, ObjectNode document) {
        if (!actsOnFailure) {
            refuseJobActions(document.path("exitConditions"));
        }
        complete(document, jobRetries);
        ExitRules exits = exits(document.path("exitConditions"));
        List<IdRange> ranges = ranges(document.path("dependsOn").path("taskIdRanges"));
        return new TaskOrder(
                spec(document),
                new TaskRules(
                        exits,
                        ranges,
                        Parts.containers(document.path("resourceFiles")),
                        Optional.of(document.toString())));
    }

    private static void complete(ObjectNode document, int jobRetries) {
        ObjectNode defaults = Parts.object().put("requiredSlots", 1);
        defaults.set("userIdentity", Parts.userIdentity(false));
        defaults.set("constraints", Parts.object().put("maxTaskRetryCount", Parts.retries(jobRetries)));
        Parts.complete(document, defaults);
        ObjectNode constraints = Parts.object()
                .put("maxWallClockTime", Parts.UNLIMITED)
                .put("retentionTime", USUAL_RETENTION)
                .put("maxTaskRetryCount", 0);
        Parts.complete((ObjectNode) document.get("constraints"), constraints);
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
                Parts.resourceFiles(document.path("resourceFiles")),
                Parts.outputFiles(document.path("outputFiles")),
                Parts.environment(document.path("environmentSettings")),
                OptionalInt.of(Parts.retries(constraints, "maxTaskRetryCount")),
                Parts.timeLimit(document, "constraints", "maxWallClockTime"),
                document.get("requiredSlots").intValue(),
                dependsOn,
                retention(constraints));
    }

    /** How long a folder is kept; a length without end is one that no clock reaches. */
    private static Optional<Duration> retention(JsonNode constraints) {
        return Parts.text(constraints, "retentionTime").map(Duration::parse);
    }

    private static Set<String> dependsOn(JsonNode ids) {
        Set<String> found = new LinkedHashSet<>();
        int characters = 0;
        for (JsonNode id : ids) {
            found.add(id.textValue());
            characters += id.textValue().length();
        }
        if (characters > MOST_DEPENDENCY_CHARACTERS) {
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
        Optional<ExitOptions.JobAction> action = Parts.text(options, "jobAction")
                .map(name -> switch (name) {
                    case "disable" -> ExitOptions.JobAction.DISABLE;
                    case "terminate" -> ExitOptions.JobAction.TERMINATE;
                    default -> ExitOptions.JobAction.NONE;
                });
        return new ExitOptions(action, Parts.text(options, "dependencyAction").map("satisfy"::equals));
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
    public static TaskOrder updated(JobRecord job, TaskRecord task, String body) {
        ObjectNode changes = Bodies.needed(body, TaskShapes.UPDATE);
        ObjectNode document = document(task);
        document.remove("constraints");
        document.setAll(changes);
        complete(document, job.spec().maxTaskRetries());
        TaskRules rules = new TaskRules(
                task.rules().exits(),
                task.rules().dependsOn(),
                task.rules().containers(),
                Optional.of(document.toString()));
        return new TaskOrder(spec(document), rules);
    }

    /** What is asked for of a task, completed. */
    public static ObjectNode document(TaskRecord task) {
        return task.rules().document().map(Bodies::kept).orElseGet(() -> document(task.spec()));
    }

    private static ObjectNode document(TaskSpec spec) {
        ObjectNode document = Parts.object()
                .put("id", spec.id())
                .put("commandLine", spec.commandLine())
                .put("requiredSlots", spec.requiredSlots());
        Parts.putUnlessEmpty(document, "resourceFiles", Parts.toResourceFiles(spec.resourceFiles()));
        Parts.putUnlessEmpty(document, "outputFiles", Parts.toOutputFiles(spec.outputFiles()));
        Parts.putUnlessEmpty(document, "environmentSettings", Parts.namedValues(spec.environment()));
        if (!spec.dependsOn().isEmpty()) {
            ArrayNode ids = document.putObject("dependsOn").putArray("taskIds");
            spec.dependsOn().stream().sorted().forEach(ids::add);
        }
        ObjectNode constraints = document.putObject("constraints");
        spec.maxWallClockTime().ifPresent(limit -> constraints.put("maxWallClockTime", limit.toString()));
        spec.retentionTime().ifPresent(time -> constraints.put("retentionTime", time.toString()));
        spec.maxRetries().ifPresent(retries -> constraints.put("maxTaskRetryCount", Parts.retries(retries)));
        complete(document, 0);
        return document;
    }
}
