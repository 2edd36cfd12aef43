package io.twinbatch.local.emulator.job;

import static io.twinbatch.local.emulator.document.Schemas.DISPLAY_NAME;
import static io.twinbatch.local.emulator.document.Schemas.DURATION;
import static io.twinbatch.local.emulator.document.Schemas.FLAG;
import static io.twinbatch.local.emulator.document.Schemas.NEW_ID;
import static io.twinbatch.local.emulator.document.Schemas.TEXT;
import static io.twinbatch.local.emulator.document.Schemas.TIME;
import static io.twinbatch.local.emulator.document.Schemas.WORDS;
import static io.twinbatch.local.emulator.document.Schemas.duration;
import static io.twinbatch.local.emulator.document.Schemas.number;
import static io.twinbatch.local.emulator.document.Schemas.oneOf;
import static io.twinbatch.local.emulator.document.Schemas.refined;

import io.twinbatch.api.job.JobSpec;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.CommonDocuments;
import io.twinbatch.local.emulator.document.CommonSchemas;
import io.twinbatch.local.emulator.document.ObjectSchema;
import io.twinbatch.local.emulator.document.Schema;
import io.twinbatch.local.emulator.pool.PoolSchemas;
import io.twinbatch.local.record.NodeTaskRules;
import java.time.Duration;
import java.util.Set;

/** What documents about jobs and job schedules may hold. */
public final class JobSchemas {
    private static final int MAX_PREFIX_LENGTH = 20;
    private static final Duration MAX_DURATION = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Duration MAX_RELEASE = Duration.ofMinutes(15);

    /** What happens by default after tasks have ended: nothing. */
    static final String NO_ACTION = "noaction";

    private static final Schema PRIORITY = (name, value) -> {
        int priority =
                number(Integer.MIN_VALUE, Integer.MAX_VALUE).check(name, value).intValue();
        if (Math.abs((long) priority) > JobSpec.MAX_PRIORITY) {
            throw BodyFaults.priority(priority);
        }
        return value;
    };

    private static final Schema PARALLEL =
            refined(number(-1, Integer.MAX_VALUE), "It is -1 or more than zero.", value -> value.intValue() != 0);

    private static final ObjectSchema POOL_INFO = new ObjectSchema()
            .mayHave("poolId", NEW_ID)
            .mayHave(
                    "autoPoolSpecification",
                    new ObjectSchema()
                            .mayHave(
                                    "autoPoolIdPrefix",
                                    refined(
                                            TEXT,
                                            "It has at most 20 letters, digits, hyphens and underscores.",
                                            value -> value.textValue()
                                                    .matches("[A-Za-z0-9_-]{0," + MAX_PREFIX_LENGTH + "}")))
                            .needs("poolLifetimeOption", oneOf("job", "jobschedule"))
                            .mayHave("keepAlive", FLAG, false)
                            .mayHave("pool", PoolSchemas.UNNAMED))
            .exactlyOneOf("poolId", "autoPoolSpecification");

    private static final ObjectSchema CONSTRAINTS = new ObjectSchema()
            .mayHave("maxWallClockTime", DURATION, CommonDocuments.UNLIMITED)
            .mayHave("maxTaskRetryCount", CommonSchemas.RETRIES, 0);

    private static final ObjectSchema NETWORK =
            new ObjectSchema().needs("subnetId", WORDS).mayHave("skipWithdrawFromVNet", FLAG);

    private static final ObjectSchema MANAGER = new ObjectSchema()
            .like(CommonSchemas.TASK)
            .mayHave("killJobOnCompletion", FLAG, true)
            .mayHave("runExclusive", FLAG, true)
            .mayHave("allowLowPriorityNode", FLAG, true);

    private static final ObjectSchema PREPARATION = new ObjectSchema()
            .mayHave("id", NEW_ID, NodeTaskRules.PREPARATION.id())
            .like(CommonSchemas.NODE_WORK)
            .mayHave("constraints", CommonSchemas.TASK_CONSTRAINTS, CommonDocuments.object())
            .mayHave("waitForSuccess", FLAG, true)
            .mayHave("rerunOnNodeRebootAfterSuccess", FLAG, true);

    private static final ObjectSchema RELEASE = new ObjectSchema()
            .mayHave("id", NEW_ID, NodeTaskRules.RELEASE.id())
            .like(CommonSchemas.NODE_WORK)
            .mayHave("maxWallClockTime", duration(Duration.ZERO, MAX_RELEASE), MAX_RELEASE.toString())
            .mayHave("retentionTime", DURATION, CommonDocuments.DEFAULT_RETENTION);

    private static final Schema ALL_COMPLETE = oneOf(NO_ACTION, "terminatejob");

    /** A job without its id, as a schedule describes it. */
    static final ObjectSchema UNNAMED = new ObjectSchema()
            .needs("poolInfo", POOL_INFO)
            .mayHave("displayName", DISPLAY_NAME)
            .mayHave("priority", PRIORITY, 0)
            .mayHave("maxParallelTasks", PARALLEL, -1)
            .mayHave("allowTaskPreemption", FLAG, false)
            .mayHave("constraints", CONSTRAINTS, CommonDocuments.object())
            .mayHave("jobManagerTask", MANAGER)
            .mayHave("jobPreparationTask", PREPARATION)
            .mayHave("jobReleaseTask", RELEASE)
            .mayHave("commonEnvironmentSettings", CommonSchemas.ENVIRONMENT)
            .mayHave("onAllTasksComplete", ALL_COMPLETE, NO_ACTION)
            .mayHave("onTaskFailure", oneOf(NO_ACTION, "performexitoptionsjobaction"), NO_ACTION)
            .mayHave("metadata", CommonSchemas.METADATA)
            .mayHave("usesTaskDependencies", FLAG, false)
            .mayHave("networkConfiguration", NETWORK);

    static final ObjectSchema ADD = new ObjectSchema().needs("id", NEW_ID).like(UNNAMED);

    /** What an answer about a job can have. */
    public static final Set<String> PROPERTIES = ADD.namesAnd(CommonSchemas.SHOWN);

    /** What a filter of jobs can ask for. */
    public static final Set<String> FILTERABLE = Set.of(
            "id",
            "displayName",
            "state",
            "priority",
            "creationTime",
            "lastModified",
            "stateTransitionTime",
            "previousState",
            "previousStateTransitionTime",
            "executionInfo/startTime",
            "executionInfo/endTime",
            "executionInfo/poolId",
            "executionInfo/terminateReason");

    static final ObjectSchema PATCH = new ObjectSchema()
            .mayHave("priority", PRIORITY)
            .mayHave("maxParallelTasks", PARALLEL)
            .mayHave("allowTaskPreemption", FLAG)
            .mayHave("onAllTasksComplete", ALL_COMPLETE)
            .mayHave("constraints", CONSTRAINTS)
            .mayHave("poolInfo", POOL_INFO)
            .mayHave("metadata", CommonSchemas.METADATA)
            .mayHave("networkConfiguration", NETWORK);

    static final ObjectSchema UPDATE = new ObjectSchema().like(PATCH).needs("poolInfo", POOL_INFO);

    static final ObjectSchema DISABLE = new ObjectSchema().needs("disableTasks", oneOf("requeue", "terminate", "wait"));

    static final ObjectSchema TERMINATE = new ObjectSchema().mayHave("terminateReason", TEXT);

    private static final ObjectSchema SCHEDULE = new ObjectSchema()
            .mayHave("doNotRunUntil", TIME)
            .mayHave("doNotRunAfter", TIME)
            .mayHave("startWindow", duration(Duration.ofMinutes(1), MAX_DURATION))
            .mayHave("recurrenceInterval", duration(Duration.ofMinutes(1), MAX_DURATION));

    public static final ObjectSchema ADD_SCHEDULE = new ObjectSchema()
            .needs("id", NEW_ID)
            .mayHave("displayName", DISPLAY_NAME)
            .needs("schedule", SCHEDULE)
            .needs("jobSpecification", UNNAMED)
            .mayHave("metadata", CommonSchemas.METADATA);

    /** What an answer about a schedule can have. */
    public static final Set<String> SCHEDULE_PROPERTIES = ADD_SCHEDULE.namesAnd(CommonSchemas.SHOWN);

    /** What a filter of schedules can ask for. */
    public static final Set<String> SCHEDULE_FILTERABLE = Set.of(
            "id",
            "displayName",
            "state",
            "creationTime",
            "lastModified",
            "stateTransitionTime",
            "previousState",
            "previousStateTransitionTime",
            "executionInfo/nextRunTime",
            "executionInfo/endTime");

    public static final ObjectSchema PATCH_SCHEDULE = new ObjectSchema()
            .mayHave("schedule", SCHEDULE)
            .mayHave("jobSpecification", UNNAMED)
            .mayHave("metadata", CommonSchemas.METADATA);

    public static final ObjectSchema UPDATE_SCHEDULE = new ObjectSchema()
            .needs("schedule", SCHEDULE)
            .needs("jobSpecification", UNNAMED)
            .mayHave("metadata", CommonSchemas.METADATA);

    private JobSchemas() {}
}
