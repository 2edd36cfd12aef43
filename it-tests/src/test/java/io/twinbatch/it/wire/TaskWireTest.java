package io.twinbatch.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.DetailLevel;
import com.microsoft.azure.batch.protocol.models.HttpHeader;
import com.microsoft.azure.batch.protocol.models.OutputFileBlobContainerDestination;
import com.microsoft.azure.batch.protocol.models.OutputFileDestination;
import com.microsoft.azure.batch.protocol.models.OutputFileUploadCondition;
import com.microsoft.azure.batch.protocol.models.OutputFileUploadOptions;
import com.microsoft.azure.batch.protocol.models.TaskAddCollectionResult;
import com.microsoft.azure.batch.protocol.models.TaskAddParameter;
import com.microsoft.azure.batch.protocol.models.TaskConstraints;
import com.microsoft.azure.batch.protocol.models.TaskDependencies;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.joda.time.Period;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests about tasks are those of the official client. */
class TaskWireTest {
    private static final JobId JOB = new JobId("frames-7");
    private static final TaskKey TASK = new TaskKey(JOB, "frame-1");
    private static final SignedUrl INPUT = OfficialParts.signed("in%20put.txt");
    private static final SignedUrl OUTPUT = OfficialParts.signed("results");

    private WireComparison wire;

    @BeforeEach
    void start() throws Exception {
        wire = WireComparison.start(TaskWireTest::answer);
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void aTaskWithEverythingIsAddedInTheSameWords() throws Exception {
        TaskSpec spec = TaskSpec.builder("frame-1", "/bin/sh -c \"cat 'in put.txt'\"")
                .resourceFiles(List.of(new ResourceFile(INPUT, "data/in put.txt")))
                .outputFiles(List.of(
                        new OutputFile("*.out", OUTPUT, "frame-1/", OutputFile.Condition.SUCCESS),
                        new OutputFile("../std*.txt", OUTPUT, "logs", OutputFile.Condition.COMPLETION),
                        new OutputFile("core", OUTPUT, "core", OutputFile.Condition.FAILURE)))
                .environment(Map.of("MODE", "ä b", "EMPTY", ""))
                .maxRetries(2)
                .maxWallClockTime(Duration.ofMinutes(90))
                .requiredSlots(2)
                .dependsOn(Set.of("frame-0", "warm-up"))
                .retentionTime(Duration.ofDays(1))
                .build();
        TaskAddParameter same = new TaskAddParameter()
                .withId(spec.id())
                .withCommandLine(spec.commandLine())
                .withResourceFiles(List.of(OfficialParts.resourceFile(INPUT, "data/in put.txt")))
                .withOutputFiles(List.of(
                        output("*.out", "frame-1/", OutputFileUploadCondition.TASK_SUCCESS),
                        output("../std*.txt", "logs", OutputFileUploadCondition.TASK_COMPLETION),
                        output("core", "core", OutputFileUploadCondition.TASK_FAILURE)))
                .withEnvironmentSettings(OfficialParts.environment(spec.environment()))
                .withConstraints(new TaskConstraints()
                        .withMaxTaskRetryCount(2)
                        .withMaxWallClockTime(Period.minutes(90))
                        .withRetentionTime(Period.days(1)))
                .withRequiredSlots(2)
                .withDependsOn(new TaskDependencies().withTaskIds(List.of("frame-0", "warm-up")));

        wire.requireSame(
                sdk -> addCollection(sdk, List.of(same)), () -> wire.jobs().submit(JOB, List.of(spec)));
    }

    @Test
    void manyTasksAreAddedInCollectionsAsTheOfficialClientSendsThem() throws Exception {
        List<TaskSpec> specs = IntStream.range(0, 150)
                .mapToObj(i -> TaskSpec.builder("t" + i, "true").build())
                .toList();
        List<TaskAddParameter> same = specs.stream()
                .map(spec -> new TaskAddParameter()
                        .withId(spec.id())
                        .withCommandLine("true")
                        .withRequiredSlots(1))
                .toList();

        List<WireRequest> official = wire.officialRequests(sdk -> {
            addCollection(sdk, same.subList(0, 100));
            addCollection(sdk, same.subList(100, 150));
        });
        List<WireRequest> ours = wire.ourRequests(() -> wire.jobs().submit(JOB, specs));

        // Collections may overtake each other.
        WireComparison.requireSame(byFirstTask(official), byFirstTask(ours));
    }

    @ParameterizedTest
    @EnumSource(TaskFilter.class)
    void tasksAreListedInTheSameWords(TaskFilter filter) throws Exception {
        List<WireRequest> ours = wire.ourRequests(
                () -> assertThat(wire.jobs().tasks(JOB, filter)).hasSize(1));
        Map<String, String> query = ours.get(0).query();
        DetailLevel.Builder detail = new DetailLevel.Builder();
        if (query.containsKey("$filter")) {
            detail.withFilterClause(query.get("$filter"));
        }
        if (query.containsKey("$select")) {
            detail.withSelectClause(query.get("$select"));
        }

        List<WireRequest> official =
                wire.officialRequests(sdk -> assertThat(sdk.taskOperations().listTasks(JOB.value(), detail.build()))
                        .hasSize(1));

        WireComparison.requireSame(official, ours);
        assertThat(query.containsKey("$filter")).isEqualTo(filter != TaskFilter.ALL);
    }

    @Test
    void aTaskIsLookedUpInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.taskOperations().getTask(JOB.value(), TASK.task()),
                () -> assertThat(wire.jobs().task(TASK)).isPresent());
    }

    @Test
    void aTaskIsTerminatedInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.taskOperations().terminateTask(JOB.value(), TASK.task()),
                () -> wire.jobs().terminateTask(TASK));
    }

    @Test
    void aTaskIsReactivatedInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.taskOperations().reactivateTask(JOB.value(), TASK.task()),
                () -> wire.jobs().reactivateTask(TASK));
    }

    @Test
    void aTaskIsDeletedInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.taskOperations().deleteTask(JOB.value(), TASK.task()),
                () -> assertThat(wire.jobs().deleteTask(TASK)).isTrue());
    }

    /** Not through the official client's own division into collections: it misses a notification at times, and hangs. */
    private static void addCollection(BatchClient client, List<TaskAddParameter> tasks) {
        TaskAddCollectionResult result = client.protocolLayer().tasks().addCollection(JOB.value(), tasks);
        assertThat(result.value()).hasSameSizeAs(tasks);
    }

    private static List<WireRequest> byFirstTask(List<WireRequest> requests) {
        return requests.stream()
                .sorted((a, b) -> firstTask(a).compareTo(firstTask(b)))
                .toList();
    }

    private static String firstTask(WireRequest request) {
        return request.json().path("value").path(0).path("id").asText();
    }

    private static com.microsoft.azure.batch.protocol.models.OutputFile output(
            String pattern, String path, OutputFileUploadCondition condition) {
        return new com.microsoft.azure.batch.protocol.models.OutputFile()
                .withFilePattern(pattern)
                .withDestination(new OutputFileDestination()
                        .withContainer(new OutputFileBlobContainerDestination()
                                .withContainerUrl(OUTPUT.url().toString())
                                .withPath(path)
                                // The service itself says what kind of blob it writes.
                                .withUploadHeaders(List.of(new HttpHeader()
                                        .withName("x-ms-access-tier")
                                        .withValue("Cool")))))
                .withUploadOptions(new OutputFileUploadOptions().withUploadCondition(condition));
    }

    private static WireReply answer(WireRequest request) {
        if (request.rawPath().endsWith("/addtaskcollection")) {
            return WireReply.json(200, Documents.allAdded(request));
        }
        if (request.method().equals("GET")) {
            boolean list = request.rawPath().endsWith("/tasks");
            return WireReply.json(200, list ? "{\"value\": [" + Documents.TASK + "]}" : Documents.TASK);
        }
        return WireReply.empty(request.method().equals("DELETE") ? 200 : 204);
    }
}
