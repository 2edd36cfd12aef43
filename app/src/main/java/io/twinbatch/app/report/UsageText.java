package io.twinbatch.app.report;

import io.twinbatch.api.job.TaskUsage;
import java.time.Duration;

/** What a task used, in words. */
public final class UsageText {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private UsageText() {}

    /** All of it, such as {@code 12.0 MiB of memory and 1.3 s of processor time; read 4.0 MiB, wrote 812 bytes}. */
    public static String of(TaskUsage usage) {
        return HumanFormat.size(usage.peakMemory()) + " of memory and " + time(usage.processorTime())
                + " of processor time"
                + usage.io().map(io -> "; " + io(io)).orElse("");
    }

    /** A processor time such as {@code 40 ms} or {@code 1.3 s}; the system counts in steps of 10 ms. */
    public static String time(Duration time) {
        if (time.isZero()) {
            return "under 10 ms";
        }
        return time.compareTo(SHORT) < 0 ? time.toMillis() + " ms" : HumanFormat.duration(time);
    }

    /** What was read and written. */
    private static String io(TaskUsage.Io io) {
        return "read " + HumanFormat.size(io.bytesRead()) + ", wrote " + HumanFormat.size(io.bytesWritten());
    }
}
