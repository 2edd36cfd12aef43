package io.twinbatch.app.report;

import io.twinbatch.api.job.TaskUsage;

/** What a task used, in words. */
public final class UsageText {
    private UsageText() {}

    /** All of it, such as {@code 12.0 MiB of memory and 1.3 s of processor time; read 4.0 MiB, wrote 812 bytes}. */
    public static String of(TaskUsage usage) {
        return HumanFormat.size(usage.peakMemory()) + " of memory and " + HumanFormat.duration(usage.processorTime())
                + " of processor time"
                + usage.io().map(io -> "; " + io(io)).orElse("");
    }

    /** What was read and written. */
    public static String io(TaskUsage.Io io) {
        return "read " + HumanFormat.size(io.bytesRead()) + ", wrote " + HumanFormat.size(io.bytesWritten());
    }
}
