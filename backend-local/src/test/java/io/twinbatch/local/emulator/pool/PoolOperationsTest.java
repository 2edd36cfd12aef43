package io.twinbatch.local.emulator.pool;

import static io.twinbatch.local.emulator.ServiceRig.BASE;
import static io.twinbatch.local.emulator.ServiceRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.ServiceTest;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolOperationsTest extends ServiceTest {
    @Test
    void aNewPoolIsShownWithTheServicesDefaults() throws Exception {
        Reply reply = rig.post(201, "/pools", pool("Pool-1", "'targetDedicatedNodes':1"));
        assertThat(reply.body()).isInstanceOf(Reply.None.class);
        assertThat(reply.headers())
                .containsEntry("Location", BASE + "/pools/Pool-1")
                .containsEntry("DataServiceId", BASE + "/pools/Pool-1")
                .containsKeys("ETag", "Last-Modified");
        Reply got = rig.call(200, "GET", "/pools/pool-1", Map.of(), "");
        JsonNode document = ServiceRig.json(got);
        assertThat(document.get("id").textValue()).isEqualTo("Pool-1");
        assertThat(document.get("url").textValue()).isEqualTo(BASE + "/pools/Pool-1");
        assertThat(document.get("eTag").textValue())
                .isEqualTo(got.headers().get("ETag"))
                .isEqualTo(reply.headers().get("ETag"))
                .matches("0x8[0-9A-F]{14}");
        assertThat(document.get("state").textValue()).isEqualTo("active");
        assertThat(document.get("vmSize").textValue()).isEqualTo("standard_d2s_v5");
        assertThat(document.get("resizeTimeout").textValue()).isEqualTo("PT15M");
        assertThat(document.get("taskSlotsPerNode").intValue()).isEqualTo(1);
        assertThat(document.get("enableAutoScale").booleanValue()).isFalse();
        assertThat(document.get("enableInterNodeCommunication").booleanValue()).isFalse();
        assertThat(document.get("taskSchedulingPolicy").get("nodeFillType").textValue())
                .isEqualTo("Spread");
        assertThat(document.get("currentDedicatedNodes").intValue()).isEqualTo(1);
        assertThat(document.get("targetLowPriorityNodes").intValue()).isZero();
        assertThat(document.get("creationTime").textValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,6}[1-9])?Z");
        assertThat(document.has("startTask") || document.has("metadata")).isFalse();
        JsonNode node = rig.await(
                        "/pools/Pool-1/nodes",
                        list -> list.get("value")
                                .get(0)
                                .get("state")
                                .textValue()
                                .equals("idle"))
                .get("value")
                .get(0);
        assertThat(node.get("url").textValue())
                .isEqualTo(BASE + "/pools/Pool-1/nodes/" + node.get("id").textValue());
    }

    @Test
    void passwordsAreNotKept() {
        rig.post(
                201, "/pools", pool("p", "'userAccounts':[{'name':'u','password':'secret','elevationLevel':'Admin'}]"));
        JsonNode account = rig.get("/pools/p").get("userAccounts").get(0);
        assertThat(account.get("elevationLevel").textValue()).isEqualTo("admin");
        assertThat(account.has("password")).isFalse();
    }

    @Test
    void existsIsToldWithoutABody() {
        rig.withPool(0);
        assertThat(rig.call(200, "HEAD", "/pools/p", Map.of(), "").headers()).containsKey("ETag");
        rig.refused(404, "PoolNotFound", "HEAD", "/pools/q", "");
        rig.refused(404, "PoolNotFound", "GET", "/pools/no%20id", "");
        rig.refused(409, "PoolExists", "POST", "/pools", pool("P", ""));
    }

    @Test
    void aPatchChangesWhatItNamesAndTheVersion() {
        rig.post(201, "/pools", pool("p", "'displayName':'old','metadata':[{'name':'a','value':'b'}]"));
        String before = rig.get("/pools/p").get("eTag").textValue();
        Reply patched = rig.call(200, "PATCH", "/pools/p", Map.of(), "{'startTask':{'commandLine':'/bin/true'}}");
        JsonNode document = rig.get("/pools/p");
        assertThat(document.get("eTag").textValue())
                .isNotEqualTo(before)
                .isEqualTo(patched.headers().get("ETag"));
        assertThat(document.get("startTask").get("waitForSuccess").booleanValue())
                .isTrue();
        assertThat(document.get("metadata")).hasSize(1);
        rig.call(200, "PATCH", "/pools/p", Map.of(), "{'metadata':[]}");
        assertThat(rig.get("/pools/p").has("metadata")).isFalse();
        rig.post(
                204,
                "/pools/p/updateproperties",
                "{'certificateReferences':[],'applicationPackageReferences':[],'metadata':[{'name':'x','value':''}]}");
        JsonNode updated = rig.get("/pools/p");
        assertThat(updated.has("startTask")).isFalse();
        assertThat(updated.has("certificateReferences")).isFalse();
        assertThat(updated.get("displayName").textValue()).isEqualTo("old");
        assertThat(updated.get("metadata").get(0).get("name").textValue()).isEqualTo("x");
    }

    @Test
    void conditionsAreHeld() {
        rig.withPool(0);
        String tag = rig.get("/pools/p").get("eTag").textValue();
        assertThat(rig.call("GET", "/pools/p", Map.of("if-none-match", tag), "").status())
                .isEqualTo(304);
        assertThat(rig.call("GET", "/pools/p", Map.of("if-match", '"' + tag + '"'), "")
                        .status())
                .isEqualTo(200);
        assertThat(rig.call("GET", "/pools/p", Map.of("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT"), "")
                        .status())
                .isEqualTo(304);
        String patch = "{'displayName':'new'}";
        assertThat(rig.refused("PATCH", "/pools/p", Map.of("if-match", "0x8D0"), patch)
                        .status())
                .isEqualTo(412);
        assertThat(rig.refused("DELETE", "/pools/p", Map.of("if-unmodified-since", "Fri, 01 Jan 2010 00:00:00 GMT"), "")
                        .code())
                .isEqualTo("ConditionNotMet");
        assertThat(rig.refused("GET", "/pools/p", Map.of("if-modified-since", "yesterday"), "")
                        .code())
                .isEqualTo("InvalidHeaderValue");
        rig.call(200, "PATCH", "/pools/p", Map.of("if-match", tag), patch);
        assertThat(rig.refused("PATCH", "/pools/p", Map.of("if-match", tag), patch)
                        .status())
                .isEqualTo(412);
    }

    @Test
    void aPoolIsResizedAndItsNodesRemovedAndThePoolDeleted() throws Exception {
        rig.withPool(1);
        rig.post(202, "/pools/p/resize", "{'targetDedicatedNodes':3,'targetLowPriorityNodes':1}");
        rig.await(
                "/pools/p/nodes?$filter=state eq 'idle'",
                list -> list.get("value").size() == 4);
        JsonNode counts = rig.get("/nodecounts").get("value").get(0);
        assertThat(counts.get("dedicated").get("idle").intValue()).isEqualTo(3);
        assertThat(counts.get("lowPriority").get("total").intValue()).isEqualTo(1);
        String first = rig.get("/pools/p/nodes").get("value").get(0).get("id").textValue();
        rig.post(202, "/pools/p/removenodes", "{'nodeList':['" + first + "'],'nodeDeallocationOption':'terminate'}");
        rig.await("/pools/p", pool -> pool.get("allocationState").textValue().equals("steady"));
        assertThat(rig.get("/pools/p").get("targetDedicatedNodes").intValue()).isEqualTo(2);
        rig.refused(404, "NodeNotFound", "POST", "/pools/p/removenodes", "{'nodeList':['" + first + "']}");
        rig.refused(409, "PoolNotResizing", "POST", "/pools/p/stopresize", "");
        rig.call(202, "DELETE", "/pools/p", Map.of(), "");
        rig.awaitGone("/pools/p");
    }

    @Test
    void aResizeThatWaitsForTasksCanBeStopped() throws Exception {
        rig.withJob(2, "").addTask("t1", "sleep 600", "").addTask("t2", "sleep 600", "");
        rig.await(
                "/jobs/j/taskcounts",
                counts -> counts.get("taskCounts").get("running").intValue() == 2);
        rig.post(
                202,
                "/pools/p/resize",
                "{'targetDedicatedNodes':0,'nodeDeallocationOption':'taskcompletion','resizeTimeout':'PT5M'}");
        assertThat(rig.get("/pools/p").get("allocationState").textValue()).isEqualTo("resizing");
        rig.refused(409, "PoolBeingResized", "POST", "/pools/p/resize", "{'targetDedicatedNodes':1}");
        rig.post(202, "/pools/p/stopresize", "");
        JsonNode steady = rig.get("/pools/p");
        assertThat(steady.get("allocationState").textValue()).isEqualTo("steady");
        assertThat(steady.get("targetDedicatedNodes").intValue()).isEqualTo(2);
        assertThat(steady.get("resizeErrors").get(0).get("code").textValue()).isEqualTo("ResizeStopped");
        assertThat(rig.get("/jobs/j/taskcounts")
                        .get("taskCounts")
                        .get("running")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void whatAPoolIsThatTheApiMadeIsShown() {
        new io.twinbatch.local.engine.LocalComputePool(rig.engine())
                .create(io.twinbatch.api.pool.PoolSpec.of(new io.twinbatch.api.pool.PoolId("local"), 0)
                        .withMetadata(Map.of("run", "1")));
        JsonNode document = rig.get("/pools/local");
        assertThat(document.get("virtualMachineConfiguration")
                        .get("imageReference")
                        .get("offer")
                        .textValue())
                .isEqualTo("ubuntu-24_04-lts");
        assertThat(document.get("metadata").get(0).get("value").textValue()).isEqualTo("1");
        rig.call(200, "PATCH", "/pools/local", Map.of(), "{'displayName':'mine'}");
        assertThat(rig.get("/pools/local").get("displayName").textValue()).isEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'unknown':1                               | InvalidRequestBody
            'targetDedicatedNodes':'1'                | InvalidRequestBody
            'targetDedicatedNodes':-1                 | InvalidPropertyValue
            'targetDedicatedNodes':1.5                | InvalidRequestBody
            'targetDedicatedNodes':99999999999        | InvalidRequestBody
            'metadata':[{'name':'a'}]                 | MissingRequiredProperty
            'metadata':{}                             | InvalidRequestBody
            'taskSlotsPerNode':257                    | InvalidPropertyValue
            'resizeTimeout':'PT1M'                    | InvalidPropertyValue
            'resizeTimeout':'five minutes'            | InvalidRequestBody
            'taskSchedulingPolicy':{'nodeFillType':'x'} | InvalidPropertyValue
            'startTask':{}                            | MissingRequiredProperty
            'startTask':{'commandLine':' '}           | InvalidPropertyValue
            'startTask':{'commandLine':'x','resourceFiles':[{'httpUrl':'file:///etc/passwd','filePath':'f'}]} | InvalidPropertyValue
            'startTask':{'commandLine':'x','resourceFiles':[{'httpUrl':'http://h/c','filePath':'../f'}]} | InvalidPropertyValue
            'startTask':{'commandLine':'x','resourceFiles':[{'filePath':'f'}]} | MissingRequiredProperty
            'certificateReferences':[{'thumbprint':'x'}] | UnsupportedProperty
            'autoScaleFormula':'$x=1'                 | InvalidPropertyValue
            'enableAutoScale':true                    | MissingRequiredProperty
            """)
    void whatAPoolCannotHaveIsRefused(String properties, String code) {
        rig.refused(400, code, "POST", "/pools", pool("p", properties));
    }

    @Test
    void whatIsNoDocumentIsRefused() {
        for (String body : new String[] {"", "x", "[]", "'p'", "{'id':'p'", "{'id':'p'} {}", "{'id':'p','id':'q'}"}) {
            rig.refused(400, "InvalidRequestBody", "POST", "/pools", body);
        }
        rig.refused(400, "MissingRequiredProperty", "POST", "/pools", "{'id':'p'}");
        rig.refused(400, "InvalidPropertyValue", "POST", "/pools", pool("p q", ""));
        rig.refused(400, "InvalidPropertyValue", "POST", "/pools", pool("p".repeat(65), ""));
        rig.refused(400, "InvalidRequestBody", "POST", "/pools", "[".repeat(5000));
    }

    @Test
    void unknownPathsAndMethodsAreRefused() {
        rig.refused(404, "ResourceNotFound", "GET", "/pool", "");
        rig.refused(404, "ResourceNotFound", "GET", "/", "");
        rig.refused(405, "UnsupportedHttpVerb", "PUT", "/pools", "");
    }

    private static String containerPool(String sku, String type) {
        return "{'id':'c','vmSize':'standard_d2s_v5','virtualMachineConfiguration':{'imageReference':{'publisher':'microsoft-dsvm',"
                + "'offer':'ubuntu-hpc','sku':'" + sku + "'},'nodeAgentSKUId':'batch.node.ubuntu 22.04',"
                + "'containerConfiguration':{'type':'" + type + "'}}}";
    }

    @Test
    void aPoolOfContainersNeedsAnImageThatRunsThemAndADockerEngine() {
        String plain = containerPool("2204", "dockerCompatible")
                .replace("microsoft-dsvm", "canonical")
                .replace("ubuntu-hpc", "ubuntu-24_04-lts")
                .replace("2204", "server")
                .replace("22.04", "24.04");
        assertThat(rig.refused(400, "InvalidPropertyValue", "POST", "/pools", plain)
                        .values()
                        .values())
                .anyMatch(reason -> reason.contains("does not support containers"));
        rig.refused(400, "InvalidPropertyValue", "POST", "/pools", containerPool("2204", "criCompatible"));
        Optional<String> problem = rig.engine().containers().problem();
        if (problem.isPresent()) {
            ServiceFault fault = rig.refused(
                    400, "InvalidPropertyValue", "POST", "/pools", containerPool("2204", "dockerCompatible"));
            assertThat(fault.values().values()).anyMatch(reason -> reason.contains(problem.get()));
            return;
        }
        rig.post(201, "/pools", containerPool("2204", "dockerCompatible"));
        rig.post(201, "/jobs", "{'id':'j','poolInfo':{'poolId':'c'}}");
        rig.refused(400, "InvalidPropertyValue", "POST", "/jobs/j/tasks", ServiceRig.task("t", "true", ""));
        rig.post(201, "/jobs/j/tasks", ServiceRig.task("t", "true", "'containerSettings':{'imageName':'busybox:1'}"));
        assertThat(rig.get("/jobs/j/tasks/t").at("/containerSettings/imageName").asText())
                .isEqualTo("busybox:1");
    }

    @Test
    void mountsAndExtensionsAreKeptWithoutSecretsWhileThePoolHasNoNodes() throws Exception {
        String mounts =
                "'mountConfiguration':[{'azureBlobFileSystemConfiguration':{'accountName':'a','containerName':'c',"
                        + "'accountKey':'hush','relativeMountPath':'m'}},{'nfsMountConfiguration':{'source':'s','relativeMountPath':'n',"
                        + "'mountOptions':'ro'}},{'cifsMountConfiguration':{'username':'u','source':'s','relativeMountPath':'o',"
                        + "'password':'hush'}}]";
        rig.post(201, "/pools", ServiceRig.pool("mounting", mounts));

        JsonNode pool = rig.get("/pools/mounting");

        assertThat(pool.toString()).doesNotContain("hush");
        assertThat(pool.path("mountConfiguration").toString().replace('"', '\''))
                .isEqualTo("[{'azureBlobFileSystemConfiguration':{'accountName':'a','containerName':'c',"
                        + "'relativeMountPath':'m'}},{'nfsMountConfiguration':{'source':'s','relativeMountPath':'n',"
                        + "'mountOptions':'ro'}},{'cifsMountConfiguration':{'username':'u','source':'s',"
                        + "'relativeMountPath':'o'}}]");
        String nodes = "{'targetDedicatedNodes':1}";
        assertThat(rig.refused(400, "UnsupportedProperty", "POST", "/pools/mounting/resize", nodes))
                .hasMessageContaining("mountConfiguration");
        assertThat(rig.refused(
                        400,
                        "UnsupportedProperty",
                        "POST",
                        "/pools/mounting/enableautoscale",
                        "{'autoScaleFormula':'$a=1;'}"))
                .hasMessageContaining("mountConfiguration");
        assertThat(rig.refused(
                        400,
                        "UnsupportedProperty",
                        "POST",
                        "/pools",
                        ServiceRig.pool("other", "'targetLowPriorityNodes':1," + mounts)))
                .hasMessageContaining("mountConfiguration");
        rig.call(200, "PATCH", "/pools/mounting", Map.of(), "{'mountConfiguration':[]}");
        assertThat(rig.get("/pools/mounting").has("mountConfiguration")).isFalse();
        rig.post(202, "/pools/mounting/resize", nodes);
    }

    @Test
    void aPoolWithNodesTakesNoExtensions() throws Exception {
        String extended = ServiceRig.MACHINE.replaceFirst(
                "\\}$", ",'extensions':[{'name':'e','publisher':'p','type':'t','protectedSettings':{'k':'hush'}}]}");
        rig.post(201, "/pools", "{'id':'extended','vmSize':'STANDARD_D2s_v5'," + extended + "}");

        JsonNode machine = rig.get("/pools/extended").path("virtualMachineConfiguration");

        assertThat(machine.path("extensions").toString())
                .isEqualTo("[{\"name\":\"e\",\"publisher\":\"p\",\"type\":\"t\"}]");
        assertThat(rig.refused(
                        400, "UnsupportedProperty", "POST", "/pools/extended/resize", "{'targetDedicatedNodes':1}"))
                .hasMessageContaining("virtualMachineConfiguration.extensions");
    }
}
