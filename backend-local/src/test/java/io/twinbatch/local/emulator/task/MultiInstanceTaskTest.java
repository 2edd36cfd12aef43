package io.twinbatch.local.emulator.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.engine.LocalRig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that run on several nodes at once: where they run and with what. */
class MultiInstanceTaskTest extends MultiInstanceTest {
    private String file(String node, String path) {
        String url = "/pools/p/nodes/" + node + "/files/" + ("workitems/j/job-1/t/" + path).replace("/", "%2F");
        return ServiceRig.text(rig.call(200, "GET", url, Map.of(), ""));
    }

    private static Map<String, String> variables(String environment) {
        return environment
                .lines()
                .filter(line -> line.matches("(AZ_BATCH|CCP)_\\w+=.*"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static void requireInstance(Map<String, String> variables, boolean primary) {
        assertThat(variables)
                .containsEntry("AZ_BATCH_HOST_LIST", "127.0.0.1,127.0.0.1,127.0.0.1")
                .containsEntry("AZ_BATCH_NODE_LIST", "127.0.0.1;127.0.0.1;127.0.0.1")
                .containsEntry("AZ_BATCH_MASTER_NODE", "127.0.0.1:6000")
                .containsEntry("AZ_BATCH_IS_CURRENT_NODE_MASTER", Boolean.toString(primary))
                .containsEntry("CCP_NODES", "3 127.0.0.1 2 127.0.0.1 2 127.0.0.1 2")
                .containsEntry("AZ_BATCH_TASK_SHARED_DIR", variables.get("AZ_BATCH_TASK_DIR"))
                .containsEntry("AZ_BATCH_TASK_ID", "t");
        assertThat(variables.get("AZ_BATCH_TASK_DIR")).endsWith("/workitems/j/job-1/t");
    }

    @Test
    void allInstancesRunTheCoordinationCommandAndThePrimaryAloneTheCommandLine() throws Exception {
        makePoolAndJob(3);
        rig.addTask(
                "t",
                "env > applied; echo world",
                instances(3, "env > $AZ_BATCH_TASK_SHARED_DIR/coordinated; pwd; echo hello", ""));
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(task.at("/executionInfo/exitCode").intValue()).isZero();
        assertThat(task.at("/executionInfo/result").textValue()).isEqualTo("success");
        List<String> nodes = nodes();
        assertThat(new TreeSet<>(nodes)).hasSize(3);
        for (String node : nodes) {
            boolean primary = node.equals(nodes.get(0));
            Map<String, String> variables = variables(file(node, "coordinated"));
            requireInstance(variables, primary);
            assertThat(variables).containsEntry("AZ_BATCH_NODE_ID", node);
            assertThat(file(node, "stdout.txt"))
                    .isEqualTo(variables.get("AZ_BATCH_TASK_WORKING_DIR") + "\nhello\n" + (primary ? "world\n" : ""));
        }
        requireInstance(variables(file(nodes.get(0), "wd/applied")), true);
        assertThat(filesIn(nodes.get(1), "workitems/j/job-1/t/wd")).containsExactly("workitems/j/job-1/t/wd");
        assertThat(rig.get(TASK).at("/multiInstanceSettings/numberOfInstances").intValue())
                .isEqualTo(3);
    }

    @Test
    void theCommandLineStartsOnlyWhenAllInstancesHaveEndedTheirCoordination() throws Exception {
        Path open = folder.resolve("open");
        Path applied = folder.resolve("applied");
        makePoolAndJob(2);
        rig.addTask(
                "t",
                "touch " + applied,
                instances(2, "touch began; $AZ_BATCH_IS_CURRENT_NODE_MASTER || (" + until(open) + ")", ""));
        rig.awaitState(TASK, "running");
        String other = nodes().get(1);
        LocalRig.await(
                "the subtask",
                () -> filesIn(other, "workitems/j/job-1/t/wd/").contains("workitems/j/job-1/t/wd/began"));
        assertThat(applied).doesNotExist();
        Files.createFile(open);
        rig.awaitState(TASK, "completed");
        assertThat(applied).exists();
    }

    /** Objects whose content is their path; one is not there. */
    private static HttpServer store() throws IOException {
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] content = path.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.equals("/none") ? 404 : 200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        store.start();
        return store;
    }

    private static String object(HttpServer store, String name, String path) {
        return "{'httpUrl':'http://127.0.0.1:" + store.getAddress().getPort() + "/" + name + "','filePath':'" + path
                + "'}";
    }

    @Test
    void commonFilesAreFetchedByAllInstancesAndOthersByThePrimaryAlone() throws Exception {
        HttpServer store = store();
        try {
            makePoolAndJob(2);
            rig.addTask(
                    "t",
                    "cat in/own",
                    "'resourceFiles':[" + object(store, "own", "in/own") + "],"
                            + instances(
                                    2,
                                    "cat $AZ_BATCH_TASK_SHARED_DIR/common/a; $AZ_BATCH_IS_CURRENT_NODE_MASTER"
                                            + " || [ ! -e in ]",
                                    "'commonResourceFiles':[" + object(store, "a", "common/a") + "]"));
            JsonNode task = rig.awaitState(TASK, "completed");
            assertThat(task.at("/executionInfo/exitCode").intValue()).isZero();
            List<String> nodes = nodes();
            assertThat(file(nodes.get(0), "stdout.txt")).isEqualTo("/a/own");
            assertThat(file(nodes.get(1), "stdout.txt")).isEqualTo("/a");
        } finally {
            store.stop(0);
        }
    }

    @Test
    void aCommonFileThatCannotBeFetchedFailsTheTask() throws Exception {
        HttpServer store = store();
        try {
            makePoolAndJob(2);
            rig.addTask(
                    "t",
                    "true",
                    instances(2, "true", "'commonResourceFiles':[" + object(store, "none", "common/a") + "]"));
            JsonNode task = rig.awaitState(TASK, "completed");
            assertThat(task.at("/executionInfo/failureInfo/code").textValue()).isEqualTo("BlobNotFound");
            assertThat(task.at("/executionInfo").has("exitCode")).isFalse();
            assertThat(subtasks().get(0).get("result").textValue()).isEqualTo("failure");
        } finally {
            store.stop(0);
        }
    }

    @Test
    void itWaitsForEnoughNodesAndIsNotPassedByTasksOfOneNode() throws Exception {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        makePoolAndJob(2);
        rig.addTask("one", until(first), "").addTask("two", until(second), "");
        rig.awaitState("/jobs/j/tasks/two", "running");
        rig.addTask("t", "true", instances(2, "true", "")).addTask("small", "true", "");
        Files.createFile(first);
        rig.awaitState("/jobs/j/tasks/one", "completed");
        assertThat(rig.get(TASK).get("state").textValue()).isEqualTo("active");
        assertThat(subtasks()).isEmpty();
        assertThat(rig.get("/jobs/j/tasks/small").get("state").textValue()).isEqualTo("active");
        Files.createFile(second);
        JsonNode small = rig.awaitState("/jobs/j/tasks/small", "completed");
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(small.at("/executionInfo/startTime").textValue())
                .isGreaterThanOrEqualTo(task.at("/executionInfo/startTime").textValue());
    }

    @Test
    void oneOfMoreNodesThanThePoolHasHoldsBackNobodyAndRunsWhenThePoolHasGrown() throws Exception {
        makePoolAndJob(1);
        rig.addTask("t", "true", instances(2, "true", "")).addTask("small", "true", "");
        rig.awaitState("/jobs/j/tasks/small", "completed");
        assertThat(rig.get(TASK).get("state").textValue()).isEqualTo("active");
        rig.post(202, "/pools/p/resize", "{'targetDedicatedNodes':2}");
        assertThat(rig.awaitState(TASK, "completed").at("/executionInfo/result").textValue())
                .isEqualTo("success");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'enableInterNodeCommunication':false",
                "'enableInterNodeCommunication':true,'taskSlotsPerNode':2"
            })
    void onAPoolThatIsNotMadeForItItStaysActive(String property) throws Exception {
        rig.post(201, "/pools", ServiceRig.pool("p", "'targetDedicatedNodes':2," + property));
        rig.withJobAlone("");
        rig.addTask("t", "true", instances(2, "true", "")).addTask("small", "true", "");
        rig.awaitState("/jobs/j/tasks/small", "completed");
        assertThat(rig.get(TASK).get("state").textValue()).isEqualTo("active");
    }

    @Test
    void subtasksAreListedWhileTheyAreAndAfterwards() throws Exception {
        Path open = folder.resolve("open");
        makePoolAndJob(3);
        rig.addTask("t", until(open), instances(3, "true", ""));
        rig.awaitState(TASK, "running");
        JsonNode running = subtasks();
        assertThat(running).hasSize(2);
        for (int i = 0; i < 2; i++) {
            JsonNode subtask = running.get(i);
            assertThat(subtask.get("id").intValue()).isEqualTo(i + 1);
            assertThat(subtask.get("state").textValue()).isEqualTo("running");
            assertThat(subtask.has("startTime")).isTrue();
            assertThat(subtask.has("endTime") || subtask.has("exitCode") || subtask.has("result"))
                    .isFalse();
            assertThat(subtask.at("/nodeInfo/taskRootDirectory").textValue()).isEqualTo("workitems/j/job-1/t");
        }
        for (String node : nodes()) {
            JsonNode shown = rig.get("/pools/p/nodes/" + node);
            assertThat(shown.get("state").textValue()).isEqualTo("running");
            assertThat(shown.get("runningTasksCount").intValue()).isEqualTo(1);
            assertThat(shown.at("/recentTasks/0/subtaskId").intValue()).isEqualTo(nodes().indexOf(node));
        }
        assertThat(rig.get("/jobs/j/taskcounts").at("/taskCounts/running").intValue())
                .isEqualTo(1);
        Files.createFile(open);
        rig.awaitState(TASK, "completed");
        for (JsonNode subtask : subtasks()) {
            assertThat(subtask.get("state").textValue()).isEqualTo("completed");
            assertThat(subtask.get("previousState").textValue()).isEqualTo("running");
            assertThat(subtask.get("exitCode").intValue()).isZero();
            assertThat(subtask.get("result").textValue()).isEqualTo("success");
            assertThat(subtask.has("endTime")).isTrue();
        }
        assertThat(rig.get(TASK + "/subtasksinfo?$select=id,state").get("value").get(0))
                .hasSize(2);
        rig.refused(400, "InvalidQueryParameterValue", "GET", TASK + "/subtasksinfo?$select=none", "");
        for (String node : nodes()) {
            assertThat(rig.get("/pools/p/nodes/" + node)
                            .get("totalTasksSucceeded")
                            .intValue())
                    .isEqualTo(1);
        }
    }

    @Test
    void allNodesArePreparedForTheJobFirst() throws Exception {
        Path open = folder.resolve("open");
        makePool(2);
        rig.withJobAlone("'jobPreparationTask':{'commandLine':'/bin/sh -c \\\"" + until(open)
                + "; touch $AZ_BATCH_NODE_SHARED_DIR/prepared\\\"'}");
        rig.addTask("t", "true", instances(2, "ls $AZ_BATCH_NODE_SHARED_DIR/prepared", ""));
        rig.awaitState(TASK, "preparing");
        assertThat(subtasks().get(0).get("state").textValue()).isEqualTo("preparing");
        assertThat(subtasks().get(0).has("startTime")).isFalse();
        Files.createFile(open);
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(task.at("/executionInfo/exitCode").intValue()).isZero();
    }

    @Test
    void aNodeThatCannotBePreparedGivesTheTaskBackForOtherNodes() throws Exception {
        Path failed = folder.resolve("failed");
        makePool(3);
        rig.withJobAlone("'jobPreparationTask':{'commandLine':'/bin/sh -c \\\"mkdir " + failed
                + " && exit 1; exit 0\\\"','constraints':{'maxTaskRetryCount':0}}");
        rig.addTask("t", "true", instances(2, "true", ""));
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(task.at("/executionInfo/result").textValue()).isEqualTo("success");
        assertThat(task.at("/executionInfo/requeueCount").intValue()).isZero();
        assertThat(failed).exists();
    }

    @Test
    void oneTerminatedWhileItsNodesArePreparedEndsAtOnce() throws Exception {
        Path open = folder.resolve("open");
        makePool(2);
        rig.withJobAlone("'jobPreparationTask':{'commandLine':'/bin/sh -c \\\"" + until(open) + "\\\"'}");
        rig.addTask("t", "true", instances(2, "true", ""));
        rig.awaitState(TASK, "preparing");
        rig.post(204, TASK + "/terminate", "");
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(task.at("/executionInfo/failureInfo/code").textValue()).isEqualTo("TaskEnded");
        assertThat(subtasks().get(0).get("state").textValue()).isEqualTo("completed");
        Files.createFile(open);
        rig.addTask("u", "true", instances(2, "true", ""));
        rig.awaitState("/jobs/j/tasks/u", "completed");
    }
}
