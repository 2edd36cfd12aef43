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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resource files that are whole containers, from a store that answers as Blob Storage does. */
class ContainerFilesTest {
    @TempDir
    private Path folder;

    private HttpServer store;
    private ServiceRig rig;

    @BeforeEach
    void open() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", ContainerFilesTest::answer);
        store.start();
        rig = new ServiceRig(folder.resolve("state")).withJob(1, "");
    }

    @AfterEach
    void close() {
        rig.close();
        store.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String path = exchange.getRequestURI().getPath();
        String body = "content of " + path;
        int status = query.startsWith("sig=right") ? 200 : 403;
        if (query.contains("comp=list")) {
            boolean second = query.contains("marker=more");
            body = "<?xml version='1.0'?><EnumerationResults><Prefix>in/</Prefix><Blobs><Blob><Name>"
                    + (path.equals("/bad") ? "../out" : second ? "in/b c" : "in/a") + "</Name></Blob></Blobs>"
                    + (second ? "<NextMarker/>" : "<NextMarker>more</NextMarker>") + "</EnumerationResults>";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
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

    private String code(String task) throws InterruptedException {
        return rig.awaitState("/jobs/j/tasks/" + task, "completed")
                .get("executionInfo")
                .get("failureInfo")
                .get("code")
                .textValue();
    }
}
