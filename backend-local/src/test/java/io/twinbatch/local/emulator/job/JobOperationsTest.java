package io.twinbatch.local.emulator.job;

import static io.twinbatch.local.emulator.ServiceRig.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceTest;
import io.twinbatch.local.emulator.http.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobOperationsTest extends ServiceTest {
    @Test
    void aNewJobIsShownWithTheServicesDefaults() {
        Reply reply = rig.post(201, "/jobs", "{'id':'J','poolInfo':{'poolId':'later'},'maxParallelTasks':-1}");
        assertThat(reply.headers()).containsKeys("ETag", "Last-Modified", "Location", "DataServiceId");
        JsonNode job = rig.get("/jobs/j");
        assertThat(job.get("url").textValue()).isEqualTo(BASE + "/jobs/J");
        assertThat(job.get("state").textValue()).isEqualTo("active");
        assertThat(job.get("priority").intValue()).isZero();
        assertThat(job.get("maxParallelTasks").intValue()).isEqualTo(-1);
        assertThat(job.get("onAllTasksComplete").textValue()).isEqualTo("noaction");
        assertThat(job.get("onTaskFailure").textValue()).isEqualTo("noaction");
        assertThat(job.get("usesTaskDependencies").booleanValue()).isFalse();
        assertThat(job.get("allowTaskPreemption").booleanValue()).isFalse();
        assertThat(job.get("constraints").toString())
                .isEqualTo("{\"maxWallClockTime\":\"P10675199DT2H48M5.4775807S\",\"maxTaskRetryCount\":0}");
        assertThat(job.get("executionInfo").get("poolId").textValue()).isEqualTo("later");
        assertThat(job.get("poolInfo").get("poolId").textValue()).isEqualTo("later");
        rig.refused(409, "JobExists", "POST", "/jobs", "{'id':'j','poolInfo':{'poolId':'later'}}");
    }

    @Test
    void aPatchChangesWhatItNamesAndAnUpdateAll() {
        rig.withJob(0, "'priority':5,'metadata':[{'name':'a','value':'b'}],'constraints':{'maxTaskRetryCount':2}");
        String tag = rig.get("/jobs/j").get("eTag").textValue();
        rig.call(200, "PATCH", "/jobs/j", Map.of("if-match", tag), "{'priority':7}");
        JsonNode patched = rig.get("/jobs/j");
        assertThat(patched.get("priority").intValue()).isEqualTo(7);
        assertThat(patched.get("metadata")).hasSize(1);
        assertThat(patched.get("constraints").get("maxTaskRetryCount").intValue())
                .isEqualTo(2);
        assertThat(patched.get("eTag").textValue()).isNotEqualTo(tag);
        rig.call(200, "PUT", "/jobs/j", Map.of(), "{'poolInfo':{'poolId':'p'},'maxParallelTasks':3}");
        JsonNode updated = rig.get("/jobs/j");
        assertThat(updated.get("priority").intValue()).isZero();
        assertThat(updated.get("maxParallelTasks").intValue()).isEqualTo(3);
        assertThat(updated.has("metadata")).isFalse();
        rig.refused(400, "MissingRequiredProperty", "PUT", "/jobs/j", "{}");
        assertThat(rig.refused("PATCH", "/jobs/j", Map.of("if-match", tag), "{}")
                        .status())
                .isEqualTo(412);
        rig.refused(409, "OperationInvalidForCurrentState", "PATCH", "/jobs/j", "{'poolInfo':{'poolId':'q'}}");
    }

    @Test
    void aJobIsTerminatedWithAReasonAndDeleted() throws Exception {
        rig.withJob(1, "").addTask("runs", "sleep 600", "").addTask("waits", "true", "'requiredSlots':2");
        rig.awaitState("/jobs/j/tasks/runs", "running");
        String tag = rig.get("/jobs/j").get("eTag").textValue();
        rig.post(202, "/jobs/j/terminate", "{'terminateReason':'enough'}");
        assertThat(rig.get("/jobs/j")
                        .get("executionInfo")
                        .get("terminateReason")
                        .textValue())
                .isEqualTo("enough");
        JsonNode completed = rig.awaitState("/jobs/j", "completed");
        assertThat(completed.get("previousState").textValue()).isEqualTo("active");
        assertThat(completed.get("eTag").textValue()).isNotEqualTo(tag);
        assertThat(completed.get("executionInfo").has("endTime")).isTrue();
        assertThat(rig.get("/jobs/j/tasks/waits").get("state").textValue()).isEqualTo("active");
        assertThat(rig.get("/jobs/j/tasks/runs").get("state").textValue()).isEqualTo("completed");
        rig.refused(409, "JobCompleted", "POST", "/jobs/j/terminate", "");
        rig.call(202, "DELETE", "/jobs/j", Map.of(), "");
        rig.awaitGone("/jobs/j");
        rig.refused(404, "JobNotFound", "DELETE", "/jobs/j", "");
        rig.refused(404, "JobNotFound", "GET", "/jobs/j/tasks", "");
    }

    @Test
    void aSecondDeletionOfAJobThatIsGoingIsRefused() throws Exception {
        rig.withJob(
                1,
                "'jobPreparationTask':{'commandLine':'/bin/true'},'jobReleaseTask':{'commandLine':'/bin/sleep 600'}");
        rig.addTask("t", "true", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");
        rig.call(202, "DELETE", "/jobs/j", Map.of(), "");
        assertThat(rig.get("/jobs/j").get("state").textValue()).isEqualTo("deleting");
        rig.refused(409, "JobBeingDeleted", "DELETE", "/jobs/j", "");
        rig.refused(409, "JobBeingDeleted", "POST", "/jobs/j/disable", "{'disableTasks':'wait'}");
    }

    @Test
    void tasksAreCounted() throws Exception {
        rig.withJob(1, "").addTask("ok", "true", "").addTask("bad", "false", "");
        rig.awaitState("/jobs/j/tasks/ok", "completed");
        rig.awaitState("/jobs/j/tasks/bad", "completed");
        rig.addTask("runs", "sleep 600", "'requiredSlots':2").addTask("waits", "true", "'requiredSlots':2");
        rig.awaitState("/jobs/j/tasks/runs", "running");
        JsonNode counts = rig.get("/jobs/j/taskcounts");
        assertThat(counts.get("taskCounts").toString())
                .isEqualTo("{\"active\":1,\"running\":1,\"completed\":2,\"succeeded\":1,\"failed\":1}");
        assertThat(counts.get("taskSlotCounts").toString())
                .isEqualTo("{\"active\":2,\"running\":2,\"completed\":2,\"succeeded\":1,\"failed\":1}");
        JsonNode stats = rig.get("/jobs?$expand=stats").get("value").get(0).get("stats");
        assertThat(stats.get("numFailedTasks").textValue()).isEqualTo("1");
    }

    @Test
    void aTaskThatIsQueuedAgainAddsNoTimeToTheStatistics() throws Exception {
        rig.withJob(1, "").addTask("t", "sleep 600", "");
        rig.awaitState("/jobs/j/tasks/t", "running");
        rig.post(202, "/pools/p/resize", "{'targetDedicatedNodes':0}");
        rig.awaitState("/jobs/j/tasks/t", "active");

        JsonNode stats = rig.get("/jobs/j?$expand=stats").get("stats");
        assertThat(stats.get("wallClockTime").textValue()).isEqualTo("PT0S");
        assertThat(Duration.parse(stats.get("waitTime").textValue())).isPositive();
    }

    @Test
    void howPreparationAndReleaseWentIsToldForEachNode() throws Exception {
        rig.refused(404, "JobNotFound", "GET", "/jobs/j/jobpreparationandreleasetaskstatus", "");
        rig.withJob(
                1,
                "'jobPreparationTask':{'commandLine':'/bin/sh -c \\\"exit 2\\\"','waitForSuccess':false,"
                        + "'constraints':{'maxTaskRetryCount':1}},'jobReleaseTask':{'id':'rel','commandLine':'/bin/true'}");
        rig.addTask("t", "true", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");
        rig.post(202, "/jobs/j/terminate", "");
        rig.awaitState("/jobs/j", "completed");
        JsonNode status = rig.get("/jobs/j/jobpreparationandreleasetaskstatus")
                .get("value")
                .get(0);
        JsonNode preparation = status.get("jobPreparationTaskExecutionInfo");
        assertThat(preparation.get("exitCode").intValue()).isEqualTo(2);
        assertThat(preparation.get("retryCount").intValue()).isEqualTo(1);
        assertThat(preparation.get("result").textValue()).isEqualTo("failure");
        assertThat(preparation.get("taskRootDirectory").textValue()).isEqualTo("workitems/j/job-1/jobpreparation");
        JsonNode release = status.get("jobReleaseTaskExecutionInfo");
        assertThat(release.get("result").textValue()).isEqualTo("success");
        assertThat(release.get("taskRootDirectory").textValue()).isEqualTo("workitems/j/job-1/rel");
        rig.post(201, "/jobs", "{'id':'plain','poolInfo':{'poolId':'p'}}");
        rig.refused(409, "JobPreparationTaskNotSpecified", "GET", "/jobs/plain/jobpreparationandreleasetaskstatus", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'poolInfo':{}                                   | MissingRequiredProperty
            'poolInfo':{'poolId':'a b'}                     | InvalidPropertyValue
            'poolInfo':{'poolId':'a'},'priority':1001       | OutOfRangePriority
            'poolInfo':{'poolId':'a'},'maxParallelTasks':0  | InvalidPropertyValue
            'poolInfo':{'poolId':'a'},'unknown':0           | InvalidRequestBody
            'poolInfo':{'poolId':'a'},'jobReleaseTask':{'commandLine':'x'} | MissingRequiredProperty
            'poolInfo':{'poolId':'a'},'onAllTasksComplete':'x' | InvalidPropertyValue
            'poolInfo':{'poolId':'a'},'usesTaskDependencies':'true' | InvalidRequestBody
            'priority':1                                    | MissingRequiredProperty
            """)
    void whatAJobCannotHaveIsRefused(String properties, String code) {
        rig.refused(400, code, "POST", "/jobs", "{'id':'j'," + properties + "}");
    }
}
