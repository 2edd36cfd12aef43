package io.twinbatch.local.emulator.schedule;

import static io.twinbatch.local.emulator.ServiceRig.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.ServiceTest;
import io.twinbatch.local.emulator.http.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleOperationsTest extends ServiceTest {
    private static String schedule(String id, String schedule, String job) {
        return "{'id':'" + id + "','schedule':{" + schedule + "},'jobSpecification':{'poolInfo':{'poolId':'p'}"
                + (job.isEmpty() ? "" : ",") + job + "}}";
    }

    private JsonNode awaitJob(String id) throws InterruptedException {
        return rig.await(
                "/jobschedules/" + id, schedule -> schedule.get("executionInfo").has("recentJob"));
    }

    @Test
    void aScheduleWithoutRecurrenceMakesOneJobAndEndsWithIt() throws Exception {
        rig.withPool(1);
        Reply reply = rig.post(
                201,
                "/jobschedules",
                schedule("S", "", "'priority':3,'jobManagerTask':{'id':'m','commandLine':'/bin/true'}"));
        assertThat(reply.headers()).containsEntry("Location", BASE + "/jobschedules/S");
        JsonNode done = rig.awaitState("/jobschedules/s", "completed");
        JsonNode recent = done.get("executionInfo").get("recentJob");
        assertThat(recent.get("id").textValue()).isEqualTo("S:job-1");
        assertThat(done.get("executionInfo").has("endTime")).isTrue();
        JsonNode job = rig.get("/jobs/S%3Ajob-1");
        assertThat(job.get("priority").intValue()).isEqualTo(3);
        assertThat(job.get("id").textValue()).isEqualTo("S:job-1");
        JsonNode task = rig.get("/jobs/S%3Ajob-1/tasks/m");
        assertThat(task.get("nodeInfo").get("taskRootDirectory").textValue()).isEqualTo("workitems/S/job-1/m");
        assertThat(rig.get("/jobschedules/S/jobs").get("value")).hasSize(1);
        rig.refused(409, "JobScheduleCompleted", "POST", "/jobschedules/S/enable", "");
        rig.call(202, "DELETE", "/jobschedules/S", Map.of(), "");
        rig.awaitGone("/jobschedules/S");
        rig.awaitGone("/jobs/S%3Ajob-1");
    }

    @Test
    void aRecurringScheduleHasOneJobAtATimeAndIsTerminatedWithIt() throws Exception {
        rig.withPool(1);
        rig.post(201, "/jobschedules", schedule("s", "'recurrenceInterval':'PT1M'", ""));
        JsonNode active = awaitJob("s");
        assertThat(active.get("state").textValue()).isEqualTo("active");
        assertThat(active.get("executionInfo").has("nextRunTime")).isTrue();
        rig.post(202, "/jobschedules/s/terminate", "");
        rig.awaitState("/jobschedules/s", "completed");
        assertThat(rig.get("/jobs/s%3Ajob-1")
                        .get("executionInfo")
                        .get("terminateReason")
                        .textValue())
                .isEqualTo("TerminateJobSchedule");
    }

    @Test
    void aDisabledScheduleMakesNoJob() throws Exception {
        rig.withPool(0);
        rig.post(201, "/jobschedules", schedule("s", "'doNotRunUntil':'2100-01-01T00:00:00Z'", ""));
        assertThat(rig.get("/jobschedules/s")
                        .get("executionInfo")
                        .get("nextRunTime")
                        .textValue())
                .isEqualTo("2100-01-01T00:00:00Z");
        rig.post(204, "/jobschedules/s/disable", "");
        JsonNode disabled = rig.get("/jobschedules/s");
        assertThat(disabled.get("state").textValue()).isEqualTo("disabled");
        assertThat(disabled.get("executionInfo").has("nextRunTime")).isFalse();
        rig.call(
                200,
                "PATCH",
                "/jobschedules/s",
                Map.of("if-match", disabled.get("eTag").textValue()),
                "{'schedule':{'startWindow':'PT5M'},'metadata':[{'name':'a','value':'b'}]}");
        assertThat(rig.get("/jobschedules/s/jobs").get("value")).isEmpty();
        rig.close();
        open();
        assertThat(rig.get("/jobschedules/s").get("state").textValue()).isEqualTo("disabled");
        rig.post(204, "/jobschedules/s/enable", "");
        JsonNode made = awaitJob("s");
        assertThat(made.get("metadata")).hasSize(1);
        rig.call(
                200,
                "PUT",
                "/jobschedules/s",
                Map.of(),
                "{'schedule':{},'jobSpecification':{'poolInfo':{'poolId':'q'}}}");
        assertThat(rig.get("/jobschedules/s").has("metadata")).isFalse();
        assertThat(rig.get("/jobs/s%3Ajob-1").get("executionInfo").get("poolId").textValue())
                .isEqualTo("p");
    }

    @Test
    void jobsOfAScheduleCanShareAPool() throws Exception {
        rig.post(
                201,
                "/jobschedules",
                "{'id':'s','schedule':{'recurrenceInterval':'PT1M'},'jobSpecification':{'poolInfo':"
                        + "{'autoPoolSpecification':{'poolLifetimeOption':'jobschedule','pool':{'vmSize':'standard_d2s_v5',"
                        + ServiceRig.MACHINE + "}}}}}");
        awaitJob("s");
        String pool =
                rig.get("/jobs/s%3Ajob-1").get("executionInfo").get("poolId").textValue();
        assertThat(pool).matches("[0-9A-F-]{36}");
        rig.post(202, "/jobs/s%3Ajob-1/terminate", "");
        rig.awaitState("/jobs/s%3Ajob-1", "completed");
        assertThat(rig.get("/pools/" + pool).get("state").textValue()).isEqualTo("active");
        rig.call(202, "DELETE", "/jobschedules/s", Map.of(), "");
        rig.awaitGone("/pools/" + pool);
    }

    @Test
    void idsOfSchedulesAndJobsAreOneRealm() {
        rig.withJob(0, "");
        rig.refused(409, "JobWithSameIdExists", "POST", "/jobschedules", schedule("J", "", ""));
        rig.post(201, "/jobschedules", schedule("s", "'doNotRunUntil':'2100-01-01T00:00:00Z'", ""));
        rig.refused(409, "JobScheduleExists", "POST", "/jobschedules", schedule("S", "", ""));
        rig.refused(409, "JobScheduleWithSameIdExists", "POST", "/jobs", "{'id':'S','poolInfo':{'poolId':'p'}}");
        assertThat(rig.call(200, "HEAD", "/jobschedules/s", Map.of(), "").headers())
                .containsKey("ETag");
        rig.refused(404, "JobScheduleNotFound", "HEAD", "/jobschedules/t", "");
        assertThat(rig.get("/jobschedules?$filter=startswith(id,'s')&$select=id")
                        .get("value")
                        .toString())
                .isEqualTo("[{\"id\":\"s\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'startWindow':'PT30S'                             | InvalidPropertyValue
            'recurrenceInterval':'PT1M','startWindow':'PT2M'  | InvalidPropertyValue
            'doNotRunUntil':'tomorrow'                        | InvalidRequestBody
            'every':'day'                                     | InvalidRequestBody
            """)
    void whatAScheduleCannotHaveIsRefused(String schedule, String code) {
        rig.refused(400, code, "POST", "/jobschedules", schedule("s", schedule, ""));
    }
}
