package io.twinbatch.api.task;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.List;
import java.util.Map;

/**
 * How large specifications may be, so that a mistake of one caller does not exhaust the machine or the service. The bounds
 * on command lines and variables are those that a Linux node has for one argument and for one variable, rounded down; the
 * others are far above what anybody needs.
 */
public final class SpecLimits {
    /** The longest command line, in characters. */
    public static final int COMMAND_LINE = 65_536;

    /** The most variables that one specification sets. */
    public static final int VARIABLES = 1_000;

    /** The longest name and value of a variable together, in characters. */
    public static final int VARIABLE = 100_000;

    /** The longest names and values of all variables of a specification, in characters. */
    public static final int ALL_VARIABLES = 1_000_000;

    /** The most resource files of a task. */
    public static final int RESOURCE_FILES = 50_000;

    /** The most output files of a task. */
    public static final int OUTPUT_FILES = 1_000;

    /** The most tasks that a task depends on by name. */
    public static final int DEPENDENCIES = 10_000;

    /** The most entries of metadata. */
    public static final int METADATA = 1_000;

    /** The longest names and values of all metadata of a thing, in characters. */
    public static final int ALL_METADATA = 100_000;

    private SpecLimits() {}

    /**
     * Refuses a command line that is too long.
     *
     * @param what what it belongs to, for the message
     * @throws BatchException {@code INVALID}
     */
    public static void requireCommandLine(String what, String commandLine) {
        require(what, "characters in its command line", commandLine.length(), COMMAND_LINE);
    }

    /**
     * Refuses variables that are too many or too long.
     *
     * @param what what they belong to, for the message
     * @throws BatchException {@code INVALID}
     */
    public static void requireEnvironment(String what, Map<String, String> environment) {
        require(what, "variables", environment.size(), VARIABLES);
        environment.forEach(
                (name, value) -> require(what, "characters in one variable", name.length() + value.length(), VARIABLE));
        require(what, "characters in its variables", length(environment), ALL_VARIABLES);
    }

    /**
     * Refuses metadata that is too much.
     *
     * @param what what it belongs to, for the message
     * @throws BatchException {@code INVALID}
     */
    public static void requireMetadata(String what, Map<String, String> metadata) {
        require(what, "entries of metadata", metadata.size(), METADATA);
        require(what, "characters of metadata", length(metadata), ALL_METADATA);
    }

    /**
     * Refuses too many resource files.
     *
     * @param what what they belong to, for the message
     * @throws BatchException {@code INVALID}
     */
    public static void requireResourceFiles(String what, List<ResourceFile> files) {
        requireResourceFiles(what, files.size());
    }

    /**
     * Refuses too many resource files, before there are any.
     *
     * @param what what they are going to belong to, for the message
     * @throws BatchException {@code INVALID}
     */
    public static void requireResourceFiles(String what, int files) {
        require(what, "resource files", files, RESOURCE_FILES);
    }

    public static void requireOutputFiles(String what, List<OutputFile> files) {
        require(what, "output files", files.size(), OUTPUT_FILES);
    }

    public static void requireDependencies(String what, int count) {
        require(what, "tasks that it depends on", count, DEPENDENCIES);
    }

    private static long length(Map<String, String> values) {
        return values.entrySet().stream()
                .mapToLong(entry ->
                        (long) entry.getKey().length() + entry.getValue().length())
                .sum();
    }

    private static void require(String what, String counted, long count, long most) {
        if (count > most) {
            throw new BatchException(
                    ErrorCode.INVALID, what, "it has " + count + " " + counted + ", and " + most + " is the most");
        }
    }
}
