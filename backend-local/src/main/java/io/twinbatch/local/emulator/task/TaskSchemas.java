package io.twinbatch.local.emulator.task;

import static io.twinbatch.local.emulator.document.Schemas.NEW_ID;
import static io.twinbatch.local.emulator.document.Schemas.WORDS;
import static io.twinbatch.local.emulator.document.Schemas.listOf;
import static io.twinbatch.local.emulator.document.Schemas.number;
import static io.twinbatch.local.emulator.document.Schemas.oneOf;

import io.twinbatch.local.emulator.document.CommonSchemas;
import io.twinbatch.local.emulator.document.ObjectSchema;
import io.twinbatch.local.emulator.document.Schema;
import java.util.Set;

/** What documents about tasks may hold. */
final class TaskSchemas {
    private static final Schema ANY_CODE = number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final Schema TASK_NUMBER = number(0, Integer.MAX_VALUE);

    private static final ObjectSchema EXIT_OPTIONS = new ObjectSchema()
            .mayHave("jobAction", oneOf("none", "disable", "terminate"))
            .mayHave("dependencyAction", oneOf("satisfy", "block"));

    private static final ObjectSchema EXIT_CONDITIONS = new ObjectSchema()
            .mayHave(
                    "exitCodes",
                    listOf(new ObjectSchema().needs("code", ANY_CODE).needs("exitOptions", EXIT_OPTIONS)))
            .mayHave(
                    "exitCodeRanges",
                    listOf(new ObjectSchema()
                            .needs("start", ANY_CODE)
                            .needs("end", ANY_CODE)
                            .needs("exitOptions", EXIT_OPTIONS)))
            .mayHave("preProcessingError", EXIT_OPTIONS)
            .mayHave("fileUploadError", EXIT_OPTIONS)
            .mayHave("default", EXIT_OPTIONS);

    static final ObjectSchema ADD = new ObjectSchema()
            .like(CommonSchemas.TASK)
            .mayHave("exitConditions", EXIT_CONDITIONS)
            .mayHave("affinityInfo", new ObjectSchema().needs("affinityId", WORDS))
            .mayHave("multiInstanceSettings", MultiInstanceDocuments.SCHEMA)
            .mayHave(
                    "dependsOn",
                    new ObjectSchema()
                            .mayHave("taskIds", listOf(NEW_ID))
                            .mayHave(
                                    "taskIdRanges",
                                    listOf(new ObjectSchema()
                                            .needs("start", TASK_NUMBER)
                                            .needs("end", TASK_NUMBER))));

    static final ObjectSchema UPDATE = new ObjectSchema().mayHave("constraints", CommonSchemas.TASK_CONSTRAINTS);

    /** What an answer about a task can have. */
    static final Set<String> PROPERTIES = ADD.namesAnd(CommonSchemas.SHOWN + " nodeInfo");

    /** What a filter of tasks can ask for. */
    static final Set<String> FILTERABLE =
            Set.of(("id displayName state creationTime lastModified stateTransitionTime previousState"
                            + " previousStateTransitionTime requiredSlots executionInfo/startTime"
                            + " executionInfo/endTime executionInfo/exitCode executionInfo/retryCount"
                            + " executionInfo/requeueCount executionInfo/lastRetryTime executionInfo/lastRequeueTime"
                            + " executionInfo/result executionInfo/failureInfo/category executionInfo/failureInfo/code"
                            + " nodeInfo/nodeId nodeInfo/poolId nodeInfo/affinityId")
                    .split(" "));

    private TaskSchemas() {}
}
