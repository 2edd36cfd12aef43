package io.twinbatch.api.job;

import io.twinbatch.api.error.Redaction;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was asked for when a task was submitted, for a person who reads it. URLs are without their signatures; the command
 * line and the variables are as they were submitted, and may hold secrets.
 *
 * @param commandLine the command line
 * @param environment the task's own variables
 * @param resourceFiles files fetched to the node first
 * @param outputFiles files uploaded by the node afterwards
 * @param maxRetries how often it is tried again after a non-zero exit code; empty for the job's value
 * @param maxWallClockTime how long one try may take; empty for no limit
 * @param requiredSlots how many of a node's slots it takes
 * @param dependsOn tasks of the same job that have to succeed before it starts
 */
public record TaskDetails(
        String commandLine,
        Map<String, String> environment,
        List<Source> resourceFiles,
        List<Target> outputFiles,
        OptionalInt maxRetries,
        Optional<Duration> maxWallClockTime,
        int requiredSlots,
        SortedSet<String> dependsOn) {
    public TaskDetails {
        Objects.requireNonNull(commandLine, "commandLine");
        environment = Map.copyOf(environment);
        resourceFiles = List.copyOf(resourceFiles);
        outputFiles = List.copyOf(outputFiles);
        Objects.requireNonNull(maxRetries, "maxRetries");
        Objects.requireNonNull(maxWallClockTime, "maxWallClockTime");
        dependsOn = new TreeSet<>(dependsOn);
    }

    /** What a specification asks for. */
    public static TaskDetails of(TaskSpec spec) {
        return new TaskDetails(
                spec.commandLine(),
                spec.environment(),
                spec.resourceFiles().stream().map(Source::of).toList(),
                spec.outputFiles().stream().map(Target::of).toList(),
                spec.maxRetries(),
                spec.maxWallClockTime(),
                spec.requiredSlots(),
                new TreeSet<>(spec.dependsOn()));
    }

    /** Without what may hold secrets: the command line and the variables. */
    @Override
    public String toString() {
        return "task with " + resourceFiles.size() + " resource files and " + outputFiles.size() + " output files";
    }

    /**
     * A file, or the files of a container, fetched to the node.
     *
     * @param url where from, without the signature
     * @param path where to, relative to the task's working folder
     */
    public record Source(String url, String path) {
        public Source {
            url = Redaction.withoutSecrets(url);
            Objects.requireNonNull(path, "path");
        }

        private static Source of(ResourceFile file) {
            return new Source(file.source().withoutSecret(), file.path());
        }
    }

    /**
     * Files uploaded by the node.
     *
     * @param pattern which files, relative to the task's working folder
     * @param container the URL of the container, without the signature
     * @param path the name of the object, or the beginning of the names; may be empty
     */
    public record Target(String pattern, String container, String path) {
        public Target {
            Objects.requireNonNull(pattern, "pattern");
            container = Redaction.withoutSecrets(container);
            Objects.requireNonNull(path, "path");
        }

        private static Target of(OutputFile file) {
            return new Target(file.pattern(), file.container().withoutSecret(), file.path());
        }
    }
}
