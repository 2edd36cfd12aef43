package io.twinbatch.local.emulator.document;

import static io.twinbatch.local.emulator.document.Shapes.DISPLAY_NAME;
import static io.twinbatch.local.emulator.document.Shapes.NEW_ID;
import static io.twinbatch.local.emulator.document.Shapes.WORDS;
import static io.twinbatch.local.emulator.document.Shapes.listOf;
import static io.twinbatch.local.emulator.document.Shapes.number;
import static io.twinbatch.local.emulator.document.Shapes.oneOf;
import static io.twinbatch.local.emulator.document.Shapes.refused;

/** What documents about tasks may hold. */
final class TaskShapes {
    private static final Shape ANY_CODE = number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final Shape TASK_NUMBER = number(0, Integer.MAX_VALUE);

    private static final ObjectShape EXIT_OPTIONS = new ObjectShape()
            .mayHave("jobAction", oneOf("none", "disable", "terminate"))
            .mayHave("dependencyAction", oneOf("satisfy", "block"));

    private static final ObjectShape EXIT_CONDITIONS = new ObjectShape()
            .mayHave(
                    "exitCodes",
                    listOf(new ObjectShape().needs("code", ANY_CODE).needs("exitOptions", EXIT_OPTIONS)))
            .mayHave(
                    "exitCodeRanges",
                    listOf(new ObjectShape()
                            .needs("start", ANY_CODE)
                            .needs("end", ANY_CODE)
                            .needs("exitOptions", EXIT_OPTIONS)))
            .mayHave("preProcessingError", EXIT_OPTIONS)
            .mayHave("fileUploadError", EXIT_OPTIONS)
            .mayHave("default", EXIT_OPTIONS);

    static final ObjectShape ADD = new ObjectShape()
            .needs("id", NEW_ID)
            .like(PartShapes.NODE_WORK)
            .mayHave("displayName", DISPLAY_NAME)
            .mayHave("exitConditions", EXIT_CONDITIONS)
            .mayHave("outputFiles", PartShapes.OUTPUT_FILES)
            .mayHave("affinityInfo", new ObjectShape().needs("affinityId", WORDS))
            .mayHave("constraints", PartShapes.TASK_CONSTRAINTS)
            .mayHave("requiredSlots", number(1, Integer.MAX_VALUE))
            .mayHave("multiInstanceSettings", refused("a task runs on one node here."))
            .mayHave(
                    "dependsOn",
                    new ObjectShape()
                            .mayHave("taskIds", listOf(NEW_ID))
                            .mayHave(
                                    "taskIdRanges",
                                    listOf(new ObjectShape()
                                            .needs("start", TASK_NUMBER)
                                            .needs("end", TASK_NUMBER))))
            .mayHave("applicationPackageReferences", PartShapes.NO_APPLICATIONS)
            .mayHave("authenticationTokenSettings", PartShapes.NO_TOKENS);

    static final ObjectShape UPDATE = new ObjectShape().mayHave("constraints", PartShapes.TASK_CONSTRAINTS);

    private TaskShapes() {}
}
