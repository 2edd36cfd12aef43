package io.twinbatch.app.option;

import io.twinbatch.app.config.OptionDefaults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/** The headings under which the help lists the options. */
public final class OptionGroups {
    private static final Map<String, List<String>> GROUPS = groups();

    private static final List<String> MOST_USED = List.of(
            "--num-words",
            "--command",
            "--output",
            "--total",
            "--output-dir",
            "--skip-existing",
            "--backend",
            "--nodes",
            "--timeout",
            "--detach",
            "--dry-run",
            "--json");

    private OptionGroups() {}

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put(
                "What to do",
                List.of(
                        "--backend",
                        "--num-words",
                        "--total",
                        "--command",
                        "--script",
                        "--image",
                        "--program",
                        "--combine",
                        "--detach",
                        "--dry-run"));
        groups.put("Inputs", List.of("--include", "--exclude", "--files-from", "--tasks", "--strict"));
        groups.put(
                "Results",
                List.of(
                        "--output",
                        "--output-dir",
                        "--keep-tree",
                        "--force",
                        "--skip-existing",
                        "--keep-logs",
                        "--report",
                        "--node-price",
                        "--all",
                        "--json"));
        groups.put(
                "Nodes and tasks",
                List.of(
                        "--nodes",
                        "--slots",
                        "--vm-size",
                        "--vm-image",
                        "--spot",
                        "--spot-nodes",
                        "--max-nodes",
                        "--files-per-task",
                        "--split",
                        "--retries"));
        groups.put("Time limits", List.of("--timeout", "--task-timeout"));
        groups.put("Names and cleanup", List.of("--pool-id", "--job-id", "--keep-job", "--keep-pool", "--yes"));
        groups.put("The local backend", List.of("--state-dir", "--azurite", "--azurite-port", "--faults"));
        groups.put("The portal", List.of("--portal", "--portal-port", "--allow-actions"));
        groups.put("General", List.of("--config", "--quiet", "--verbose", "--help", "--version"));
        return groups;
    }

    /** The options that are used most, each with the first sentence of its description. */
    static String renderMostUsed(Help help) {
        List<OptionSpec> options = help.commandSpec().options();
        return String.format("%nOften used%n")
                + MOST_USED.stream()
                        .map(name -> find(options, name))
                        .flatMap(Optional::stream)
                        .map(OptionGroups::line)
                        .collect(Collectors.joining());
    }

    private static String line(OptionSpec option) {
        String names = String.join(", ", option.names());
        String label =
                option.arity().max() == 0 || OptionDefaults.isFlag(option) ? names : names + "=" + option.paramLabel();
        return String.format("  %-24s %s%n", label, firstSentence(option));
    }

    /** The first sentence of an option's description, without its period. */
    static String firstSentence(OptionSpec option) {
        return String.join(" ", option.description()).split("\\.(?= |$)", 2)[0];
    }

    /** The options under their headings; an option without a group comes last, so that none is hidden. */
    static String render(Help help) {
        List<OptionSpec> options = help.commandSpec().options();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, List<String>> group : GROUPS.entrySet()) {
            List<OptionSpec> members = group.getValue().stream()
                    .map(name -> find(options, name))
                    .flatMap(Optional::stream)
                    .toList();
            text.append(section(help, group.getKey(), members));
        }
        return text.append(section(help, "Further options", ungrouped(options))).toString();
    }

    /** The options that have no group. */
    public static List<OptionSpec> ungrouped(List<OptionSpec> options) {
        List<String> grouped = GROUPS.values().stream().flatMap(List::stream).collect(Collectors.toList());
        return options.stream()
                .filter(option -> !grouped.contains(option.longestName()))
                .toList();
    }

    private static Optional<OptionSpec> find(List<OptionSpec> options, String name) {
        return options.stream()
                .filter(option -> option.longestName().equals(name))
                .findFirst();
    }

    private static String section(Help help, String heading, List<OptionSpec> options) {
        if (options.isEmpty()) {
            return "";
        }
        Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
        layout.addAllOptions(options, help.parameterLabelRenderer());
        return String.format("%n%s%n%s", heading, layout);
    }
}
