package io.twinbatch.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class NodeTransferTest {
    private static final String SECRET = "sig=secret";

    @TempDir
    private Path folder;

    /** What the server answers, one after the other; the last one again and again. */
    private final Deque<Answer> answers = new ArrayDeque<>();

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final NodeTransfer transfer = new NodeTransfer(NodeStorage.NONE, pauses::add, Clock.systemUTC());
    private HttpServer server;

    /**
     * An answer of the server.
     *
     * @param declared how many bytes it says there are; more than there are breaks the connection off
     */
    private record Answer(int status, String body, long declared) {
        static Answer of(int status, String body) {
            return new Answer(status, body, body.length());
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " "
                        + exchange.getRequestHeaders().getFirst("x-kind") + " " + received);
        Answer answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        exchange.sendResponseHeaders(answer.status(), answer.declared() == 0 ? -1 : answer.declared());
        exchange.getResponseBody().write(answer.body().getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private SignedUrl url(String path) {
        return url(server.getAddress().getPort(), path);
    }

    private static SignedUrl url(int port, String path) {
        return new SignedUrl(
                URI.create("http://127.0.0.1:" + port + path + "?" + SECRET), Map.of("x-kind", "kind"), Instant.MAX);
    }

    private ResourceFile resource(String path) {
        return new ResourceFile(url("/container/object"), path);
    }

    private NodeTransfer.TransferFailed fetchFails(ResourceFile file) {
        NodeTransfer.TransferFailed failure =
                catchThrowableOfType(NodeTransfer.TransferFailed.class, () -> transfer.fetch(file, folder));
        assertThat(failure.failure().toString()).doesNotContain("secret", "Exception", "java.");
        return failure;
    }

    private NodeTransfer.TransferFailed uploadFails(SignedUrl container) throws IOException {
        Path file = Files.writeString(folder.resolve("out.txt"), "out");
        OutputFile output = new OutputFile("out.txt", container, "", OutputFile.Condition.COMPLETION);
        NodeTransfer.TransferFailed failure = catchThrowableOfType(
                NodeTransfer.TransferFailed.class, () -> transfer.upload(file, output.container(), "out.txt"));
        assertThat(failure.failure().toString()).doesNotContain("secret", "Exception", "java.");
        return failure;
    }

    @Test
    void aFileIsFetchedIntoItsFolderAndCanBeRun() throws Exception {
        answers.add(Answer.of(200, "content"));
        transfer.fetch(resource("a/b/file"), folder);
        Path file = folder.resolve("a/b/file");
        assertThat(file).hasContent("content");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxrwx---");
        assertThat(requests).containsExactly("GET /container/object null ");
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "429", "408"})
    void aPassingFailureIsTriedAgainAndLeavesNothingInTheFile(int status) throws Exception {
        answers.add(Answer.of(status, "a long page about what went wrong at the first try"));
        answers.add(Answer.of(200, "content"));
        transfer.fetch(resource("file"), folder);
        assertThat(folder.resolve("file")).hasContent("content");
        assertThat(pauses).hasSize(1);
    }

    @Test
    void aTransferThatBreaksOffIsTriedAgain() throws Exception {
        answers.add(new Answer(200, "only a part", 1_000_000));
        answers.add(Answer.of(200, "whole"));
        transfer.fetch(resource("file"), folder);
        assertThat(folder.resolve("file")).hasContent("whole");
    }

    @ParameterizedTest
    @CsvSource({
        "404, BlobNotFound, 1",
        "403, BlobAccessDenied, 1",
        "400, BlobDownloadMiscError, 1",
        "302, BlobDownloadMiscError, 1",
        "503, BlobDownloadMiscError, 8"
    })
    void aRefusedFetchHasTheServicesCode(int status, String code, int tries) {
        answers.add(Answer.of(status, "no"));
        NodeTransfer.TransferFailed failure = fetchFails(resource("file"));
        assertThat(failure.failure().code()).isEqualTo(code);
        assertThat(failure.failure().message()).contains("file").contains(Integer.toString(status));
        assertThat(requests).hasSize(tries);
    }

    @ParameterizedTest
    @CsvSource({
        "404, FileUploadContainerNotFound, 1",
        "403, FileUploadAccessDenied, 1",
        "400, FileUploadMiscError, 1",
        "503, FileUploadMiscError, 8"
    })
    void aRefusedUploadHasTheServicesCode(int status, String code, int tries) throws Exception {
        answers.add(Answer.of(status, "no"));
        NodeTransfer.TransferFailed failure = uploadFails(url("/container"));
        assertThat(failure.failure().code()).isEqualTo(code);
        assertThat(failure.failure().message()).contains("out.txt").contains(Integer.toString(status));
        assertThat(requests).hasSize(tries);
    }

    @Test
    void aServiceThatCannotBeReachedIsReportedAfterSomeTries() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);
        NodeTransfer.TransferFailed failure = fetchFails(new ResourceFile(url(port, "/c/o"), "file"));
        assertThat(failure.failure().code()).isEqualTo("BlobDownloadMiscError");
        assertThat(pauses).hasSize(7).allMatch(pause -> pause.compareTo(Duration.ofSeconds(8)) <= 0);
        assertThat(uploadFails(url(port, "/c")).failure().code()).isEqualTo("FileUploadMiscError");
    }

    @Test
    void anUploadSendsTheFileTheNameAndTheHeaders() throws Exception {
        answers.add(Answer.of(503, "busy"));
        answers.add(new Answer(201, "", 0));
        Path file = Files.writeString(folder.resolve("out.txt"), "content");
        OutputFile output = new OutputFile("out.txt", url("/container"), "", OutputFile.Condition.COMPLETION);
        transfer.upload(file, output.container(), "sub/ü 1.txt");
        assertThat(requests)
                .containsExactly(
                        "PUT /container/sub/%C3%BC%201.txt kind content",
                        "PUT /container/sub/%C3%BC%201.txt kind content");
    }

    @Test
    void aFileThatIsGoneIsReported() {
        OutputFile output = new OutputFile("gone", url("/container"), "", OutputFile.Condition.COMPLETION);
        NodeTransfer.TransferFailed failure = catchThrowableOfType(
                NodeTransfer.TransferFailed.class,
                () -> transfer.upload(folder.resolve("gone"), output.container(), "gone"));
        assertThat(failure.failure().code()).isEqualTo("FileUploadMiscError");
        assertThat(failure.failure().message())
                .isEqualTo("the output file gone cannot be read: no such file or folder");
        assertThat(requests).isEmpty();
    }

    @Test
    void aTargetThatCannotBeWrittenIsReported() throws Exception {
        answers.add(Answer.of(200, "content"));
        Files.createDirectory(folder.resolve("taken"));
        assertThat(fetchFails(resource("taken")).failure().code()).isEqualTo("ResourceFileWriteFailed");
        Files.createFile(folder.resolve("file"));
        assertThat(fetchFails(resource("file/deeper")).failure().code()).isEqualTo("ResourceDirectoryCreateFailed");
    }

    @Test
    void aUrlThatHasExpiredIsSaidToHave() throws Exception {
        answers.add(Answer.of(403, "no"));
        Instant past = Instant.parse("2026-01-01T00:00:00Z");
        SignedUrl expired = new SignedUrl(url("/container/object").url(), Map.of(), past);
        assertThat(fetchFails(new ResourceFile(expired, "file")).failure().message())
                .endsWith("HTTP status 403: its signed URL expired at 2026-01-01T00:00:00Z");
        assertThat(uploadFails(expired).failure().message()).endsWith("expired at 2026-01-01T00:00:00Z");
        assertThat(fetchFails(resource("file")).failure().message())
                .endsWith("HTTP status 403: its URL is not signed, or its signature does not allow it");
    }

    @ParameterizedTest
    @CsvSource({
        "404, BlobNotFound, HTTP status 404: nothing is at its URL",
        "302, BlobDownloadMiscError, 'HTTP status 302: its URL leads to another one, which is not followed'",
        "410, BlobDownloadMiscError, HTTP status 410"
    })
    void whatTheUrlAnswersIsSaid(int status, String code, String words) {
        answers.add(Answer.of(status, "no"));
        FailureInfo failure = fetchFails(resource("file")).failure();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).isEqualTo("the resource file file was refused with " + words);
    }

    @Test
    void whatKeepsAResourceFileFromItsPlaceIsSaidInPlainWords() throws Exception {
        answers.add(Answer.of(200, "content"));
        Files.createFile(folder.resolve("file"));
        Files.createDirectory(folder.resolve("taken"));
        assertThat(fetchFails(resource("file/deeper")).failure().message())
                .isEqualTo(
                        "the folder for the resource file file/deeper cannot be made: a part of its path is a file; no"
                                + " file can lie below another one");
        assertThat(fetchFails(resource("file/deep/deeper")).failure().message())
                .contains("cannot be made: a part of its path is a file");
        assertThat(fetchFails(resource("taken")).failure().message())
                .isEqualTo("the resource file taken could not be written: it is a folder");
        assertThat(fetchFails(resource("n".repeat(300))).failure().message())
                .endsWith("could not be written: its name is too long for the file system");
        assertThat(fetchFails(resource("n".repeat(300) + "/file")).failure().message())
                .endsWith("cannot be made: its name is too long for the file system");
    }

    @Test
    void aConnectionThatFailsIsSaidInPlainWords() throws Exception {
        answers.add(new Answer(200, "half", 1000));
        assertThat(fetchFails(resource("file")).failure().message())
                .isEqualTo("the transfer of the resource file file failed: it ended before all bytes arrived");
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(fetchFails(new ResourceFile(url(port, "/object"), "file"))
                        .failure()
                        .message())
                .isEqualTo("the transfer of the resource file file failed: the connection was refused; no program"
                        + " listens there");
        SignedUrl nowhere = new SignedUrl(URI.create("http://nowhere.invalid/f?" + SECRET), Map.of(), Instant.MAX);
        assertThat(fetchFails(new ResourceFile(nowhere, "file")).failure().message())
                .isEqualTo("the transfer of the resource file file failed: the host name cannot be resolved");
    }

    @Test
    void noFileIsWrittenThroughALink() throws Exception {
        answers.add(Answer.of(200, "content"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path inside = Files.createDirectory(folder.resolve("wd"));
        Files.writeString(outside.resolve("file"), "untouched");
        Files.createSymbolicLink(inside.resolve("folder"), outside);
        Files.createSymbolicLink(inside.resolve("file"), outside.resolve("file"));
        Files.createSymbolicLink(inside.resolve("dangling"), outside.resolve("new"));
        for (String path : List.of("folder/file", "folder/new/file", "file", "dangling")) {
            NodeTransfer.TransferFailed failure = catchThrowableOfType(
                    NodeTransfer.TransferFailed.class, () -> transfer.fetch(resource(path), inside));
            assertThat(failure.failure().code()).isEqualTo("ResourceFileCreateFailed");
        }
        assertThat(outside.resolve("file")).hasContent("untouched");
        assertThat(outside).isDirectoryNotContaining("glob:**new");
        assertThat(requests).isEmpty();
    }
}
