package io.twinbatch.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.SpecLimits;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is as large as may be is taken, and what is larger by one is not. */
class SpecLimitsTest {
    private static final SignedUrl URL = new SignedUrl(URI.create("http://host/c?sig=x"), Map.of(), Instant.MAX);
    private static final PoolId POOL = new PoolId("p");

    private static TaskSpec.Builder task() {
        return TaskSpec.builder("t", "x");
    }

    private static Map<String, String> entries(int count, int length) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "n" + i, i -> "x".repeat(length)));
    }

    private static void refused(String words, Runnable making) {
        BatchException refusal = catchThrowableOfType(BatchException.class, making::run);
        assertThat(refusal).as(words).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal).hasMessageContaining(words);
    }

    @Test
    void aCommandLineHasALongestLength() {
        String longest = "x".repeat(SpecLimits.COMMAND_LINE);
        assertThat(TaskSpec.builder("t", longest).build().commandLine()).hasSize(SpecLimits.COMMAND_LINE);
        refused("command line", () -> TaskSpec.builder("t", longest + "x").build());
        refused("command line", () -> new JobNodeTask(longest + "x", List.of(), Map.of(), false));
        refused("command line", () -> new StartTask(longest + "x", List.of(), Map.of(), false, 0));
    }

    @Test
    void variablesHaveALargestNumberAndLength() {
        assertThat(task().environment(entries(SpecLimits.VARIABLES, 9)).build().environment())
                .hasSize(SpecLimits.VARIABLES);
        Map<String, String> many = entries(SpecLimits.VARIABLES + 1, 9);
        refused("variables", () -> task().environment(many).build());
        refused("variables", () -> JobSpec.of(new JobId("j"), POOL).withEnvironment(many));
        refused("variables", () -> new JobNodeTask("x", List.of(), many, false));
        refused("variables", () -> new StartTask("x", List.of(), many, false, 0));
        refused(
                "one variable",
                () -> task().environment(Map.of("n", "x".repeat(SpecLimits.VARIABLE)))
                        .build());
        refused(
                "its variables",
                () -> task().environment(entries(11, SpecLimits.VARIABLE - 3)).build());
    }

    @Test
    void filesHaveALargestNumber() {
        List<ResourceFile> files = Collections.nCopies(SpecLimits.RESOURCE_FILES, new ResourceFile(URL, "f"));
        assertThat(task().resourceFiles(files).build().resourceFiles()).hasSameSizeAs(files);
        List<ResourceFile> more = Collections.nCopies(SpecLimits.RESOURCE_FILES + 1, new ResourceFile(URL, "f"));
        refused("resource files", () -> task().resourceFiles(more).build());
        refused("resource files", () -> new JobNodeTask("x", more, Map.of(), false));
        refused("resource files", () -> new StartTask("x", more, Map.of(), false, 0));
        List<OutputFile> outputs = Collections.nCopies(
                SpecLimits.OUTPUT_FILES + 1, new OutputFile("f", URL, "", OutputFile.Condition.SUCCESS));
        refused("output files", () -> task().outputFiles(outputs).build());
    }

    @Test
    void metadataAndDependenciesHaveALargestNumber() {
        Map<String, String> many = entries(SpecLimits.METADATA + 1, 1);
        refused("entries of metadata", () -> JobSpec.of(new JobId("j"), POOL).withMetadata(many));
        refused("entries of metadata", () -> PoolSpec.of(POOL, 1).withMetadata(many));
        refused(
                "characters of metadata",
                () -> PoolSpec.of(POOL, 1).withMetadata(Map.of("n", "x".repeat(SpecLimits.ALL_METADATA))));
        refused(
                "depends on",
                () -> task().dependsOn(entries(SpecLimits.DEPENDENCIES + 1, 1).keySet())
                        .build());
    }
}
