package io.twinbatch.local.emulator.autoscale;

import java.util.Optional;
import java.util.stream.Stream;

/** What is measured of a pool every 30 seconds, by the name it has in a formula. */
public enum Metric {
    CPU_PERCENT("$CPUPercent"),
    WALL_CLOCK_SECONDS("$WallClockSeconds"),
    MEMORY_BYTES("$MemoryBytes"),
    DISK_BYTES("$DiskBytes"),
    DISK_READ_BYTES("$DiskReadBytes"),
    DISK_WRITE_BYTES("$DiskWriteBytes"),
    DISK_READ_OPS("$DiskReadOps"),
    DISK_WRITE_OPS("$DiskWriteOps"),
    NETWORK_IN_BYTES("$NetworkInBytes"),
    NETWORK_OUT_BYTES("$NetworkOutBytes"),
    SAMPLE_NODE_COUNT("$SampleNodeCount"),
    /** Tasks that could run if there were a free slot. */
    ACTIVE_TASKS("$ActiveTasks"),
    RUNNING_TASKS("$RunningTasks"),
    /** The sum of the active and the running ones. */
    PENDING_TASKS("$PendingTasks"),
    SUCCEEDED_TASKS("$SucceededTasks"),
    FAILED_TASKS("$FailedTasks"),
    CURRENT_DEDICATED_NODES("$CurrentDedicatedNodes"),
    CURRENT_LOW_PRIORITY_NODES("$CurrentLowPriorityNodes"),
    PREEMPTED_NODE_COUNT("$PreemptedNodeCount"),
    USABLE_NODE_COUNT("$UsableNodeCount");

    private final String variable;

    Metric(String variable) {
        this.variable = variable;
    }

    /** Its name in a formula. */
    public String variable() {
        return variable;
    }

    static Optional<Metric> of(String variable) {
        return Stream.of(values())
                .filter(metric -> metric.variable.equals(variable))
                .findFirst();
    }
}
