package io.twinbatch.api.workflow.model;

/** Which tasks leave what they wrote to their standard output and error beside the results. */
public enum KeptLogs {
    /** No task. */
    NONE,
    /** The first of those that did not succeed, and the end of what they wrote: enough to see why. */
    FAILED,
    /** Every task, and all that it wrote. */
    ALL
}
