package io.twinbatch.local.emulator.file;

import static io.twinbatch.local.emulator.ServiceRig.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.ServiceTest;
import io.twinbatch.local.emulator.http.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileOperationsTest extends ServiceTest {
    private static final String FILES = "/jobs/j/tasks/t/files";

    @BeforeEach
    void prepare() throws Exception {
        rig.withJob(1, "").addTask("t", "echo hello; mkdir out; echo x > out/a", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");
    }

    private List<String> names(String url) {
        List<String> names = new ArrayList<>();
        rig.get(url).get("value").forEach(file -> names.add(file.get("name").textValue()));
        return names;
    }

    @Test
    void filesAreListedFlatUnlessAskedDeep() {
        assertThat(names(FILES)).containsExactly("certs", "stderr.txt", "stdout.txt", "wd");
        assertThat(names(FILES + "?recursive=true")).contains("wd/out", "wd/out/a", "stdout.txt");
        assertThat(names(FILES + "?recursive=true&$filter=startswith(name,'wd/')"))
                .containsExactly("wd/out", "wd/out/a");
        JsonNode file =
                rig.get(FILES + "?$filter=name eq 'stdout.txt'").get("value").get(0);
        assertThat(file.get("isDirectory").booleanValue()).isFalse();
        assertThat(file.get("properties").get("contentLength").textValue()).isEqualTo("6");
        assertThat(file.get("properties").get("contentType").textValue()).isEqualTo("text/plain");
        assertThat(file.get("properties").get("fileMode").textValue()).startsWith("0o100");
        String node = rig.get("/pools/p/nodes").get("value").get(0).get("id").textValue();
        assertThat(names("/pools/p/nodes/" + node + "/files"))
                .containsExactly("applications", "fsmounts", "shared", "startup", "volatile", "workitems");
    }

    @Test
    void aFileIsReadWholeAndInParts() {
        Reply whole = rig.call(200, "GET", FILES + "/stdout.txt", Map.of(), "");
        assertThat(ServiceRig.text(whole)).isEqualTo("hello\n");
        assertThat(whole.headers())
                .containsEntry("Content-Type", "text/plain")
                .containsEntry("ocp-batch-file-isdirectory", "False")
                .containsKeys("Last-Modified", "ocp-batch-file-mode", "ocp-batch-file-url");
        Reply part = rig.call(200, "GET", FILES + "/stdout.txt", Map.of("ocp-range", "bytes=1-3"), "");
        assertThat(ServiceRig.text(part)).isEqualTo("ell");
        Reply rest = rig.call(200, "GET", FILES + "/stdout.txt", Map.of("ocp-range", "bytes=4-"), "");
        assertThat(ServiceRig.text(rest)).isEqualTo("o\n");
        for (String range : List.of("bytes=6-7", "bytes=3-1", "bytes=a-b", "1-2", "bytes=-5")) {
            assertThat(rig.refused("GET", FILES + "/stdout.txt", Map.of("ocp-range", range), "")
                            .code())
                    .isEqualTo("InvalidRange");
        }
    }

    @Test
    void filesOfNodesAreReadToo() {
        String node = rig.get("/pools/p/nodes").get("value").get(0).get("id").textValue();
        String file = "/pools/p/nodes/" + node + "/files/workitems%2Fj%2Fjob-1%2Ft%2Fstdout.txt";
        assertThat(ServiceRig.text(rig.call(200, "GET", file, Map.of(), ""))).isEqualTo("hello\n");
        rig.call(200, "DELETE", file, Map.of(), "");
        rig.refused(404, "FileNotFound", "GET", file, "");
        rig.refused(404, "NodeNotFound", "GET", "/pools/p/nodes/none/files", "");
    }

    @Test
    void slashesInAPathMayBeEscapedOrNot() {
        assertThat(ServiceRig.text(rig.call(200, "GET", FILES + "/wd%2Fout%2Fa", Map.of(), "")))
                .isEqualTo("x\n");
        assertThat(ServiceRig.text(rig.call(200, "GET", FILES + "/wd/out/a", Map.of(), "")))
                .isEqualTo("x\n");
    }

    @Test
    void propertiesAreToldWithoutTheFile() {
        Reply file = rig.call(200, "HEAD", FILES + "/stdout.txt", Map.of(), "");
        assertThat(((Reply.Bytes) file.body()).length()).isEqualTo(6);
        Reply directory = rig.call(200, "HEAD", FILES + "/wd", Map.of(), "");
        assertThat(directory.headers()).containsEntry("ocp-batch-file-isdirectory", "True");
        assertThat(rig.call(
                                "GET",
                                FILES + "/stdout.txt",
                                Map.of("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT"),
                                "")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void aFileIsDeletedAndADirectoryOnlyWithItsContent() {
        rig.call(200, "DELETE", FILES + "/stdout.txt", Map.of(), "");
        rig.refused(404, "FileNotFound", "GET", FILES + "/stdout.txt", "");
        rig.refused(400, "InvalidQueryParameterValue", "DELETE", FILES + "/wd%2Fout", "");
        rig.call(200, "DELETE", FILES + "/wd%2Fout?recursive=true", Map.of(), "");
        assertThat(names(FILES + "?recursive=true")).containsExactly("certs", "stderr.txt", "wd");
    }

    @Test
    void noPathLeavesTheFolder() {
        rig.refused(400, "InvalidUri", "GET", FILES + "/..%2F..%2F..%2Fstartup", "");
        rig.refused(400, "InvalidUri", "GET", FILES + "/%00", "");
        rig.refused(404, "FileNotFound", "GET", FILES + "/none", "");
        rig.refused(404, "FileNotFound", "GET", FILES + "/stdout.txt%2Fbelow", "");
        rig.refused(404, "TaskNotFound", "GET", "/jobs/j/tasks/none/files", "");
        rig.post(201, "/jobs/j/tasks", "{'id':'new','commandLine':'x','requiredSlots':2}");
        assertThat(rig.get(FILES).get("odata.metadata").textValue()).isEqualTo(BASE + "/$metadata#files");
    }

    @Test
    void aLinkThatATaskHasMadeLeadsNowhere() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        rig.addTask("links", "ln -s " + secret + " file; ln -s " + folder + " folder; ln -s ../../t/wd/out other", "");
        rig.awaitState("/jobs/j/tasks/links", "completed");
        String files = "/jobs/j/tasks/links/files";
        for (String method : List.of("GET", "HEAD", "DELETE")) {
            rig.refused(400, "InvalidUri", method, files + "/wd%2Ffile", "");
            rig.refused(400, "InvalidUri", method, files + "/wd%2Ffolder%2Fsecret", "");
            rig.refused(400, "InvalidUri", method, files + "/wd%2Fother%2Fa", "");
        }
        assertThat(names(files + "?recursive=true")).contains("wd/folder").doesNotContain("wd/folder/secret");
        assertThat(secret).hasContent("secret");
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        rig.addTask("pipe", "mkfifo p", "");
        rig.awaitState("/jobs/j/tasks/pipe", "completed");
        rig.refused(400, "OperationNotValidOnNode", "GET", "/jobs/j/tasks/pipe/files/wd%2Fp", "");
    }

    @Test
    void theFolderOfATaskOrNodeIsNotDeletedAsAFile() {
        String node = rig.get("/pools/p/nodes").get("value").get(0).get("id").textValue();
        for (String path : List.of(".", "wd%2F..", "wd%2F.%2Fout%2F..%2F..")) {
            rig.refused(400, "InvalidUri", "DELETE", FILES + "/" + path + "?recursive=true", "");
        }
        rig.refused(400, "InvalidUri", "DELETE", "/pools/p/nodes/" + node + "/files/shared%2F..?recursive=true", "");
        assertThat(names(FILES)).contains("wd");
    }

    @Test
    void pathsThatLeaveTheirFolderAreRefusedWithTheTask() {
        String source = "'httpUrl':'http://127.0.0.1:1/c/b','filePath':";
        for (String path : List.of("../x", "/etc/x", "wd/../..", "a/../../x", "a\\u0000b", "a\\nb", "a//b")) {
            rig.refused(
                    400,
                    "InvalidPropertyValue",
                    "POST",
                    "/jobs/j/tasks",
                    ServiceRig.task("bad", "true", "'resourceFiles':[{" + source + "'" + path + "'}]"));
            rig.refused(
                    400,
                    "InvalidPropertyValue",
                    "POST",
                    "/jobs/j/tasks",
                    ServiceRig.task(
                            "bad",
                            "true",
                            "'resourceFiles':[{'storageContainerUrl':'http://127.0.0.1:1/c','filePath':'" + path
                                    + "'}]"));
        }
        for (String pattern : List.of("../../x", "/../etc/passwd", "a/../../../x", "*/../../../x", "a\\u0000")) {
            rig.refused(400, "InvalidPropertyValue", "POST", "/jobs/j/tasks", output(pattern, "x"));
        }
        for (String name : List.of("../other/x", "a/./b", "a\\nb")) {
            rig.refused(400, "InvalidPropertyValue", "POST", "/jobs/j/tasks", output("*.txt", name));
        }
        rig.refused(404, "TaskNotFound", "GET", "/jobs/j/tasks/bad", "");
    }

    private static String output(String pattern, String path) {
        return ServiceRig.task(
                "bad",
                "true",
                "'outputFiles':[{'filePattern':'" + pattern
                        + "','destination':{'container':{'containerUrl':'http://127.0.0.1:1/c','path':'" + path
                        + "'}},'uploadOptions':{'uploadCondition':'tasksuccess'}}]");
    }

    @Test
    void aTaskThatHasNotRunHasNoFiles() {
        rig.post(201, "/jobs", "{'id':'other','poolInfo':{'poolId':'none'}}");
        rig.post(201, "/jobs/other/tasks", "{'id':'t','commandLine':'x'}");
        rig.refused(409, "TaskFilesUnavailable", "GET", "/jobs/other/tasks/t/files", "");
    }
}
