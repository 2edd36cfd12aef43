package io.twinbatch.local.emulator.document;

import static io.twinbatch.local.emulator.document.Shapes.DURATION;
import static io.twinbatch.local.emulator.document.Shapes.FLAG;
import static io.twinbatch.local.emulator.document.Shapes.MODE;
import static io.twinbatch.local.emulator.document.Shapes.TEXT;
import static io.twinbatch.local.emulator.document.Shapes.WORDS;
import static io.twinbatch.local.emulator.document.Shapes.listOf;
import static io.twinbatch.local.emulator.document.Shapes.namedValues;
import static io.twinbatch.local.emulator.document.Shapes.number;
import static io.twinbatch.local.emulator.document.Shapes.oneOf;
import static io.twinbatch.local.emulator.document.Shapes.refined;
import static io.twinbatch.local.emulator.document.Shapes.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.api.job.SpecLimits;

/** Parts that several documents have. */
final class PartShapes {
    private static final int UNLIMITED = -1;

    static final ObjectShape IDENTITY = new ObjectShape().needs("resourceId", WORDS);

    /** Tasks run as processes of this machine, not in containers. */
    static final Shape NO_CONTAINERS = refused("tasks run as processes of this machine, not in containers.");

    static final Shape NO_TOKENS =
            refused("the service has retired authentication tokens, and there is nothing here that takes one.");

    static final Shape NO_APPLICATIONS = refused("this account has no applications.");

    static final Shape RESOURCE_FILES = atMost(
            SpecLimits.RESOURCE_FILES,
            new ObjectShape()
                    .mayHave("autoStorageContainerName", refused("this account has no auto-storage account."))
                    .mayHave("storageContainerUrl", WORDS)
                    .mayHave("httpUrl", WORDS)
                    .mayHave("blobPrefix", TEXT)
                    .mayHave("filePath", TEXT)
                    .mayHave("fileMode", MODE)
                    .mayHave("identityReference", IDENTITY)
                    .exactlyOneOf("autoStorageContainerName", "storageContainerUrl", "httpUrl"));

    static final Shape OUTPUT_FILES = atMost(
            SpecLimits.OUTPUT_FILES,
            new ObjectShape()
                    .needs("filePattern", WORDS)
                    .needs(
                            "destination",
                            new ObjectShape()
                                    .needs(
                                            "container",
                                            new ObjectShape()
                                                    .needs("containerUrl", WORDS)
                                                    .mayHave("path", TEXT)
                                                    .mayHave("identityReference", IDENTITY)
                                                    .mayHave(
                                                            "uploadHeaders",
                                                            listOf(new ObjectShape()
                                                                    .needs("name", WORDS)
                                                                    .mayHave("value", TEXT)))))
                    .needs(
                            "uploadOptions",
                            new ObjectShape()
                                    .needs("uploadCondition", oneOf("tasksuccess", "taskfailure", "taskcompletion"))));

    static final Shape ENVIRONMENT = refined(
            listOf(new ObjectShape().needs("name", WORDS).mayHave("value", TEXT), 0, SpecLimits.VARIABLES),
            "One has at most " + SpecLimits.VARIABLE + " characters, and all at most " + SpecLimits.ALL_VARIABLES + ".",
            list -> isWithin(list, SpecLimits.VARIABLE, SpecLimits.ALL_VARIABLES));

    static final Shape USER_IDENTITY = new ObjectShape()
            .mayHave("username", WORDS)
            .mayHave(
                    "autoUser",
                    new ObjectShape()
                            .mayHave("scope", oneOf("task", "pool"))
                            .mayHave("elevationLevel", oneOf("nonadmin", "admin")))
            .exactlyOneOf("username", "autoUser");

    static final Shape METADATA = refined(
            namedValues(SpecLimits.METADATA),
            "All names and values together have at most " + SpecLimits.ALL_METADATA + " characters.",
            list -> isWithin(list, SpecLimits.ALL_METADATA, SpecLimits.ALL_METADATA));

    private static final Shape COMMAND_LINE = refined(
            WORDS,
            "It has more than " + SpecLimits.COMMAND_LINE + " characters.",
            line -> line.textValue().length() <= SpecLimits.COMMAND_LINE);

    static final Shape RETRIES = number(UNLIMITED, Integer.MAX_VALUE);

    static final ObjectShape TASK_CONSTRAINTS = new ObjectShape()
            .mayHave("maxWallClockTime", DURATION)
            .mayHave("retentionTime", DURATION)
            .mayHave("maxTaskRetryCount", RETRIES);

    /** What every kind of task has that a node runs for itself or for a job. */
    static final ObjectShape NODE_WORK = new ObjectShape()
            .needs("commandLine", COMMAND_LINE)
            .mayHave("containerSettings", NO_CONTAINERS)
            .mayHave("resourceFiles", RESOURCE_FILES)
            .mayHave("environmentSettings", ENVIRONMENT)
            .mayHave("userIdentity", USER_IDENTITY);

    static final ObjectShape START_TASK = new ObjectShape()
            .like(NODE_WORK)
            .mayHave("maxTaskRetryCount", RETRIES)
            .mayHave("waitForSuccess", FLAG);

    private PartShapes() {}

    private static Shape atMost(int most, Shape element) {
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
