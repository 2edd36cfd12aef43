package io.twinbatch.api.workflow.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.List;

/**
 * How many inputs a task gets. A group is always a run of neighbours in the order of the inputs, so that what is put
 * together again in the order of the tasks is in the order of the inputs.
 */
public sealed interface InputGrouping {
    /** One input per task. */
    InputGrouping ONE_PER_TASK = new Fixed(1);

    /**
     * Cuts the inputs into groups.
     *
     * @param inputs all inputs, in order
     * @param totalSlots how many tasks run at once; at least 1
     * @return the groups, none of them empty, in order
     */
    List<List<PlannedInput>> group(List<PlannedInput> inputs, int totalSlots);

    /**
     * The same number for every task but the last.
     *
     * @param filesPerTask the number; at least 1
     */
    record Fixed(int filesPerTask) implements InputGrouping {
        /** Throws {@code BatchException} with {@code INVALID} when the number is not positive. */
        public Fixed {
            if (filesPerTask < 1) {
                throw new BatchException(ErrorCode.INVALID, "", "a task gets at least 1 file, not " + filesPerTask);
            }
        }

        @Override
        public List<List<PlannedInput>> group(List<PlannedInput> inputs, int totalSlots) {
            return GroupBuilder.fixed(inputs, filesPerTask);
        }
    }

    /**
     * As many as keep every slot busy a few times over: inputs are alone while there are few of them, large ones
     * always; small ones share a task.
     */
    record Auto() implements InputGrouping {
        @Override
        public List<List<PlannedInput>> group(List<PlannedInput> inputs, int totalSlots) {
            return GroupBuilder.automatic(inputs, totalSlots);
        }
    }
}
