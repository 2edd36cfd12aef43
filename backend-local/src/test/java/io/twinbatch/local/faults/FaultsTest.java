package io.twinbatch.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.FailureInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    private static final PoolId POOL = new PoolId("pool");
    private static final NodeId NODE = new NodeId("node1");
    private static final TaskKey TASK = new TaskKey(new JobId("job"), "task7");

    @TempDir
    private Path folder;

    @Test
    void aRuleAppliesToWhatItMatchesAndAsOftenAsItSays() throws IOException {
        Faults faults = faults("""
                {"faults": [{"fault": "throttle", "operation": "POST /jobs/*/addtaskcollection", "after": 1, "times": 2,
                             "retryAfterSeconds": 1.5}]}""");

        assertThat(faults.refusal("POST /jobs")).isEmpty();
        assertThat(faults.refusal("GET /jobs/a/addtaskcollection")).isEmpty();
        assertThat(faults.refusal("POST /jobs/a/b/addtaskcollection")).isEmpty();
        assertThat(faults.refusal("POST /jobs/a/addtaskcollection")).isEmpty();
        assertThat(faults.refusal("POST /jobs/b/addtaskcollection"))
                .contains(new Faults.Refusal(
                        429,
                        "TooManyRequests",
                        "Too many requests are sent to the account.",
                        Optional.of(Duration.ofMillis(1500))));
        assertThat(faults.refusal("POST /jobs/b/addtaskcollection")).isPresent();
        assertThat(faults.refusal("POST /jobs/b/addtaskcollection")).isEmpty();
    }

    @Test
    void aRefusalCanBeAnyOfTheServices() throws IOException {
        Faults faults = faults("""
                {"faults": [{"fault": "refuse", "operation": "POST /jobs", "status": 409,
                             "code": "ActiveJobAndScheduleQuotaReached", "message": "Too many."}]}""");

        assertThat(faults.refusal("POST /jobs"))
                .contains(new Faults.Refusal(409, "ActiveJobAndScheduleQuotaReached", "Too many.", Optional.empty()));
    }

    @Test
    void answersGetLostOrComeLate() throws IOException {
        Faults faults = faults("""
                {"faults": [{"fault": "loseAnswer", "operation": "POST /pools", "times": 1},
                            {"fault": "slowAnswer", "operation": "* /pools*", "delaySeconds": 0.25}]}""");

        assertThat(faults.losesAnswer("POST /pools")).isTrue();
        assertThat(faults.losesAnswer("POST /pools")).isFalse();
        assertThat(faults.answerDelay("GET /pools")).isEqualTo(Duration.ofMillis(250));
        assertThat(faults.answerDelay("GET /jobs")).isEqualTo(Duration.ZERO);
    }

    @Test
    void nodesAndTasksFailAsTheRulesSay() throws IOException {
        Faults faults = faults("""
                {"faults": [
                  {"fault": "resizeError", "pool": "po*", "granted": 1, "code": "AccountCoreQuotaReached"},
                  {"fault": "startTaskFailure", "pool": "pool", "node": "*1", "exitCode": 3},
                  {"fault": "preemption", "task": "task7", "delaySeconds": 1, "times": 1},
                  {"fault": "nodeLoss", "job": "job"},
                  {"fault": "slowNode", "node": "node1", "delaySeconds": 2},
                  {"fault": "uploadFailure", "job": "j*", "code": "FileUploadAccessDenied", "message": "No."}]}""");

        FaultPlan.Shortage shortage = faults.shortage(POOL, true, 3).orElseThrow();
        assertThat(shortage.granted()).isEqualTo(1);
        assertThat(shortage.error().code()).isEqualTo("AccountCoreQuotaReached");
        assertThat(faults.shortage(POOL, true, 1).orElseThrow().granted()).isZero();
        assertThat(faults.startTaskFailure(POOL, NODE)).isEqualTo(OptionalInt.of(3));
        assertThat(faults.startTaskFailure(POOL, new NodeId("node2"))).isEmpty();
        assertThat(faults.loss(POOL, NODE, TASK)).contains(new FaultPlan.Loss(true, Duration.ofSeconds(1)));
        assertThat(faults.loss(POOL, NODE, TASK)).contains(new FaultPlan.Loss(false, Duration.ZERO));
        assertThat(faults.delay(POOL, NODE, TASK)).isEqualTo(Duration.ofSeconds(2));
        assertThat(faults.uploadFailure(POOL, NODE, TASK).map(FailureInfo::code))
                .contains("FileUploadAccessDenied");
    }

    @Test
    void theSameSeedGivesTheSameFaultsAndAnotherOneOthers() throws IOException {
        assertThat(pattern(7)).isEqualTo(pattern(7)).isNotEqualTo(pattern(8)).contains(true, false);
    }

    private List<Boolean> pattern(int seed) throws IOException {
        Faults faults =
                faults("{\"seed\": " + seed + ", \"faults\": [{\"fault\": \"throttle\", \"probability\": 0.5}]}");
        return IntStream.range(0, 64)
                .mapToObj(i -> faults.refusal("GET /pools").isPresent())
                .toList();
    }

    @Test
    void withoutRulesNothingGoesWrong() throws IOException {
        assertThat(faults("{\"faults\": []}").isEmpty()).isTrue();
        assertThat(Faults.none().loss(POOL, NODE, TASK)).isEmpty();
        assertThat(FaultPlan.NONE.shortage(POOL, true, 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{ ~ no JSON",
                "[] ~ no JSON object",
                "{} ~ no list 'faults'",
                "{\"faults\": [{}]} ~ rule 1 has no 'fault'",
                "{\"faults\": [{\"fault\": \"fire\"}]} ~ rule 1 has no 'fault'",
                "{\"faults\": [{\"fault\": \"throttle\", \"node\": \"x\"}]} ~ cannot have 'node'",
                "{\"faults\": [{\"fault\": \"throttle\", \"probability\": 2}]} ~ 'probability'",
                "{\"faults\": [{\"fault\": \"throttle\", \"times\": \"3\"}]} ~ 'times'",
                "{\"faults\": [{\"fault\": \"throttle\", \"operation\": 3}]} ~ 'operation'",
                "{\"faults\": [{\"fault\": \"refuse\", \"status\": 200}]} ~ 'status'",
                "{\"faults\": [3]} ~ no 'fault'",
                "{\"more\": 1, \"faults\": []} ~ cannot have 'more'"
            })
    void whatIsWrongWithAFileIsSaid(String text, String words) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> faults(text))
                .withMessageContaining(words)
                .withMessageContaining("faults.json");
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> Faults.read(folder.resolve("none.json")))
                .withMessageContaining("there is no such file");
    }

    private Faults faults(String text) throws IOException {
        return Faults.read(Files.writeString(folder.resolve("faults.json"), text));
    }
}
