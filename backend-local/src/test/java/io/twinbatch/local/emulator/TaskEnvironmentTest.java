package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares docs/task-environment.md with what every kind of task finds. */
class TaskEnvironmentTest {
    private static final List<String> KINDS = List.of("start", "preparation", "release", "task");
    private static final Path PAGE = Path.of("..", "docs", "task-environment.md");

    @TempDir
    private Path folder;

    /** The variables that the page promises to a kind of task. */
    private static Set<String> promised(String kind) throws IOException {
        int column = 3 + KINDS.indexOf(kind);
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `AZ_BATCH_"))
                .map(line -> line.split("\\|"))
                .filter(cells -> cells.length == 3 + KINDS.size()
                        && cells[column].strip().equals("yes"))
                .map(cells -> cells[1].strip().replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> found(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Path seen = files.filter(file -> file.endsWith("seen-" + kind))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + kind + " task has run"));
            return Files.readAllLines(seen).stream()
                    .map(line -> line.split("=", 2)[0])
                    .filter(name -> name.startsWith("AZ_BATCH_"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Whether a folder that a variable names was not there. */
    private boolean isMissing(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.endsWith("missing-" + kind));
        }
    }

    private static String commandLine(String kind) {
        return "'commandLine':'/bin/sh -c \\\"env > $AZ_BATCH_NODE_SHARED_DIR/seen-" + kind
                + "; env | grep -E ^AZ_BATCH_.*_DIR= | cut -d= -f2 | xargs ls -d > /dev/null"
                + " || touch $AZ_BATCH_NODE_SHARED_DIR/missing-" + kind + "\\\"'";
    }

    @Test
    void eachKindOfTaskFindsTheVariablesThatThePagePromises() throws Exception {
        try (ServiceRig rig = new ServiceRig(folder)) {
            rig.post(
                    201,
                    "/pools",
                    ServiceRig.pool("p", "'targetDedicatedNodes':1,'startTask':{" + commandLine("start") + "}"));
            rig.withJobAlone("'jobPreparationTask':{" + commandLine("preparation") + "},'jobReleaseTask':{"
                    + commandLine("release") + "}");
            rig.post(201, "/jobs/j/tasks", "{'id':'t'," + commandLine("task") + "}");
            rig.awaitState("/jobs/j/tasks/t", "completed");
            rig.post(202, "/jobs/j/terminate", "");
            rig.awaitState("/jobs/j", "completed");
            for (String kind : KINDS) {
                assertThat(isMissing(kind))
                        .as("a folder of the " + kind + " task is missing")
                        .isFalse();
                assertThat(found(kind)).as(kind).isEqualTo(promised(kind)).hasSizeGreaterThan(10);
            }
        }
    }
}
