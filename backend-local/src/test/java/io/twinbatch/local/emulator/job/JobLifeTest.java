package io.twinbatch.local.emulator.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.ServiceTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What jobs do by themselves or because of their tasks. */
class JobLifeTest extends ServiceTest {
    private int count(String state) {
        return rig.get("/jobs/j/taskcounts").get("taskCounts").get(state).intValue();
    }

    @Test
    void aDisabledJobRunsNothingUntilItIsEnabled() throws Exception {
        Path go = folder.resolve("go");
        rig.withJob(1, "").addTask("t", "while [ ! -e " + go + " ]; do sleep 0.05; done", "'requiredSlots':2");
        rig.addTask("next", "true", "");
        rig.awaitState("/jobs/j/tasks/t", "running");
        rig.post(202, "/jobs/j/disable", "{'disableTasks':'requeue'}");
        JsonNode disabled = rig.awaitState("/jobs/j", "disabled");
        assertThat(disabled.get("previousState").textValue()).isEqualTo("active");
        JsonNode task = rig.awaitState("/jobs/j/tasks/t", "active");
        assertThat(task.get("executionInfo").get("requeueCount").intValue()).isEqualTo(1);
        assertThat(task.get("executionInfo").get("retryCount").intValue()).isZero();
        rig.addTask("added", "true", "");
        assertThat(count("active")).isEqualTo(3);
        Files.createFile(go);
        rig.post(202, "/jobs/j/enable", "");
        assertThat(rig.get("/jobs/j").get("previousState").textValue()).isEqualTo("disabled");
        rig.await(
                "/jobs/j/taskcounts",
                counts -> counts.get("taskCounts").get("succeeded").intValue() == 3);
    }

    @Test
    void disablingCanWaitForTasksOrEndThem() throws Exception {
        Path go = folder.resolve("go");
        rig.withJob(1, "").addTask("t", "while [ ! -e " + go + " ]; do sleep 0.05; done", "");
        rig.awaitState("/jobs/j/tasks/t", "running");
        rig.post(202, "/jobs/j/disable", "{'disableTasks':'wait'}");
        assertThat(rig.get("/jobs/j").get("state").textValue()).isEqualTo("disabling");
        Files.createFile(go);
        rig.awaitState("/jobs/j", "disabled");
        assertThat(count("succeeded")).isEqualTo(1);
        rig.post(202, "/jobs/j/enable", "");
        rig.addTask("endless", "sleep 600", "");
        rig.awaitState("/jobs/j/tasks/endless", "running");
        rig.post(202, "/jobs/j/disable", "{'disableTasks':'terminate'}");
        rig.awaitState("/jobs/j", "disabled");
        assertThat(count("failed")).isEqualTo(1);
        rig.refused(400, "MissingRequiredProperty", "POST", "/jobs/j/disable", "{}");
    }

    @Test
    void aDisabledJobStaysDisabledThroughARestart() throws Exception {
        rig.withJob(1, "");
        rig.post(202, "/jobs/j/disable", "{'disableTasks':'wait'}");
        rig.addTask("t", "true", "");
        rig.awaitState("/jobs/j", "disabled");
        rig.close();
        open();
        assertThat(rig.get("/jobs/j").get("state").textValue()).isEqualTo("disabled");
        assertThat(rig.get("/jobs/j/tasks/t").get("state").textValue()).isEqualTo("active");
        rig.post(202, "/jobs/j/enable", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");
    }

    @Test
    void aJobCanEndWithItsTasks() throws Exception {
        rig.withJob(1, "").addTask("t", "true", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");
        rig.call(200, "PATCH", "/jobs/j", Map.of(), "{'onAllTasksComplete':'terminatejob'}");
        JsonNode job = rig.awaitState("/jobs/j", "completed");
        assertThat(job.get("executionInfo").get("terminateReason").textValue()).isEqualTo("AllTasksComplete");
        rig.post(201, "/jobs", "{'id':'empty','poolInfo':{'poolId':'p'},'onAllTasksComplete':'terminatejob'}");
        rig.awaitState("/jobs/empty", "completed");
    }

    @Test
    void endingWithItsTasksIsNotTakenBack() {
        rig.withJob(0, "");
        rig.addTask("t", "true", "");
        rig.call(200, "PATCH", "/jobs/j", Map.of(), "{'onAllTasksComplete':'terminatejob'}");
        rig.refused(400, "InvalidPropertyValue", "PATCH", "/jobs/j", "{'onAllTasksComplete':'noaction'}");
    }

    @Test
    void aFailedTaskCanTerminateOrDisableItsJob() throws Exception {
        rig.withJob(1, "'onTaskFailure':'performexitoptionsjobaction'");
        rig.addTask(
                "harmless", "exit 3", "'exitConditions':{'exitCodes':[{'code':3,'exitOptions':{'jobAction':'none'}}]}");
        rig.addTask(
                "pause",
                "exit 5",
                "'exitConditions':{'exitCodeRanges':[{'start':4,'end':6," + "'exitOptions':{'jobAction':'disable'}}]}");
        rig.awaitState("/jobs/j", "disabled");
        rig.awaitState("/jobs/j/tasks/harmless", "completed");
        rig.post(202, "/jobs/j/enable", "");
        rig.addTask("fatal", "exit 9", "");
        JsonNode job = rig.awaitState("/jobs/j", "completed");
        assertThat(job.get("executionInfo").get("terminateReason").textValue()).isEqualTo("TaskFailed");
    }

    @Test
    void dependenciesFollowTheExitConditions() throws Exception {
        rig.withJob(1, "'usesTaskDependencies':true");
        rig.addTask("after", "true", "'dependsOn':{'taskIds':['fails','fine']}");
        rig.addTask("never", "true", "'dependsOn':{'taskIds':['blocks']}");
        rig.addTask("fails", "exit 2", "'exitConditions':{'default':{'dependencyAction':'satisfy'}}");
        rig.addTask(
                "blocks",
                "exit 0",
                "'exitConditions':{'exitCodes':[{'code':0,'exitOptions':{'dependencyAction':'block'}}]}");
        rig.addTask("fine", "true", "");
        rig.awaitState("/jobs/j/tasks/after", "completed");
        rig.awaitState("/jobs/j/tasks/blocks", "completed");
        assertThat(rig.get("/jobs/j/tasks/never").get("state").textValue()).isEqualTo("active");
    }

    @Test
    void aTaskCanDependOnARangeOfOthers() throws Exception {
        rig.withJob(1, "'usesTaskDependencies':true");
        rig.addTask("1", "true", "");
        rig.awaitState("/jobs/j/tasks/1", "completed");
        rig.addTask("sum", "true", "'dependsOn':{'taskIdRanges':[{'start':1,'end':3}]}");
        rig.addTask("2", "true", "");
        rig.awaitState("/jobs/j/tasks/2", "completed");
        assertThat(rig.get("/jobs/j/tasks/sum").get("state").textValue()).isEqualTo("active");
        rig.close();
        open();
        assertThat(rig.get("/jobs/j/tasks/sum").get("state").textValue()).isEqualTo("active");
        rig.addTask("003", "true", "");
        rig.awaitState("/jobs/j/tasks/sum", "completed");
    }

    @Test
    void aTaskMayBeTriedAgainAnyNumberOfTimes() throws Exception {
        Path tries = folder.resolve("tries");
        rig.withJob(1, "'constraints':{'maxTaskRetryCount':-1}");
        rig.addTask("t", "echo x >> " + tries + "; [ $(wc -l < " + tries + ") -ge 6 ]", "");
        JsonNode task = rig.awaitState("/jobs/j/tasks/t", "completed");
        assertThat(task.get("executionInfo").get("retryCount").intValue()).isEqualTo(5);
        assertThat(task.get("constraints").get("maxTaskRetryCount").intValue()).isEqualTo(-1);
    }

    @Test
    void noMoreTasksRunAtOnceThanTheJobAllows() throws Exception {
        rig.withJob(3, "'maxParallelTasks':2");
        for (int i = 0; i < 5; i++) {
            rig.addTask("t" + i, "sleep 600", "");
        }
        rig.await(
                "/jobs/j/taskcounts",
                counts -> counts.get("taskCounts").get("running").intValue() == 2);
        rig.addTask("more", "true", "");
        assertThat(count("running")).isEqualTo(2);
        rig.call(200, "PATCH", "/jobs/j", Map.of(), "{'maxParallelTasks':4}");
        rig.await(
                "/jobs/j/taskcounts",
                counts -> counts.get("taskCounts").get("running").intValue() == 4);
    }

    @Test
    void aJobsTimeLimitCanBeSetLater() throws Exception {
        rig.withJob(1, "");
        rig.call(200, "PATCH", "/jobs/j", Map.of(), "{'constraints':{'maxWallClockTime':'PT0.01S'}}");
        JsonNode job = rig.awaitState("/jobs/j", "completed");
        assertThat(job.get("executionInfo").get("terminateReason").textValue()).isEqualTo("MaxWallClockTimeExpiry");
    }

    @Test
    void aManagerTaskEndsItsJob() throws Exception {
        rig.withJob(1, "'jobManagerTask':{'id':'boss','commandLine':'/bin/true'}");
        JsonNode job = rig.awaitState("/jobs/j", "completed");
        assertThat(job.get("executionInfo").get("terminateReason").textValue()).isEqualTo("JMComplete");
        assertThat(job.get("jobManagerTask").get("killJobOnCompletion").booleanValue())
                .isTrue();
        assertThat(rig.get("/jobs/j/tasks/boss").get("state").textValue()).isEqualTo("completed");
        rig.post(
                201,
                "/jobs",
                "{'id':'goes-on','poolInfo':{'poolId':'p'},'jobManagerTask':{'id':'boss','commandLine':'/bin/true',"
                        + "'killJobOnCompletion':false}}");
        rig.awaitState("/jobs/goes-on/tasks/boss", "completed");
        assertThat(rig.get("/jobs/goes-on").get("state").textValue()).isEqualTo("active");
    }

    @Test
    void anAutomaticPoolLivesAsLongAsItsJob() throws Exception {
        String pool = "'vmSize':'standard_d2s_v5'," + ServiceRig.MACHINE + ",'targetDedicatedNodes':1";
        rig.post(
                201,
                "/jobs",
                "{'id':'j','poolInfo':{'autoPoolSpecification':{'autoPoolIdPrefix':'pre','poolLifetimeOption':'job',"
                        + "'pool':{" + pool + "}}}}");
        String id = rig.get("/jobs/j").get("executionInfo").get("poolId").textValue();
        assertThat(id).matches("pre_[0-9A-F-]{36}");
        assertThat(rig.get("/pools/" + id).get("id").textValue()).isEqualTo(id);
        rig.addTask("t", "true", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");
        rig.post(202, "/jobs/j/terminate", "");
        rig.awaitState("/jobs/j", "completed");
        rig.awaitGone("/pools/" + id);
        rig.refused(
                400,
                "InvalidPropertyValue",
                "POST",
                "/jobs",
                "{'id':'k','poolInfo':{'autoPoolSpecification':{'poolLifetimeOption':'jobschedule','pool':{" + pool
                        + "}}}}");
    }
}
