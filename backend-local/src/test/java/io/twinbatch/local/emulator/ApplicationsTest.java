package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.application.ApplicationPackages;
import io.twinbatch.local.application.ZipFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Application packages of the account, of pools and of tasks. */
class ApplicationsTest {
    private static final String CODE = "InvalidApplicationPackageReferences";

    @TempDir
    private Path temporary;

    private Path folder;
    private ServiceRig rig;

    @BeforeEach
    void open() throws Exception {
        folder = Files.createDirectory(temporary.resolve("applications"));
        ZipFiles.program(folder, "Blender", "2.7", "echo blender $1");
        ZipFiles.program(folder, "tool", "1", "echo tool one $1");
        ZipFiles.program(folder, "tool", "2", "echo tool two $1");
        reopen();
    }

    private void reopen() {
        rig = new ServiceRig(temporary.resolve("state"), ApplicationPackages.in(folder));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static String references(String id, String version) {
        return "'applicationPackageReferences':[{'applicationId':'" + id + "'"
                + (version.isEmpty() ? "" : ",'version':'" + version + "'") + "}]";
    }

    private String output(String task) throws Exception {
        JsonNode ended = rig.awaitState("/jobs/j/tasks/" + task, "completed");
        assertThat(ended.get("executionInfo").path("exitCode").asInt(-1))
                .as(ended.toString())
                .isZero();
        return ServiceRig.text(rig.call(200, "GET", "/jobs/j/tasks/" + task + "/files/stdout.txt", Map.of(), ""));
    }

    private static String run(String variable) {
        return "$AZ_BATCH_APP_PACKAGE_" + variable + "/bin/run here";
    }

    @Test
    void applicationsAreListedPageByPage() {
        JsonNode first = rig.get("/applications?maxresults=1");
        assertThat(first.at("/value/0/id").textValue()).isEqualTo("Blender");
        assertThat(first.at("/value/0/versions").toString()).isEqualTo("[\"2.7\"]");
        String next = first.get("odata.nextLink").textValue().substring(ServiceRig.BASE.length());
        JsonNode second = rig.get(next);
        assertThat(second.at("/value/0/versions").toString()).isEqualTo("[\"1\",\"2\"]");
        assertThat(second.has("odata.nextLink")).isFalse();
        assertThat(rig.get("/applications/blender").get("displayName").textValue())
                .isEqualTo("Blender");
        rig.refused(404, "ApplicationNotFound", "GET", "/applications/none", "");
    }

    @Test
    void tasksOfAPoolFindItsPackagesAndThoseOfTheirOwn() throws Exception {
        rig.post(
                201,
                "/pools",
                ServiceRig.pool(
                        "p",
                        "'targetDedicatedNodes':1," + references("blender", "2.7")
                                + ",'startTask':{'commandLine':'/bin/sh -c \\\"" + run("Blender_2_7") + "\\\"'}"));
        rig.withJobAlone("");
        assertThat(rig.get("/pools/p")
                        .at("/applicationPackageReferences/0/applicationId")
                        .textValue())
                .isEqualTo("blender");
        rig.addTask("a", run("Blender_2_7") + " && " + run("blender_2_7"), "");
        assertThat(output("a")).isEqualTo("blender here\nblender here\n");
        rig.addTask("b", run("tool_2") + " && " + run("Blender_2_7"), references("tool", "2"));
        assertThat(output("b")).isEqualTo("tool two here\nblender here\n");
        rig.addTask("c", "test -z $AZ_BATCH_APP_PACKAGE_tool_2", "");
        assertThat(output("c")).isEmpty();
        JsonNode node = rig.get("/pools/p/nodes").at("/value/0");
        assertThat(node.at("/startTaskInfo/exitCode").intValue()).isZero();
    }

    @Test
    void aReferenceWithoutAVersionIsToTheDefaultOne() throws Exception {
        rig.withPool(1).withJobAlone("");
        String any = references("tool", "");
        rig.refused(409, CODE, "POST", "/jobs/j/tasks", ServiceRig.task("t", "true", any));
        Files.writeString(folder.resolve("tool/default"), "2");
        rig.addTask("t", run("tool"), any);
        assertThat(output("t")).isEqualTo("tool two here\n");
    }

    @Test
    void aJobManagerHasPackagesToo() throws Exception {
        rig.withPool(1);
        rig.refused(
                409,
                CODE,
                "POST",
                "/jobs",
                "{'id':'j','poolInfo':{'poolId':'p'},'jobManagerTask':{'id':'m','commandLine':'/bin/true',"
                        + references("tool", "3") + "}}");
        rig.withJobAlone("'jobManagerTask':{'id':'m','commandLine':'/bin/sh -c \\\"" + run("tool_1") + "\\\"',"
                + references("tool", "1") + "}");
        assertThat(output("m")).isEqualTo("tool one here\n");
    }

    @Test
    void unknownPackagesAreAConflictWhereverTheyAreNamed() {
        rig.withPool(0).withJobAlone("");
        String unknown = references("tool", "3");
        rig.refused(409, CODE, "POST", "/pools", ServiceRig.pool("q", unknown));
        rig.refused(409, CODE, "PATCH", "/pools/p", "{" + unknown + "}");
        rig.refused(409, CODE, "POST", "/jobs/j/tasks", ServiceRig.task("t", "true", unknown));
        String automatic = "'poolInfo':{'autoPoolSpecification':{'poolLifetimeOption':'job','pool':{'vmSize':"
                + "'standard_d2s_v5'," + ServiceRig.MACHINE + "," + unknown + "}}}";
        rig.refused(409, CODE, "POST", "/jobs", "{'id':'auto'," + automatic + "}");
        rig.refused(
                409, CODE, "POST", "/jobschedules", "{'id':'s','schedule':{},'jobSpecification':{" + automatic + "}}");
        JsonNode collection = ServiceRig.json(rig.post(
                200,
                "/jobs/j/addtaskcollection",
                "{'value':[" + ServiceRig.task("a", "true", unknown) + "," + ServiceRig.task("b", "true", "") + "]}"));
        assertThat(collection.at("/value/0/error/code").textValue()).isEqualTo(CODE);
        assertThat(collection.at("/value/1/status").textValue()).isEqualTo("Success");
    }

    @Test
    void packagesOfAChangedPoolComeWithTheNextRebootAndOutliveTheEngine() throws Exception {
        rig.withPool(1).withJobAlone("");
        JsonNode nodes = rig.await(
                "/pools/p/nodes", list -> list.at("/value/0/state").asText().equals("idle"));
        String node = "/pools/p/nodes/" + nodes.at("/value/0/id").textValue();
        rig.call(200, "PATCH", "/pools/p", Map.of(), "{" + references("tool", "1") + "}");
        rig.addTask("a", "test -z $AZ_BATCH_APP_PACKAGE_tool_1", "");
        assertThat(output("a")).isEmpty();
        rig.post(202, node + "/reboot", "");
        rig.awaitState(node, "idle");
        rig.close();
        reopen();
        rig.addTask("b", run("tool_1"), "");
        assertThat(output("b")).isEqualTo("tool one here\n");
        rig.post(202, node + "/reimage", "");
        rig.awaitState(node, "idle");
        rig.addTask("c", run("tool_1"), "");
        assertThat(output("c")).isEqualTo("tool one here\n");
    }

    @Test
    void aTaskThatIsEndedWhileItsPackageIsUnpackedIsNotSaidToLackIt() throws Exception {
        try (OutputStream bytes = Files.newOutputStream(folder.resolve("tool/large.zip"));
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < 128; i++) {
                zip.write(megabyte);
            }
        }
        rig.withPool(1).withJobAlone("").addTask("t", "sleep 600", references("tool", "large"));
        String node = rig.awaitState("/jobs/j/tasks/t", "running")
                .at("/nodeInfo/nodeId")
                .textValue();
        Path volatiles = rig.engine()
                .nodeFolder(new PoolId("p"), new NodeId(node))
                .root()
                .resolve("volatile");
        JsonNode unused = rig.await(
                "/jobs/j/tasks/t",
                task -> holdsSomething(volatiles)
                        || Files.exists(volatiles.resolveSibling("applications").resolve("tool")));
        rig.call(204, "POST", "/jobs/j/tasks/t/terminate", Map.of(), "");
        JsonNode ended = rig.awaitState("/jobs/j/tasks/t", "completed");
        assertThat(ended.at("/executionInfo/failureInfo/code").textValue()).isEqualTo("TaskEnded");
        rig.addTask("u", "test -s $AZ_BATCH_APP_PACKAGE_tool_large/zeros", references("tool", "large"));
        assertThat(output("u")).isEmpty();
    }

    private static boolean holdsSomething(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPackageThatCannotBeUnpackedSpoilsItsTaskOrNode() throws Exception {
        Files.writeString(folder.resolve("tool/bad.zip"), "no zip");
        rig.withPool(1).withJobAlone("").addTask("t", "true", references("tool", "bad"));
        JsonNode task = rig.awaitState("/jobs/j/tasks/t", "completed");
        assertThat(task.at("/executionInfo/failureInfo/code").textValue()).isEqualTo("ApplicationPackageError");
        rig.post(201, "/pools", ServiceRig.pool("q", "'targetDedicatedNodes':1," + references("tool", "bad")));
        JsonNode nodes = rig.await(
                "/pools/q/nodes", list -> list.at("/value/0/state").asText().equals("unusable"));
        assertThat(nodes.at("/value/0/errors/0/code").textValue()).isEqualTo("ApplicationPackageError");
    }
}
