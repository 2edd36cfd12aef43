package io.twinbatch.local.emulator.document;

import static io.twinbatch.local.emulator.document.Schemas.DISPLAY_NAME;
import static io.twinbatch.local.emulator.document.Schemas.DURATION;
import static io.twinbatch.local.emulator.document.Schemas.FLAG;
import static io.twinbatch.local.emulator.document.Schemas.MODE;
import static io.twinbatch.local.emulator.document.Schemas.NEW_ID;
import static io.twinbatch.local.emulator.document.Schemas.TEXT;
import static io.twinbatch.local.emulator.document.Schemas.WORDS;
import static io.twinbatch.local.emulator.document.Schemas.listOf;
import static io.twinbatch.local.emulator.document.Schemas.namedValues;
import static io.twinbatch.local.emulator.document.Schemas.number;
import static io.twinbatch.local.emulator.document.Schemas.oneOf;
import static io.twinbatch.local.emulator.document.Schemas.refined;
import static io.twinbatch.local.emulator.document.Schemas.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.api.task.SpecLimits;

/** Parts that several documents have. */
public final class CommonSchemas {
    private static final int UNLIMITED = -1;

    /** What the service shows of jobs, tasks and schedules beside what clients write. */
    public static final String SHOWN = "url eTag lastModified creationTime state stateTransitionTime previousState"
            + " previousStateTransitionTime executionInfo stats";

    public static final ObjectSchema IDENTITY = new ObjectSchema().needs("resourceId", WORDS);

    /** A registry of container images. */
    public static final ObjectSchema REGISTRY = new ObjectSchema()
            .mayHave("username", TEXT)
            .mayHave("password", TEXT)
            .mayHave("registryServer", TEXT)
            .mayHave("identityReference", IDENTITY);

    /** The container of a task. */
    public static final ObjectSchema CONTAINER = new ObjectSchema()
            .needs("imageName", WORDS)
            .mayHave("containerRunOptions", TEXT)
            .mayHave("registry", REGISTRY)
            .mayHave("workingDirectory", oneOf("taskWorkingDirectory", "containerImageDefault"))
            .mayHave("containerHostBatchBindMounts", refused("containers see all folders of their node here."));

    /** What a task may do with a token. */
    public static final Schema TOKENS = new ObjectSchema().mayHave("access", listOf(oneOf("job")));

    /** References to application packages. */
    public static final Schema APPLICATIONS =
            listOf(new ObjectSchema().needs("applicationId", WORDS).mayHave("version", TEXT));

    public static final Schema RESOURCE_FILES = atMost(
            SpecLimits.RESOURCE_FILES,
            new ObjectSchema()
                    .mayHave("autoStorageContainerName", WORDS)
                    .mayHave("storageContainerUrl", WORDS)
                    .mayHave("httpUrl", WORDS)
                    .mayHave("blobPrefix", TEXT)
                    .mayHave("filePath", TEXT)
                    .mayHave("fileMode", MODE)
                    .mayHave("identityReference", IDENTITY)
                    .exactlyOneOf("autoStorageContainerName", "storageContainerUrl", "httpUrl"));

    public static final Schema OUTPUT_FILES = atMost(
            SpecLimits.OUTPUT_FILES,
            new ObjectSchema()
                    .needs("filePattern", WORDS)
                    .needs(
                            "destination",
                            new ObjectSchema()
                                    .needs(
                                            "container",
                                            new ObjectSchema()
                                                    .needs("containerUrl", WORDS)
                                                    .mayHave("path", TEXT)
                                                    .mayHave("identityReference", IDENTITY)
                                                    .mayHave(
                                                            "uploadHeaders",
                                                            listOf(new ObjectSchema()
                                                                    .needs("name", WORDS)
                                                                    .mayHave("value", TEXT)))))
                    .needs(
                            "uploadOptions",
                            new ObjectSchema()
                                    .needs("uploadCondition", oneOf("tasksuccess", "taskfailure", "taskcompletion"))));

    public static final Schema ENVIRONMENT = refined(
            listOf(new ObjectSchema().needs("name", WORDS).mayHave("value", TEXT), 0, SpecLimits.VARIABLES),
            "One has at most " + SpecLimits.VARIABLE + " characters, and all at most " + SpecLimits.ALL_VARIABLES + ".",
            list -> isWithin(list, SpecLimits.VARIABLE, SpecLimits.ALL_VARIABLES));

    static final Schema USER_IDENTITY = new ObjectSchema()
            .mayHave("username", WORDS)
            .mayHave(
                    "autoUser",
                    new ObjectSchema()
                            .mayHave("scope", oneOf("task", "pool"))
                            .mayHave("elevationLevel", oneOf("nonadmin", "admin")))
            .exactlyOneOf("username", "autoUser");

    public static final Schema METADATA = refined(
            namedValues(SpecLimits.METADATA),
            "All names and values together have at most " + SpecLimits.ALL_METADATA + " characters.",
            list -> isWithin(list, SpecLimits.ALL_METADATA, SpecLimits.ALL_METADATA));

    public static final Schema COMMAND_LINE = refined(
            WORDS,
            "It has more than " + SpecLimits.COMMAND_LINE + " characters.",
            line -> line.textValue().length() <= SpecLimits.COMMAND_LINE);

    public static final Schema RETRIES = number(UNLIMITED, Integer.MAX_VALUE);

    public static final ObjectSchema TASK_CONSTRAINTS = new ObjectSchema()
            .mayHave("maxWallClockTime", DURATION, CommonDocuments.UNLIMITED)
            .mayHave("retentionTime", DURATION, CommonDocuments.DEFAULT_RETENTION)
            .mayHave("maxTaskRetryCount", RETRIES, 0);

    /** What every kind of task has that a node runs for itself or for a job. */
    public static final ObjectSchema NODE_WORK = new ObjectSchema()
            .needs("commandLine", COMMAND_LINE)
            .mayHave("containerSettings", CONTAINER)
            .mayHave("resourceFiles", RESOURCE_FILES)
            .mayHave("environmentSettings", ENVIRONMENT)
            .mayHave("userIdentity", USER_IDENTITY, CommonDocuments.userIdentity(false));

    public static final ObjectSchema START_TASK = new ObjectSchema()
            .like(NODE_WORK)
            .mayHave("maxTaskRetryCount", RETRIES, 0)
            .mayHave("waitForSuccess", FLAG, true);

    /** What a task of a job and the task that manages the job have in common. */
    public static final ObjectSchema TASK = new ObjectSchema()
            .needs("id", NEW_ID)
            .like(NODE_WORK)
            .mayHave("displayName", DISPLAY_NAME)
            .mayHave("outputFiles", OUTPUT_FILES)
            .mayHave("constraints", TASK_CONSTRAINTS, CommonDocuments.object())
            .mayHave("requiredSlots", number(1, Integer.MAX_VALUE), 1)
            .mayHave("applicationPackageReferences", APPLICATIONS)
            .mayHave("authenticationTokenSettings", TOKENS);

    private CommonSchemas() {}

    private static Schema atMost(int most, Schema element) {
        return listOf(element, 0, most);
    }

    /** Whether neither one of the names with its value, nor all of them together, are longer than they may be. */
    private static boolean isWithin(JsonNode list, int most, int mostOfAll) {
        long all = 0;
        for (JsonNode each : list) {
            int length = each.path("name").asText().length()
                    + each.path("value").asText("").length();
            if (length > most) {
                return false;
            }
            all += length;
        }
        return all <= mostOfAll;
    }
}
