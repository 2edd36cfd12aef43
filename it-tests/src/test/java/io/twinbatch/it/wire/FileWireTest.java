package io.twinbatch.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.DetailLevel;
import com.microsoft.azure.batch.protocol.Files;
import com.microsoft.azure.batch.protocol.models.FileGetFromComputeNodeOptions;
import com.microsoft.azure.batch.protocol.models.FileGetFromTaskOptions;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests about nodes and files are those of the official client. */
class FileWireTest {
    private static final PoolId POOL = new PoolId("render-1");
    private static final NodeId NODE = new NodeId("tvm-1");
    private static final TaskKey TASK = new TaskKey(new JobId("frames-7"), "frame-1");
    private static final String PATH = "wd/out put/a+b%c.txt";

    private WireComparison wire;

    @BeforeEach
    void start() throws Exception {
        wire = WireComparison.start(FileWireTest::answer);
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void nodesAreListedInTheSameWords() throws Exception {
        List<WireRequest> ours =
                wire.ourRequests(() -> assertThat(wire.pools().nodes(POOL)).hasSize(1));
        DetailLevel sameProperties = new DetailLevel.Builder()
                .withSelectClause(ours.get(0).query().get("$select"))
                .build();

        List<WireRequest> official = wire.officialRequests(
                sdk -> assertThat(sdk.computeNodeOperations().listComputeNodes(POOL.value(), sameProperties))
                        .hasSize(1));

        WireComparison.requireSame(official, ours);
    }

    @Test
    void theFilesOfATaskAreListedInTheSameWords() throws Exception {
        DetailLevel everything = new DetailLevel.Builder().build();
        wire.requireSame(
                sdk -> assertThat(sdk.fileOperations()
                                .listFilesFromTask(TASK.job().value(), TASK.task(), true, everything))
                        .hasSize(2),
                () -> assertThat(wire.jobs().files(TASK)).hasSize(2));
    }

    @Test
    void theFilesOfANodeAreListedInTheSameWords() throws Exception {
        DetailLevel everything = new DetailLevel.Builder().build();
        wire.requireSame(
                sdk -> assertThat(sdk.fileOperations()
                                .listFilesFromComputeNode(POOL.value(), NODE.value(), true, everything))
                        .hasSize(2),
                () -> assertThat(wire.pools().files(POOL, NODE, "")).hasSize(2));
    }

    @Test
    void aTasksFileIsReadFromItsBeginningInTheSameWords() throws Exception {
        List<WireRequest> official = wire.officialRequests(sdk -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            sdk.fileOperations().getFileFromTask(TASK.job().value(), TASK.task(), PATH, out);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("text");
        });
        List<WireRequest> ours = wire.ourRequests(() -> read(() -> wire.jobs().readFile(TASK, PATH, 0)));

        WireComparison.requireSame(official, ours);
        assertThat(ours.get(0).segments()).as("the path is one segment").endsWith("files", PATH);
    }

    @Test
    void aTasksFileIsReadFromAPositionInTheSameWords() throws Exception {
        String job = TASK.job().value();
        FileGetFromTaskOptions part = new FileGetFromTaskOptions().withOcpRange("bytes=5-8");
        wire.requireSame(
                sdk -> {
                    Files files = sdk.protocolLayer().files();
                    files.getPropertiesFromTask(job, TASK.task(), PATH);
                    files.getFromTask(job, TASK.task(), PATH, part).close();
                },
                () -> read(() -> wire.jobs().readFile(TASK, PATH, 5)));
    }

    @Test
    void aNodesFileIsReadInTheSameWords() throws Exception {
        String path = "startup/stderr.txt";
        FileGetFromComputeNodeOptions part = new FileGetFromComputeNodeOptions().withOcpRange("bytes=5-8");
        wire.requireSame(
                sdk -> {
                    Files files = sdk.protocolLayer().files();
                    files.getPropertiesFromComputeNode(POOL.value(), NODE.value(), path);
                    files.getFromComputeNode(POOL.value(), NODE.value(), path, part)
                            .close();
                },
                () -> read(() -> wire.pools().readFile(POOL, NODE, path, 5)));
    }

    private static void read(Supplier<InputStream> file) {
        try (InputStream in = file.get()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("text");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WireReply answer(WireRequest request) {
        if (request.rawPath().endsWith("/nodes")) {
            return WireReply.json(200, """
                    {"value": [{"id": "tvm-1", "state": "idle", "schedulingState": "enabled", "isDedicated": true,
                      "vmSize": "standard_d2s_v5", "allocationTime": "2026-11-22T10:00:00Z"}]}""");
        }
        if (request.rawPath().endsWith("/files")) {
            return WireReply.json(200, """
                    {"value": [{"name": "wd", "url": "http://h/wd", "isDirectory": true},
                      {"name": "stdout.txt", "url": "http://h/stdout.txt", "isDirectory": false, "properties":
                        {"lastModified": "2026-11-22T10:00:00Z", "contentLength": "4", "contentType": "text/plain",
                         "fileMode": "0o100644"}}]}""");
        }
        if (request.method().equals("HEAD")) {
            // Nine bytes, of which the last four are "text".
            return WireReply.empty(200)
                    .with("Content-Length", "9")
                    .with("ocp-batch-file-isdirectory", "False")
                    .with("ocp-batch-file-mode", "0o100644");
        }
        return WireReply.file("text")
                .with("ocp-batch-file-isdirectory", "False")
                .with("ocp-batch-file-mode", "0o100644");
    }
}
