package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resource files that are whole containers, and output files, with a store that answers as Blob Storage does. */
class ContainerFilesTest {
    @TempDir
    private Path folder;

    private final Map<String, String> uploaded = new ConcurrentHashMap<>();

    private HttpServer store;
    private ServiceRig rig;

    @BeforeEach
    void open() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", this::answer);
        store.start();
        rig = new ServiceRig(folder.resolve("state")).withJob(1, "");
    }

    @AfterEach
    void close() {
        rig.close();
        store.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("PUT")) {
            uploaded.put(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
            return;
        }
        String body = "content of " + path;
        int status = query.startsWith("sig=right") ? 200 : 403;
        if (query.contains("comp=list")) {
            boolean second = query.contains("marker=more");
            body = path.startsWith("/folders")
                    ? list(path)
                    : "<?xml version='1.0'?><EnumerationResults><Prefix>in/</Prefix><Blobs><Blob><Name>"
                            + (path.equals("/bad") ? "../out" : second ? "in/b c" : "in/a") + "</Name></Blob></Blobs>"
                            + (second ? "<NextMarker/>" : "<NextMarker>more</NextMarker>") + "</EnumerationResults>";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String list(String path) {
        String marked = "<Properties><Content-Length>0</Content-Length></Properties>";
        return "<?xml version='1.0'?><EnumerationResults><Blobs>"
                + "<Blob><Name>/</Name></Blob><Blob><Name>in/</Name></Blob><Blob><Name>in/empty/</Name></Blob>"
                + "<Blob><Name>in/marked</Name>" + marked
                + "<Metadata><hdi_isfolder>true</hdi_isfolder><Name>other</Name></Metadata></Blob>"
                + "<Blob><Name>in/marked/x</Name></Blob>"
                + "<Blob><Name>in/typed</Name><Properties><ResourceType>directory</ResourceType></Properties></Blob>"
                + "<Blob><Name>in/plain &amp; 'odd' {x}</Name><Metadata><hdi_isfolder>false</hdi_isfolder></Metadata></Blob>"
                + "<Blob><Name Encoded='true'>in/a%2Bb</Name></Blob><Blob><Name>in//double</Name></Blob>"
                + (path.equals("/folders-and-file") ? "<Blob><Name>in/marked</Name></Blob>" : "")
                + (path.equals("/folders-below-file") ? "<Blob><Name>in/double/x</Name></Blob>" : "")
                + (path.equals("/folders-over-file") ? "<Blob><Name>in/double/</Name></Blob>" : "")
                + "</Blobs><NextMarker/></EnumerationResults>";
    }

    private String container(String path, String signature) {
        return "'resourceFiles':[{'storageContainerUrl':'http://127.0.0.1:"
                + store.getAddress().getPort() + path + "?sig=" + signature
                + "','blobPrefix':'in/','filePath':'data'}]";
    }

    @Test
    void allFilesOfAContainerAreThereBeforeTheTask() throws Exception {
        rig.addTask("t", "cat data/in/a data/in/b*", container("/c", "right"));
        rig.awaitState("/jobs/j/tasks/t", "completed");
        assertThat(ServiceRig.text(rig.call(200, "GET", "/jobs/j/tasks/t/files/stdout.txt", Map.of(), "")))
                .isEqualTo("content of /c/in/acontent of /c/in/b c");
    }

    @Test
    void aContainerThatCannotBeReadKeepsTheTaskFromStarting() throws Exception {
        rig.addTask("denied", "true", container("/c", "wrong")).addTask("escapes", "true", container("/bad", "right"));
        assertThat(code("denied")).isEqualTo("BlobAccessDenied");
        assertThat(code("escapes")).isEqualTo("ResourceFileCreateFailed");
        JsonNode shown = rig.get("/jobs/j/tasks/denied").get("executionInfo").get("failureInfo");
        assertThat(shown.toString()).doesNotContain("sig=");
    }

    @Test
    void whatStandsForAFolderMakesOne() throws Exception {
        rig.addTask("t", "cd data/in; find . | sort; cat marked/x", container("/folders", "right"));
        rig.awaitState("/jobs/j/tasks/t", "completed");
        assertThat(ServiceRig.text(rig.call(200, "GET", "/jobs/j/tasks/t/files/stdout.txt", Map.of(), ""))
                        .lines())
                .containsExactlyInAnyOrder(
                        ".",
                        "./a+b",
                        "./double",
                        "./empty",
                        "./marked",
                        "./marked/x",
                        "./plain & 'odd' {x}",
                        "./typed",
                        "content of /folders/in/marked/x");
    }

    @ParameterizedTest
    @CsvSource({
        "/folders-and-file, ResourceFileWriteFailed, it is a folder",
        "/folders-below-file, ResourceDirectoryCreateFailed, no file can lie below another one",
        "/folders-over-file, ResourceDirectoryCreateFailed, a file has the same name"
    })
    void aFileAndAFolderOfOneNameFailTheTaskInPlainWords(String container, String code, String words) throws Exception {
        rig.addTask("t", "true", container(container, "right"));
        JsonNode failure = rig.awaitState("/jobs/j/tasks/t", "completed")
                .get("executionInfo")
                .get("failureInfo");
        assertThat(failure.get("code").textValue()).isEqualTo(code);
        assertThat(failure.get("message").textValue()).contains(words).doesNotContain("Exception");
    }

    private String output(String pattern, String path) {
        return "{'filePattern':'" + pattern + "','destination':{'container':{'containerUrl':'http://127.0.0.1:"
                + store.getAddress().getPort() + "/out?sig=right'" + (path.isEmpty() ? "" : ",'path':'" + path + "'")
                + "}},'uploadOptions':{'uploadCondition':'taskcompletion'}}";
    }

    @Test
    void outputsAreFoundByVariablesAndAbsolutePaths() throws Exception {
        String outputs = Stream.of(
                        output("$AZ_BATCH_TASK_ID.log", "single"),
                        output("$AZ_BATCH_TASK_ID.log", ""),
                        output("${AZ_BATCH_NODE_SHARED_DIR}/*.csv", "shared"),
                        output("$MINE", "/leading//double"),
                        output("../std*.txt", "/logs"))
                .collect(Collectors.joining(","));
        rig.addTask(
                "t",
                "echo one > t.log; echo two > $AZ_BATCH_NODE_SHARED_DIR/s.csv; echo three > mine.txt",
                "'environmentSettings':[{'name':'MINE','value':'m*.txt'}],'outputFiles':[" + outputs + "]");
        JsonNode info = rig.awaitState("/jobs/j/tasks/t", "completed").get("executionInfo");
        assertThat(info.get("result").textValue()).isEqualTo("success");
        assertThat(uploaded)
                .containsOnly(
                        Map.entry("/out/single", "one\n"),
                        Map.entry("/out/t.log", "one\n"),
                        Map.entry("/out/shared/s.csv", "two\n"),
                        Map.entry("/out//leading//double/mine.txt", "three\n"),
                        Map.entry("/out//logs/stderr.txt", ""),
                        Map.entry("/out//logs/stdout.txt", ""));
    }

    private String code(String task) throws InterruptedException {
        return rig.awaitState("/jobs/j/tasks/" + task, "completed")
                .get("executionInfo")
                .get("failureInfo")
                .get("code")
                .textValue();
    }
}
