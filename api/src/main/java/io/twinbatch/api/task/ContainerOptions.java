package io.twinbatch.api.task;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the container of a task is run.
 *
 * @param memoryBytes how much memory all its processes may use together, at least 6 MiB; one that asks for more is
 *     killed. Empty for no limit
 * @param milliCores how much processor time they get at most, in thousandths of a processor; empty for no limit
 * @param sharedMemoryBytes the size of {@code /dev/shm}; empty for the engine's default
 * @param network whether it has a network; without one it has the loopback interface alone
 * @param readOnlyImage whether the files of the image are protected from being changed
 * @param entryPoint whether the image's entry point, where it has one, gets the command line as its arguments;
 *     otherwise the command line is run as it is
 */
public record ContainerOptions(
        OptionalLong memoryBytes,
        OptionalInt milliCores,
        OptionalLong sharedMemoryBytes,
        boolean network,
        boolean readOnlyImage,
        boolean entryPoint) {
    private static final long MIN_MEMORY = 6L << 20;
    private static final int MILLI_DIGITS = 3;

    /** No limits, with a network, the command line run as it is. */
    public static final ContainerOptions DEFAULT =
            new ContainerOptions(OptionalLong.empty(), OptionalInt.empty(), OptionalLong.empty(), true, false, false);

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when a number is out of its range. */
    public ContainerOptions {
        require(memoryBytes.orElse(MIN_MEMORY) >= MIN_MEMORY, "a limit on memory is at least 6 MiB");
        require(milliCores.orElse(1) >= 1, "a limit on processor time is more than zero");
        require(sharedMemoryBytes.orElse(1) >= 1, "a size of shared memory is more than zero");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new BatchException(ErrorCode.INVALID, "container", message);
        }
    }

    /** The same with a limit on memory. */
    public ContainerOptions withMemory(long bytes) {
        return new ContainerOptions(
                OptionalLong.of(bytes), milliCores, sharedMemoryBytes, network, readOnlyImage, entryPoint);
    }

    /** The same with a limit on processor time. */
    public ContainerOptions withMilliCores(int thousandths) {
        return new ContainerOptions(
                memoryBytes, OptionalInt.of(thousandths), sharedMemoryBytes, network, readOnlyImage, entryPoint);
    }

    /** The same with a size of shared memory. */
    public ContainerOptions withSharedMemory(long bytes) {
        return new ContainerOptions(
                memoryBytes, milliCores, OptionalLong.of(bytes), network, readOnlyImage, entryPoint);
    }

    /** The same without a network. */
    public ContainerOptions withoutNetwork() {
        return new ContainerOptions(memoryBytes, milliCores, sharedMemoryBytes, false, readOnlyImage, entryPoint);
    }

    /** The same with the files of the image protected. */
    public ContainerOptions withReadOnlyImage() {
        return new ContainerOptions(memoryBytes, milliCores, sharedMemoryBytes, network, true, entryPoint);
    }

    /** These options as arguments of {@code docker run}, which other container engines read too. */
    public List<String> runArguments() {
        List<String> arguments = new ArrayList<>();
        if (!entryPoint) {
            arguments.add("--entrypoint=");
        }
        memoryBytes.ifPresent(bytes -> {
            arguments.add("--memory=" + bytes);
            arguments.add("--memory-swap=" + bytes);
        });
        milliCores.ifPresent(cores -> arguments.add("--cpus=" + BigDecimal.valueOf(cores, MILLI_DIGITS)));
        sharedMemoryBytes.ifPresent(bytes -> arguments.add("--shm-size=" + bytes));
        if (!network) {
            arguments.add("--network=none");
        }
        if (readOnlyImage) {
            arguments.add("--read-only");
        }
        return arguments;
    }

    /** The same without the image's entry point. */
    public ContainerOptions withoutEntryPoint() {
        return new ContainerOptions(memoryBytes, milliCores, sharedMemoryBytes, network, readOnlyImage, false);
    }

    /** The same with the image's entry point. */
    public ContainerOptions withEntryPoint() {
        return new ContainerOptions(memoryBytes, milliCores, sharedMemoryBytes, network, readOnlyImage, true);
    }
}
