package io.twinbatch.local.emulator.task;

import static io.twinbatch.local.emulator.ServiceRig.BASE;
import static io.twinbatch.local.emulator.ServiceRig.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.ServiceTest;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.engine.LocalRig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskOperationsTest extends ServiceTest {
    @Test
    void aNewTaskIsShownWithTheServicesDefaults() {
        rig.withJob(0, "");
        Reply reply = rig.post(201, "/jobs/j/tasks", task("T", "true", "'displayName':'n'"));
        assertThat(reply.headers()).containsEntry("Location", BASE + "/jobs/j/tasks/T");
        JsonNode document = rig.get("/jobs/J/tasks/t");
        assertThat(document.get("id").textValue()).isEqualTo("T");
        assertThat(document.get("state").textValue()).isEqualTo("active");
        assertThat(document.get("userIdentity").toString())
                .isEqualTo("{\"autoUser\":{\"scope\":\"pool\",\"elevationLevel\":\"nonadmin\"}}");
        assertThat(document.get("constraints").toString())
                .isEqualTo("{\"maxTaskRetryCount\":0,\"maxWallClockTime\":\"P10675199DT2H48M5.4775807S\","
                        + "\"retentionTime\":\"P7D\"}");
        assertThat(document.get("requiredSlots").intValue()).isEqualTo(1);
        assertThat(document.get("executionInfo").toString()).isEqualTo("{\"retryCount\":0,\"requeueCount\":0}");
        assertThat(document.has("nodeInfo") || document.has("previousState") || document.has("stats"))
                .isFalse();
        assertThat(document.get("eTag").textValue()).isEqualTo(reply.headers().get("ETag"));
    }

    @Test
    void aTaskThatRanTellsHowAndWhere() throws Exception {
        rig.withJob(1, "").addTask("t", "echo hello", "");
        JsonNode document = rig.awaitState("/jobs/j/tasks/t", "completed");
        JsonNode info = document.get("executionInfo");
        assertThat(document.get("previousState").textValue()).isEqualTo("running");
        assertThat(info.get("exitCode").intValue()).isZero();
        assertThat(info.get("result").textValue()).isEqualTo("success");
        assertThat(info.has("startTime") && info.has("endTime")).isTrue();
        assertThat(info.has("failureInfo")).isFalse();
        JsonNode node = document.get("nodeInfo");
        String id = node.get("nodeId").textValue();
        assertThat(node.get("affinityId").textValue()).isEqualTo("TVM:" + id);
        assertThat(node.get("nodeUrl").textValue()).isEqualTo(BASE + "/pools/p/nodes/" + id);
        assertThat(node.get("taskRootDirectory").textValue()).isEqualTo("workitems/j/job-1/t");
        assertThat(rig.get("/jobs/j/tasks/t?$expand=stats").has("stats")).isTrue();
        JsonNode owner = rig.get("/pools/p/nodes/" + id);
        assertThat(owner.get("totalTasksSucceeded").intValue()).isEqualTo(1);
        assertThat(owner.get("recentTasks").get(0).get("taskId").textValue()).isEqualTo("t");
        assertThat(rig.get("/jobs/j/tasks/t/subtasksinfo").get("value")).isEmpty();
    }

    @Test
    void itsStatisticsAreWhatItsProcessesUsed() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/io")), "this system does not say what processes use");
        rig.withJob(1, "")
                .addTask(
                        "t",
                        "dd if=/dev/zero of=/dev/null bs=1M count=64; i=0;"
                                + " while [ $i -lt 200000 ]; do i=$((i+1)); done; touch " + folder + "/done; sleep 600",
                        "");
        LocalRig.await("the end of its work", () -> Files.exists(folder.resolve("done")));
        rig.post(204, "/jobs/j/tasks/t/terminate", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");

        for (JsonNode stats : List.of(
                rig.get("/jobs/j/tasks/t?$expand=stats").get("stats"),
                rig.get("/jobs/j?$expand=stats").get("stats"))) {
            assertThat(stats.get("readIOGiB").doubleValue()).isBetween(0.0625, 0.07);
            assertThat(stats.get("writeIOGiB").doubleValue()).isBetween(0.0625, 0.07);
            assertThat(Long.parseLong(stats.get("readIOps").textValue())).isGreaterThanOrEqualTo(64);
            assertThat(Duration.parse(stats.get("kernelCPUTime").textValue())
                            .plus(Duration.parse(stats.get("userCPUTime").textValue())))
                    .isPositive();
        }
    }

    @Test
    void aTaskThatFailedSaysSoAndCanBeReactivated() throws Exception {
        Path allowed = folder.resolve("allowed");
        rig.withJob(1, "").addTask("t", "[ -e " + allowed + " ]", "'constraints':{'maxTaskRetryCount':1}");
        JsonNode failed = rig.awaitState("/jobs/j/tasks/t", "completed");
        JsonNode info = failed.get("executionInfo");
        assertThat(info.get("exitCode").intValue()).isEqualTo(1);
        assertThat(info.get("retryCount").intValue()).isEqualTo(1);
        assertThat(info.has("lastRetryTime")).isTrue();
        assertThat(info.get("result").textValue()).isEqualTo("failure");
        assertThat(info.get("failureInfo").get("category").textValue()).isEqualTo("usererror");
        assertThat(info.get("failureInfo").get("code").textValue()).isEqualTo("FailureExitCode");
        java.nio.file.Files.createFile(allowed);
        rig.post(204, "/jobs/j/tasks/t/reactivate", "");
        JsonNode again = rig.await(
                "/jobs/j/tasks/t",
                task -> task.get("executionInfo").path("result").asText().equals("success"));
        assertThat(again.get("executionInfo").get("retryCount").intValue()).isZero();
        rig.refused(409, "OperationInvalidForCurrentState", "POST", "/jobs/j/tasks/t/reactivate", "");
        rig.refused(409, "TaskCompleted", "POST", "/jobs/j/tasks/t/terminate", "");
    }

    @Test
    void theFormulationOfACommandThatCannotStartIsReported() throws Exception {
        rig.withJob(1, "");
        rig.post(201, "/jobs/j/tasks", "{'id':'t','commandLine':'no-such-program'}");
        JsonNode info = rig.awaitState("/jobs/j/tasks/t", "completed").get("executionInfo");
        assertThat(info.get("failureInfo").get("code").textValue()).isEqualTo("CommandProgramNotFound");
        assertThat(info.has("exitCode")).isFalse();
    }

    @Test
    void aRunningTaskIsTerminatedAndDeleted() throws Exception {
        rig.withJob(1, "").addTask("a", "sleep 600", "").addTask("b", "sleep 600", "");
        rig.awaitState("/jobs/j/tasks/a", "running");
        rig.post(204, "/jobs/j/tasks/a/terminate", "");
        JsonNode ended = rig.awaitState("/jobs/j/tasks/a", "completed");
        assertThat(ended.get("executionInfo").get("failureInfo").get("code").textValue())
                .isEqualTo("TaskEnded");
        rig.awaitState("/jobs/j/tasks/b", "running");
        rig.call(200, "DELETE", "/jobs/j/tasks/b", Map.of(), "");
        rig.awaitGone("/jobs/j/tasks/b");
        rig.call(200, "DELETE", "/jobs/j/tasks/a", Map.of(), "");
        rig.refused(404, "TaskNotFound", "GET", "/jobs/j/tasks/a", "");
        rig.refused(404, "TaskNotFound", "DELETE", "/jobs/j/tasks/a", "");
    }

    @Test
    void constraintsAreReplacedWithDefaultsForWhatIsMissing() {
        rig.withJob(0, "'constraints':{'maxTaskRetryCount':3}");
        rig.addTask("t", "true", "");
        assertThat(rig.get("/jobs/j/tasks/t")
                        .get("constraints")
                        .get("maxTaskRetryCount")
                        .intValue())
                .isEqualTo(3);
        rig.call(200, "PUT", "/jobs/j/tasks/t", Map.of(), "{'constraints':{'maxWallClockTime':'PT1H'}}");
        JsonNode constraints = rig.get("/jobs/j/tasks/t").get("constraints");
        assertThat(constraints.get("maxWallClockTime").textValue()).isEqualTo("PT1H");
        assertThat(constraints.get("maxTaskRetryCount").intValue()).isZero();
        assertThat(constraints.get("retentionTime").textValue()).isEqualTo("P7D");
    }

    @Test
    void eachTaskOfACollectionHasItsOwnResult() {
        rig.withJob(0, "").addTask("there", "true", "");
        String body = "{'value':[" + task("a", "true", "") + "," + task("there", "true", "") + ",{'id':'bad id',"
                + "'commandLine':'x'}," + task("c", "true", "'dependsOn':{'taskIds':['a']}") + "]}";
        JsonNode results = ServiceRig.json(rig.post(200, "/jobs/j/addtaskcollection", body))
                .get("value");
        Map<String, JsonNode> byTask = new java.util.HashMap<>();
        results.forEach(result -> byTask.put(result.get("taskId").textValue(), result));
        assertThat(byTask.get("a").get("status").textValue()).isEqualTo("Success");
        assertThat(byTask.get("a").get("location").textValue()).isEqualTo(BASE + "/jobs/j/tasks/a");
        assertThat(code(byTask.get("there"))).isEqualTo("clienterror TaskExists");
        assertThat(code(byTask.get("bad id"))).isEqualTo("clienterror InvalidPropertyValue");
        assertThat(code(byTask.get("c"))).isEqualTo("clienterror TaskDependenciesNotSpecifiedOnJob");
        assertThat(byTask.get("c").get("error").has("odata.metadata")).isFalse();
    }

    private static String code(JsonNode result) {
        return result.get("status").textValue() + " "
                + result.get("error").get("code").textValue();
    }

    @Test
    void aCollectionHasAtMostAHundredTasks() {
        rig.withJob(0, "");
        String tasks =
                IntStream.range(0, 101).mapToObj(i -> task("t" + i, "true", "")).collect(Collectors.joining(","));
        rig.refused(400, "InvalidPropertyValue", "POST", "/jobs/j/addtaskcollection", "{'value':[" + tasks + "]}");
        rig.refused(404, "JobNotFound", "POST", "/jobs/none/addtaskcollection", "{'value':[]}");
        assertThat(ServiceRig.json(rig.post(200, "/jobs/j/addtaskcollection", "{'value':[]}"))
                        .get("value"))
                .isEmpty();
    }

    private void fill(int from, int to) {
        for (int start = from; start < to; start += 100) {
            String tasks = IntStream.range(start, Math.min(to, start + 100))
                    .mapToObj(i -> task("t" + i, "true", ""))
                    .collect(Collectors.joining(","));
            rig.post(200, "/jobs/j/addtaskcollection", "{'value':[" + tasks + "]}");
        }
    }

    @Test
    void pagesShowEachTaskOnceWhileOthersAreAdded() {
        rig.withJob(0, "");
        fill(0, 250);
        Set<String> seen = new HashSet<>();
        List<String> all = new ArrayList<>();
        String url = "/jobs/j/tasks?maxresults=7&$select=id,state&$filter=state eq 'active'";
        int added = 1000;
        while (url != null) {
            JsonNode page = rig.get(url);
            page.get("value").forEach(task -> {
                assertThat(task).hasSize(2);
                all.add(task.get("id").textValue());
            });
            seen.addAll(all);
            fill(added, added + 3);
            added += 3;
            url = page.has("odata.nextLink")
                    ? page.get("odata.nextLink").textValue().substring(BASE.length())
                    : null;
        }
        assertThat(all).doesNotHaveDuplicates();
        assertThat(seen)
                .containsAll(IntStream.range(0, 250).mapToObj(i -> "t" + i).toList());
    }

    @Test
    void tenThousandTasksAreAddedInSecondsAndListedOnce() {
        rig.withJob(0, "");
        int count = 10_000;
        long begin = System.nanoTime();
        fill(0, count);
        Set<String> seen = new HashSet<>();
        int pages = 0;
        for (String url = "/jobs/j/tasks?$select=id"; url != null; pages++) {
            JsonNode page = rig.get(url);
            page.get("value").forEach(task -> seen.add(task.get("id").textValue()));
            url = page.has("odata.nextLink")
                    ? page.get("odata.nextLink").textValue().substring(BASE.length())
                    : null;
        }
        assertThat(seen).hasSize(count);
        assertThat(pages).isEqualTo(10);
        assertThat(rig.get("/jobs/j/taskcounts").get("taskCounts").get("active").intValue())
                .isEqualTo(count);
        assertThat(java.time.Duration.ofNanos(System.nanoTime() - begin)).isLessThan(java.time.Duration.ofSeconds(60));
    }

    @Test
    void listsCanBeFilteredByTheDocumentedProperties() throws Exception {
        rig.withJob(1, "").addTask("ok", "true", "").addTask("bad", "exit 3", "");
        rig.awaitState("/jobs/j/tasks/ok", "completed");
        rig.awaitState("/jobs/j/tasks/bad", "completed");
        assertThat(ids("executionInfo/exitCode gt 2")).containsExactly("bad");
        assertThat(ids("executionInfo/result eq 'Success'")).containsExactly("ok");
        assertThat(ids("(state eq 'completed') and startswith(id,'b')")).containsExactly("bad");
        assertThat(ids("creationTime lt DateTime'2011-05-08T08:49:37Z'")).isEmpty();
        rig.refused(400, "InvalidQueryParameterValue", "GET", "/jobs/j/tasks?$filter=commandLine eq 'x'", "");
        rig.refused(400, "InvalidQueryParameterValue", "GET", "/jobs/j/tasks?$select=nothing", "");
        rig.refused(400, "InvalidQueryParameterValue", "GET", "/jobs/j/tasks/ok?$select=nothing", "");
        rig.refused(400, "OutOfRangeQueryParameterValue", "GET", "/jobs/j/tasks?maxresults=1001", "");
    }

    private List<String> ids(String filter) {
        List<String> ids = new ArrayList<>();
        rig.get("/jobs/j/tasks?$filter=" + filter)
                .get("value")
                .forEach(task -> ids.add(task.get("id").textValue()));
        return ids;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'unknown':1                                     | InvalidRequestBody
            'constraints':{'maxTaskRetryCount':-2}          | InvalidPropertyValue
            'constraints':{'maxWallClockTime':'PT0S'}       | InvalidPropertyValue
            'constraints':{'maxWallClockTime':'-PT5S'}      | InvalidPropertyValue
            'requiredSlots':0                               | InvalidPropertyValue
            'requiredSlots':3                               | InvalidPropertyValue
            'dependsOn':{'taskIds':['t']}                   | InvalidPropertyValue
            'dependsOn':{'taskIdRanges':[{'start':5,'end':4}]} | InvalidPropertyValue
            'environmentSettings':[{'value':'x'}]           | MissingRequiredProperty
            'outputFiles':[{'filePattern':'*'}]             | MissingRequiredProperty
            'multiInstanceSettings':{'numberOfInstances':2} | MissingRequiredProperty
            'multiInstanceSettings':{'numberOfInstances':0,'coordinationCommandLine':'x'} | InvalidPropertyValue
            'multiInstanceSettings':{'coordinationCommandLine':'x'},'requiredSlots':2 | InvalidPropertyValue
            'multiInstanceSettings':{'coordinationCommandLine':'x'},'containerSettings':{'imageName':'x'} | UnsupportedProperty
            'authenticationTokenSettings':{'access':['pool']} | InvalidPropertyValue
            'containerSettings':{'imageName':'x'}           | InvalidPropertyValue
            'containerSettings':{'imageName':'X y'}         | InvalidPropertyValue
            'containerSettings':{'imageName':'x','containerRunOptions':'--privileged'} | InvalidPropertyValue
            'containerSettings':{'imageName':'x','containerRunOptions':'--memory=lots'} | InvalidPropertyValue
            'containerSettings':{'containerRunOptions':'--rm'} | MissingRequiredProperty
            'containerSettings':{'imageName':'x','containerHostBatchBindMounts':[{'source':'Shared'}]} | UnsupportedProperty
            'exitConditions':{'default':{'jobAction':'terminate'}} | InvalidPropertyValue
            'userIdentity':{}                               | MissingRequiredProperty
            """)
    void whatATaskCannotHaveIsRefused(String properties, String code) {
        rig.withJob(0, "");
        rig.refused(400, code, "POST", "/jobs/j/tasks", task("t", "true", properties));
    }

    @Test
    void tasksGoToJobsThatTakeThem() throws Exception {
        rig.withJob(
                1,
                "'jobPreparationTask':{'commandLine':'/bin/true','id':'prep'},"
                        + "'jobReleaseTask':{'commandLine':'/bin/true'}");
        rig.refused(409, "TaskIdSameAsJobPreparationTask", "POST", "/jobs/j/tasks", task("Prep", "true", ""));
        rig.refused(409, "TaskIdSameAsJobReleaseTask", "POST", "/jobs/j/tasks", task("jobrelease", "true", ""));
        rig.addTask("t", "true", "");
        rig.refused(409, "TaskExists", "POST", "/jobs/j/tasks", task("T", "true", ""));
        rig.refused(404, "JobNotFound", "POST", "/jobs/none/tasks", task("t", "true", ""));
        rig.post(202, "/jobs/j/terminate", "");
        rig.awaitState("/jobs/j", "completed");
        rig.refused(409, "JobCompleted", "POST", "/jobs/j/tasks", task("u", "true", ""));
        rig.refused(409, "JobCompleted", "POST", "/jobs/j/addtaskcollection", "{'value':[" + task("u", "", "") + "]}");
    }

    @Test
    void whatIsLargerThanAMachineTakesIsRefused() {
        rig.withJob(0, "");
        String long65k = "x".repeat(65_537);
        String many = "{'name':'n','value':'v'},".repeat(1000) + "{'name':'n','value':'v'}";
        String outputs = "{'filePattern':'a','destination':{'container':{'containerUrl':'http://h/c'}},"
                + "'uploadOptions':{'uploadCondition':'tasksuccess'}}";
        for (String properties : List.of(
                "'environmentSettings':[" + many + "]",
                "'environmentSettings':[{'name':'n','value':'" + "x".repeat(100_000) + "'}]",
                "'outputFiles':[" + (outputs + ",").repeat(1000) + outputs + "]")) {
            rig.refused(
                    400, "InvalidPropertyValue", "POST", "/jobs/j/tasks", ServiceRig.task("big", "true", properties));
        }
        rig.refused(400, "InvalidPropertyValue", "POST", "/jobs/j/tasks", ServiceRig.task("big", long65k, ""));
        rig.refused(
                400,
                "InvalidPropertyValue",
                "POST",
                "/jobs",
                "{'id':'big','poolInfo':{'poolId':'p'},'metadata':[" + many + "]}");
        rig.refused(404, "TaskNotFound", "GET", "/jobs/j/tasks/big", "");
    }
}
