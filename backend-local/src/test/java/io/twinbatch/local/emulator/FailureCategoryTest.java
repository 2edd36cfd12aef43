package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.local.emulator.operation.Renderer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose fault a failed task is, in the service's words, and that its text is one for people. */
class FailureCategoryTest {
    @TempDir
    private Path folder;

    private HttpServer server;
    private ServiceRig rig;

    /** Answers with the status that the path names. */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1, 4));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        rig = new ServiceRig(folder).withJob(1, "");
    }

    @AfterEach
    void stop() {
        rig.close();
        server.stop(0);
    }

    private String url(int status) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + status + "?sig=secret";
    }

    private JsonNode failure(String script, String properties) throws InterruptedException {
        rig.addTask("t", script, properties);
        JsonNode failure = rig.awaitState("/jobs/j/tasks/t", "completed").at("/executionInfo/failureInfo");
        assertThat(failure.toString()).doesNotContain("secret", "Exception", "java.");
        return failure;
    }

    private static void requireUsersFault(JsonNode failure, String code) {
        assertThat(failure.get("category").textValue()).as(failure.toString()).isEqualTo("usererror");
        assertThat(failure.get("code").textValue()).as(failure.toString()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "'a,a/b', ResourceDirectoryCreateFailed, part of its path is a file",
        "'a/b,a', ResourceFileWriteFailed, it is a folder",
        "'a/b/c,a/b', ResourceFileWriteFailed, it is a folder"
    })
    void resourceFilesWithPathsThatExcludeEachOtherAreTheUsersFault(String paths, String code, String words)
            throws Exception {
        String files = Stream.of(paths.split(","))
                .map(path -> "{'httpUrl':'" + url(200) + "','filePath':'" + path + "'}")
                .collect(Collectors.joining(",", "'resourceFiles':[", "]"));
        JsonNode failure = failure("true", files);
        requireUsersFault(failure, code);
        assertThat(failure.get("message").textValue()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({"404, BlobNotFound", "403, BlobAccessDenied", "302, BlobDownloadMiscError"})
    void aResourceFileThatIsRefusedIsTheUsersFault(int status, String code) throws Exception {
        requireUsersFault(failure("true", "'resourceFiles':[{'httpUrl':'" + url(status) + "','filePath':'f'}]"), code);
    }

    @ParameterizedTest
    @CsvSource({"404, FileUploadContainerNotFound", "403, FileUploadAccessDenied", "409, FileUploadMiscError"})
    void anOutputFileThatIsRefusedIsTheUsersFault(int status, String code) throws Exception {
        String output = "'outputFiles':[{'filePattern':'../stdout.txt','destination':{'container':{'containerUrl':'"
                + url(status) + "'}},'uploadOptions':{'uploadCondition':'taskcompletion'}}]";
        requireUsersFault(failure("true", output), code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-program", "/etc/passwd", "/"})
    void aProgramThatCannotBeRunIsTheUsersFault(String program) throws Exception {
        rig.post(201, "/jobs/j/tasks", "{'id':'t','commandLine':'" + program + "'}");
        JsonNode failure = rig.awaitState("/jobs/j/tasks/t", "completed").at("/executionInfo/failureInfo");
        requireUsersFault(failure, "CommandProgramNotFound");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InternalError",
                "NodeFolderCreateFailed",
                "ProcessLimitReached",
                "DiskFull",
                "BlobDownloadTimedOut"
            })
    void whatTheMachineLacksIsItsOwnFault(String code) {
        assertThat(Renderer.failure(FailureInfo.of(code, "words"))
                        .get("category")
                        .textValue())
                .isEqualTo("servererror");
    }

    @Test
    void anExitCodeIsTheUsersFault() throws Exception {
        requireUsersFault(failure("exit 3", ""), "FailureExitCode");
    }
}
