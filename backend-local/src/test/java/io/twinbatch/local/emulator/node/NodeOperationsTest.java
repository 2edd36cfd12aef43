package io.twinbatch.local.emulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.ServiceTest;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeOperationsTest extends ServiceTest {
    private String node;

    @BeforeEach
    void prepare() throws Exception {
        rig.post(
                201,
                "/pools",
                ServiceRig.pool(
                        "p",
                        "'targetDedicatedNodes':1,'taskSlotsPerNode':2,'startTask':{'commandLine':'/bin/sh -c \\\"echo x"
                                + " >> " + folder.resolve("starts") + "; touch $AZ_BATCH_NODE_SHARED_DIR/kept\\\"'}"));
        rig.withJobAlone("");
        JsonNode list = rig.await(
                "/pools/p/nodes",
                nodes -> nodes.get("value").get(0).get("state").textValue().equals("idle"));
        node = "/pools/p/nodes/" + list.get("value").get(0).get("id").textValue();
    }

    private int starts() throws Exception {
        return Files.readAllLines(folder.resolve("starts")).size();
    }

    @Test
    void aNodeTellsHowItsStartTaskWent() {
        JsonNode info = rig.get(node).get("startTaskInfo");
        assertThat(info.get("state").textValue()).isEqualTo("completed");
        assertThat(info.get("result").textValue()).isEqualTo("success");
        assertThat(info.get("exitCode").intValue()).isZero();
        assertThat(info.get("retryCount").intValue()).isZero();
        assertThat(rig.get(node).get("isDedicated").booleanValue()).isTrue();
        assertThat(rig.get("/pools/p/nodes?$filter=startTaskInfo/result eq 'success'")
                        .get("value"))
                .hasSize(1);
        assertThat(rig.get(node + "?$select=id,state")).hasSize(3);
        rig.refused(404, "NodeNotFound", "GET", "/pools/p/nodes/none", "");
        rig.refused(404, "PoolNotFound", "GET", "/pools/q/nodes", "");
    }

    @Test
    void aRebootRunsTheStartTaskAgainAndKeepsFiles() throws Exception {
        rig.addTask("t", "sleep 600", "'requiredSlots':2");
        rig.awaitState("/jobs/j/tasks/t", "running");
        assertThat(rig.get(node).get("state").textValue()).isEqualTo("running");
        rig.post(202, node + "/reboot", "");
        JsonNode task = rig.await(
                "/jobs/j/tasks/t",
                shown -> shown.get("executionInfo").get("requeueCount").intValue() == 1
                        && shown.get("state").textValue().equals("running"));
        assertThat(task.get("executionInfo").get("retryCount").intValue()).isZero();
        assertThat(starts()).isEqualTo(2);
        rig.post(202, node + "/reboot", "{'nodeRebootOption':'terminate'}");
        rig.awaitState("/jobs/j/tasks/t", "completed");
        rig.awaitState(node, "idle");
        assertThat(starts()).isEqualTo(3);
    }

    @Test
    void aReimagedNodeHasLostItsFiles() throws Exception {
        rig.addTask("t", "true", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");
        rig.post(202, node + "/reimage", "{'nodeReimageOption':'taskcompletion'}");
        rig.await(
                node,
                shown -> shown.get("state").textValue().equals("idle")
                        && shown.get("startTaskInfo").get("state").textValue().equals("completed"));
        rig.refused(409, "TaskFilesCleanedup", "GET", "/jobs/j/tasks/t/files", "");
        assertThat(rig.call(200, "HEAD", node + "/files/shared%2Fkept", Map.of(), "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aNodeThatTakesNoTasksIsOffline() throws Exception {
        rig.addTask("t", "sleep 600", "");
        rig.awaitState("/jobs/j/tasks/t", "running");
        rig.post(200, node + "/disablescheduling", "{'nodeDisableSchedulingOption':'requeue'}");
        JsonNode offline = rig.awaitState(node, "offline");
        assertThat(offline.get("schedulingState").textValue()).isEqualTo("disabled");
        rig.awaitState("/jobs/j/tasks/t", "active");
        rig.refused(409, "NodeAlreadyInTargetSchedulingState", "POST", node + "/disablescheduling", "");
        assertThat(rig.get("/nodecounts")
                        .get("value")
                        .get(0)
                        .get("dedicated")
                        .get("offline")
                        .intValue())
                .isEqualTo(1);
        rig.post(200, node + "/enablescheduling", "");
        rig.awaitState("/jobs/j/tasks/t", "running");
        rig.refused(409, "NodeAlreadyInTargetSchedulingState", "POST", node + "/enablescheduling", "");
    }

    @Test
    void whatAFolderCannotDoIsRefused() {
        for (String action : new String[] {"start", "deallocate"}) {
            assertThat(rig.refused("POST", node + "/" + action, Map.of(), "{}").status())
                    .isEqualTo(409);
        }
        assertThat(rig.refused("POST", node + "/start", Map.of(), "").getMessage())
                .contains("folders of this machine");
        rig.refused(404, "NodeNotFound", "GET", "/pools/p/nodes/none/remoteloginsettings", "");
        assertThat(rig.get(node + "/extensions").get("value")).isEmpty();
        rig.refused(404, "ResourceNotFound", "GET", node + "/extensions/x", "");
    }

    @Test
    void aNodeNeedNotWaitForItsStartTask() throws Exception {
        rig.post(
                201,
                "/pools",
                ServiceRig.pool(
                        "q",
                        "'targetDedicatedNodes':1,'startTask':{'commandLine':'/bin/sleep 600','waitForSuccess':false}"));
        JsonNode list = rig.await(
                "/pools/q/nodes",
                nodes -> nodes.get("value")
                        .get(0)
                        .path("startTaskInfo")
                        .path("state")
                        .asText()
                        .equals("running"));
        assertThat(list.get("value").get(0).get("state").textValue()).isEqualTo("idle");
    }

    @Test
    void aNodeWhoseStartTaskFailedSaysWhy() throws Exception {
        rig.post(
                201,
                "/pools",
                ServiceRig.pool("q", "'targetDedicatedNodes':1,'startTask':{'commandLine':'/bin/false'}"));
        JsonNode list = rig.await(
                "/pools/q/nodes",
                nodes -> nodes.get("value").get(0).get("state").textValue().equals("starttaskfailed"));
        JsonNode info = list.get("value").get(0).get("startTaskInfo");
        assertThat(info.get("result").textValue()).isEqualTo("failure");
        assertThat(info.get("failureInfo").get("code").textValue()).isEqualTo("FailureExitCode");
    }
}
