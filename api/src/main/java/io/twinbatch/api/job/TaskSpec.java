package io.twinbatch.api.job;

import io.twinbatch.api.Identifiers;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.SpecLimits;
import io.twinbatch.api.task.TaskContainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The task that is asked for.
 *
 * @param id its identifier within the job: 1 to 64 letters, digits, dashes and underscores
 * @param commandLine the command line, not run by a shell (see {@link CommandLine}); {@link SpecLimits} bounds its length,
 *     and the numbers of files, variables and dependencies
 * @param resourceFiles files fetched to the node first
 * @param outputFiles files uploaded by the node afterwards
 * @param environment variables beside those that every task gets
 * @param maxRetries how often it is tried again after a non-zero exit code; empty for the job's value
 * @param maxWallClockTime how long one try may take before it is ended with all its processes; empty for no limit
 * @param requiredSlots how many of a node's slots it takes; 1 or more
 * @param dependsOn tasks of the same job that have to succeed before it starts
 * @param retentionTime how long its folder on the node is kept after it ended; empty for the provider's default
 * @param container the container in which it runs, which a pool with container images needs and any other refuses; empty
 *     to run on the node itself
 */
public record TaskSpec(
        String id,
        String commandLine,
        List<ResourceFile> resourceFiles,
        List<OutputFile> outputFiles,
        Map<String, String> environment,
        OptionalInt maxRetries,
        Optional<Duration> maxWallClockTime,
        int requiredSlots,
        Set<String> dependsOn,
        Optional<Duration> retentionTime,
        Optional<TaskContainer> container) {
    /** How long the folder of a task is kept on its node when the task does not say. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when a value breaks its rule. */
    public TaskSpec {
        Identifiers.requireLegal("task", id);
        Objects.requireNonNull(commandLine, "commandLine");
        resourceFiles = List.copyOf(resourceFiles);
        outputFiles = List.copyOf(outputFiles);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(maxRetries, "maxRetries");
        Objects.requireNonNull(maxWallClockTime, "maxWallClockTime");
        dependsOn = Set.copyOf(dependsOn);
        Objects.requireNonNull(retentionTime, "retentionTime");
        Objects.requireNonNull(container, "container");
        require(id, !commandLine.isBlank(), "the command line is empty");
        requireSizes("task " + id, commandLine, resourceFiles, outputFiles, environment, dependsOn);
        require(id, requiredSlots >= 1, "a task takes at least 1 slot, not " + requiredSlots);
        require(id, maxRetries.orElse(0) >= 0, "a number of retries is 0 or more, not " + maxRetries.orElse(0));
        require(id, maxWallClockTime.map(TaskSpec::isPositive).orElse(true), "a time limit is more than zero");
        require(id, !dependsOn.contains(id), "a task cannot depend on itself");
    }

    private static void requireSizes(
            String what,
            String commandLine,
            List<ResourceFile> resourceFiles,
            List<OutputFile> outputFiles,
            Map<String, String> environment,
            Set<String> dependsOn) {
        SpecLimits.requireCommandLine(what, commandLine);
        SpecLimits.requireResourceFiles(what, resourceFiles);
        SpecLimits.requireOutputFiles(what, outputFiles);
        SpecLimits.requireEnvironment(what, environment);
        SpecLimits.requireDependencies(what, dependsOn.size());
    }

    private static boolean isPositive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }

    private static void require(String id, boolean condition, String message) {
        if (!condition) {
            throw new BatchException(ErrorCode.INVALID, "task " + id, message);
        }
    }

    /** Begins a task with nothing but an identifier and a command line. */
    public static Builder builder(String id, String commandLine) {
        return new Builder(id, commandLine);
    }

    /** Collects the parts of a {@link TaskSpec}; what is not set stays at its default. */
    public static final class Builder {
        private final String id;
        private final String commandLine;
        private List<ResourceFile> resourceFiles = List.of();
        private List<OutputFile> outputFiles = List.of();
        private Map<String, String> environment = Map.of();
        private OptionalInt maxRetries = OptionalInt.empty();
        private Optional<Duration> maxWallClockTime = Optional.empty();
        private int requiredSlots = 1;
        private Set<String> dependsOn = Set.of();
        private Optional<Duration> retentionTime = Optional.empty();
        private Optional<TaskContainer> container = Optional.empty();

        private Builder(String id, String commandLine) {
            this.id = id;
            this.commandLine = commandLine;
        }

        /** Files fetched to the node first; none by default. */
        public Builder resourceFiles(List<ResourceFile> files) {
            resourceFiles = files;
            return this;
        }

        /** Files uploaded by the node afterwards; none by default. */
        public Builder outputFiles(List<OutputFile> files) {
            outputFiles = files;
            return this;
        }

        /** Variables beside those that every task gets; none by default. */
        public Builder environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        /** How often it is tried again after a non-zero exit code; the job's value by default. */
        public Builder maxRetries(int retries) {
            maxRetries = OptionalInt.of(retries);
            return this;
        }

        /** How long one try may take; no limit by default. */
        public Builder maxWallClockTime(Duration limit) {
            maxWallClockTime = Optional.of(limit);
            return this;
        }

        /** How many of a node's slots it takes; 1 by default. */
        public Builder requiredSlots(int slots) {
            requiredSlots = slots;
            return this;
        }

        /** Tasks of the same job that have to succeed first; none by default. */
        public Builder dependsOn(Set<String> taskIds) {
            dependsOn = taskIds;
            return this;
        }

        /** How long its folder is kept on the node; the provider's default otherwise. */
        public Builder retentionTime(Duration time) {
            retentionTime = Optional.of(time);
            return this;
        }

        /** The container in which it runs; none by default. */
        public Builder container(TaskContainer value) {
            container = Optional.of(value);
            return this;
        }

        /** The task; throws {@link BatchException} with {@link ErrorCode#INVALID} when a value breaks its rule. */
        public TaskSpec build() {
            return new TaskSpec(
                    id,
                    commandLine,
                    resourceFiles,
                    outputFiles,
                    environment,
                    maxRetries,
                    maxWallClockTime,
                    requiredSlots,
                    dependsOn,
                    retentionTime,
                    container);
        }
    }

    /** Without what may hold secrets: the command line, the variables and the signed URLs. */
    @Override
    public String toString() {
        return "task " + id;
    }
}
