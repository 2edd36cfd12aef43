package io.twinbatch.api.job;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the processes of a task used in its last try.
 *
 * @param peakMemory the most bytes of memory that they had at one time
 * @param userTime the processor time of the programs
 * @param kernelTime the processor time of the system on their behalf
 * @param io what they read and wrote; empty when the provider does not say
 */
public record TaskUsage(long peakMemory, Duration userTime, Duration kernelTime, Optional<Io> io) {
    public TaskUsage {
        Objects.requireNonNull(userTime, "userTime");
        Objects.requireNonNull(kernelTime, "kernelTime");
        Objects.requireNonNull(io, "io");
    }

    /**
     * What processes read and wrote with calls of the system, to and from files, pipes and connections.
     *
     * @param bytesRead how many bytes they read
     * @param bytesWritten how many bytes they wrote
     * @param reads the calls that read
     * @param writes the calls that wrote
     */
    public record Io(long bytesRead, long bytesWritten, long reads, long writes) {
        /** Of both together. */
        public Io plus(Io other) {
            return new Io(
                    bytesRead + other.bytesRead,
                    bytesWritten + other.bytesWritten,
                    reads + other.reads,
                    writes + other.writes);
        }
    }

    /** The processor time in all. */
    public Duration processorTime() {
        return userTime.plus(kernelTime);
    }

    /** Of several tasks: the largest of their memory, and the sums of everything else. */
    public TaskUsage plus(TaskUsage other) {
        return new TaskUsage(
                Math.max(peakMemory, other.peakMemory),
                userTime.plus(other.userTime),
                kernelTime.plus(other.kernelTime),
                Stream.of(io, other.io).flatMap(Optional::stream).reduce(Io::plus));
    }
}
