package io.twinbatch.local.emulator.document;

import static io.twinbatch.local.emulator.document.Shapes.DISPLAY_NAME;
import static io.twinbatch.local.emulator.document.Shapes.DURATION;
import static io.twinbatch.local.emulator.document.Shapes.FLAG;
import static io.twinbatch.local.emulator.document.Shapes.NEW_ID;
import static io.twinbatch.local.emulator.document.Shapes.TEXT;
import static io.twinbatch.local.emulator.document.Shapes.TIME;
import static io.twinbatch.local.emulator.document.Shapes.WORDS;
import static io.twinbatch.local.emulator.document.Shapes.duration;
import static io.twinbatch.local.emulator.document.Shapes.number;
import static io.twinbatch.local.emulator.document.Shapes.oneOf;
import static io.twinbatch.local.emulator.document.Shapes.refined;

import java.time.Duration;

/** What documents about jobs and job schedules may hold. */
final class JobShapes {
    private static final int PRIORITY_BOUND = 1000;
    private static final int MOST_PREFIX = 20;
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Shape PRIORITY = (name, value) -> {
        int priority =
                number(Integer.MIN_VALUE, Integer.MAX_VALUE).check(name, value).intValue();
        if (Math.abs((long) priority) > PRIORITY_BOUND) {
            throw BodyFaults.priority(priority);
        }
        return value;
    };

    private static final Shape PARALLEL =
            refined(number(-1, Integer.MAX_VALUE), "It is -1 or more than zero.", value -> value.intValue() != 0);

    private static final ObjectShape POOL_INFO = new ObjectShape()
            .mayHave("poolId", NEW_ID)
            .mayHave(
                    "autoPoolSpecification",
                    new ObjectShape()
                            .mayHave(
                                    "autoPoolIdPrefix",
                                    refined(
                                            TEXT,
                                            "It has at most 20 letters, digits, hyphens and underscores.",
                                            value -> value.textValue().matches("[A-Za-z0-9_-]{0," + MOST_PREFIX + "}")))
                            .needs("poolLifetimeOption", oneOf("job", "jobschedule"))
                            .mayHave("keepAlive", FLAG)
                            .mayHave("pool", PoolShapes.UNNAMED))
            .exactlyOneOf("poolId", "autoPoolSpecification");

    private static final ObjectShape CONSTRAINTS =
            new ObjectShape().mayHave("maxWallClockTime", DURATION).mayHave("maxTaskRetryCount", PartShapes.RETRIES);

    private static final ObjectShape NETWORK =
            new ObjectShape().needs("subnetId", WORDS).mayHave("skipWithdrawFromVNet", FLAG);

    private static final ObjectShape MANAGER = new ObjectShape()
            .needs("id", NEW_ID)
            .like(PartShapes.NODE_WORK)
            .mayHave("displayName", DISPLAY_NAME)
            .mayHave("outputFiles", PartShapes.OUTPUT_FILES)
            .mayHave("constraints", PartShapes.TASK_CONSTRAINTS)
            .mayHave("requiredSlots", number(1, Integer.MAX_VALUE))
            .mayHave("killJobOnCompletion", FLAG)
            .mayHave("runExclusive", FLAG)
            .mayHave("applicationPackageReferences", PartShapes.NO_APPLICATIONS)
            .mayHave("authenticationTokenSettings", PartShapes.NO_TOKENS)
            .mayHave("allowLowPriorityNode", FLAG);

    private static final ObjectShape PREPARATION = new ObjectShape()
            .mayHave("id", NEW_ID)
            .like(PartShapes.NODE_WORK)
            .mayHave("constraints", PartShapes.TASK_CONSTRAINTS)
            .mayHave("waitForSuccess", FLAG)
            .mayHave("rerunOnNodeRebootAfterSuccess", FLAG);

    private static final ObjectShape RELEASE = new ObjectShape()
            .mayHave("id", NEW_ID)
            .like(PartShapes.NODE_WORK)
            .mayHave("maxWallClockTime", duration(Duration.ZERO, Duration.ofMinutes(15)))
            .mayHave("retentionTime", DURATION);

    private static final Shape ALL_COMPLETE = oneOf("noaction", "terminatejob");

    /** A job without its id, as a schedule describes it. */
    private static final ObjectShape UNNAMED = new ObjectShape()
            .needs("poolInfo", POOL_INFO)
            .mayHave("displayName", DISPLAY_NAME)
            .mayHave("priority", PRIORITY)
            .mayHave("maxParallelTasks", PARALLEL)
            .mayHave("allowTaskPreemption", FLAG)
            .mayHave("constraints", CONSTRAINTS)
            .mayHave("jobManagerTask", MANAGER)
            .mayHave("jobPreparationTask", PREPARATION)
            .mayHave("jobReleaseTask", RELEASE)
            .mayHave("commonEnvironmentSettings", PartShapes.ENVIRONMENT)
            .mayHave("onAllTasksComplete", ALL_COMPLETE)
            .mayHave("onTaskFailure", oneOf("noaction", "performexitoptionsjobaction"))
            .mayHave("metadata", PartShapes.METADATA)
            .mayHave("usesTaskDependencies", FLAG)
            .mayHave("networkConfiguration", NETWORK);

    static final ObjectShape ADD = new ObjectShape().needs("id", NEW_ID).like(UNNAMED);

    static final ObjectShape PATCH = new ObjectShape()
            .mayHave("priority", PRIORITY)
            .mayHave("maxParallelTasks", PARALLEL)
            .mayHave("allowTaskPreemption", FLAG)
            .mayHave("onAllTasksComplete", ALL_COMPLETE)
            .mayHave("constraints", CONSTRAINTS)
            .mayHave("poolInfo", POOL_INFO)
            .mayHave("metadata", PartShapes.METADATA)
            .mayHave("networkConfiguration", NETWORK);

    static final ObjectShape UPDATE = new ObjectShape().like(PATCH).needs("poolInfo", POOL_INFO);

    static final ObjectShape DISABLE = new ObjectShape().needs("disableTasks", oneOf("requeue", "terminate", "wait"));

    static final ObjectShape TERMINATE = new ObjectShape().mayHave("terminateReason", TEXT);

    private static final ObjectShape SCHEDULE = new ObjectShape()
            .mayHave("doNotRunUntil", TIME)
            .mayHave("doNotRunAfter", TIME)
            .mayHave("startWindow", duration(Duration.ofMinutes(1), LONGEST))
            .mayHave("recurrenceInterval", duration(Duration.ofMinutes(1), LONGEST));

    static final ObjectShape ADD_SCHEDULE = new ObjectShape()
            .needs("id", NEW_ID)
            .mayHave("displayName", DISPLAY_NAME)
            .needs("schedule", SCHEDULE)
            .needs("jobSpecification", UNNAMED)
            .mayHave("metadata", PartShapes.METADATA);

    static final ObjectShape PATCH_SCHEDULE = new ObjectShape()
            .mayHave("schedule", SCHEDULE)
            .mayHave("jobSpecification", UNNAMED)
            .mayHave("metadata", PartShapes.METADATA);

    static final ObjectShape UPDATE_SCHEDULE = new ObjectShape()
            .needs("schedule", SCHEDULE)
            .needs("jobSpecification", UNNAMED)
            .mayHave("metadata", PartShapes.METADATA);

    private JobShapes() {}
}
