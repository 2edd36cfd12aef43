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
import static io.twinbatch.local.emulator.document.Shapes.refused;

/** Parts that several documents have. */
final class PartShapes {
    private static final int UNLIMITED = -1;

    static final ObjectShape IDENTITY = new ObjectShape().needs("resourceId", WORDS);

    /** Tasks run as processes of this machine, not in containers. */
    static final Shape NO_CONTAINERS = refused("tasks run as processes of this machine, not in containers.");

    static final Shape NO_TOKENS =
            refused("the service has retired authentication tokens, and there is nothing here that takes one.");

    static final Shape NO_APPLICATIONS = refused("this account has no applications.");

    static final Shape RESOURCE_FILES = listOf(new ObjectShape()
            .mayHave("autoStorageContainerName", refused("this account has no auto-storage account."))
            .mayHave("storageContainerUrl", WORDS)
            .mayHave("httpUrl", WORDS)
            .mayHave("blobPrefix", TEXT)
            .mayHave("filePath", TEXT)
            .mayHave("fileMode", MODE)
            .mayHave("identityReference", IDENTITY)
            .exactlyOneOf("autoStorageContainerName", "storageContainerUrl", "httpUrl"));

    static final Shape OUTPUT_FILES = listOf(new ObjectShape()
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
                    new ObjectShape().needs("uploadCondition", oneOf("tasksuccess", "taskfailure", "taskcompletion"))));

    static final Shape ENVIRONMENT =
            listOf(new ObjectShape().needs("name", WORDS).mayHave("value", TEXT));

    static final Shape USER_IDENTITY = new ObjectShape()
            .mayHave("username", WORDS)
            .mayHave(
                    "autoUser",
                    new ObjectShape()
                            .mayHave("scope", oneOf("task", "pool"))
                            .mayHave("elevationLevel", oneOf("nonadmin", "admin")))
            .exactlyOneOf("username", "autoUser");

    static final Shape METADATA = namedValues();

    static final Shape RETRIES = number(UNLIMITED, Integer.MAX_VALUE);

    static final ObjectShape TASK_CONSTRAINTS = new ObjectShape()
            .mayHave("maxWallClockTime", DURATION)
            .mayHave("retentionTime", DURATION)
            .mayHave("maxTaskRetryCount", RETRIES);

    /** What every kind of task has that a node runs for itself or for a job. */
    static final ObjectShape NODE_WORK = new ObjectShape()
            .needs("commandLine", WORDS)
            .mayHave("containerSettings", NO_CONTAINERS)
            .mayHave("resourceFiles", RESOURCE_FILES)
            .mayHave("environmentSettings", ENVIRONMENT)
            .mayHave("userIdentity", USER_IDENTITY);

    static final ObjectShape START_TASK = new ObjectShape()
            .like(NODE_WORK)
            .mayHave("maxTaskRetryCount", RETRIES)
            .mayHave("waitForSuccess", FLAG);

    private PartShapes() {}
}
