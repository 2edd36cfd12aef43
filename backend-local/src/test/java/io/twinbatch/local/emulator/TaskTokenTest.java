package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.api.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The token of a task that asks for one. */
class TaskTokenTest extends ServiceTest {
    private static final String SETTINGS = "'authenticationTokenSettings':{'access':['job']}";
    private static final String TELL = "echo $AZ_BATCH_AUTHENTICATION_TOKEN > ";

    /** The token that a task has told. */
    private String told() throws Exception {
        Path file = folder.resolve("told");
        JsonNode unused = rig.await("/jobs/j", job -> read(file).endsWith("\n"));
        return read(file).strip();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTokenIsGoodForTheTasksJobWhileItRuns() throws Exception {
        rig.withJob(1, "");
        rig.addTask("t", TELL + folder.resolve("told") + "; sleep 600", SETTINGS);
        String token = told();
        assertThat(token).hasSizeGreaterThan(40);
        assertThat(rig.engine().tokens().job(token)).contains(new JobId("j"));
        assertThat(rig.engine().tokens().job(token + "x")).isEmpty();
        rig.call(204, "POST", "/jobs/j/tasks/t/terminate", Map.of(), "");
        JsonNode ended = rig.awaitState("/jobs/j/tasks/t", "completed");
        assertThat(rig.engine().tokens().job(token)).isEmpty();
        assertThat(ended.get("authenticationTokenSettings").toString()).isEqualTo("{\"access\":[\"job\"]}");
    }

    @Test
    void eachTryHasATokenOfItsOwn() throws Exception {
        rig.withJob(1, "");
        rig.addTask(
                "t",
                TELL + folder + "/told-$(ls " + folder + " | wc -l); test $(ls " + folder + " | wc -l) -gt 2",
                SETTINGS + ",'constraints':{'maxTaskRetryCount':3}");
        rig.awaitState("/jobs/j/tasks/t", "completed");
        assertThat(Files.readString(folder.resolve("told-1"))).isNotEqualTo(Files.readString(folder.resolve("told-2")));
    }

    @Test
    void aTaskThatDoesNotAskHasNone() throws Exception {
        rig.withJob(1, "");
        rig.addTask("t", "test -z $AZ_BATCH_AUTHENTICATION_TOKEN", "");
        rig.addTask("u", "test -z $AZ_BATCH_AUTHENTICATION_TOKEN", "'authenticationTokenSettings':{'access':[]}");
        for (String id : new String[] {"t", "u"}) {
            assertThat(rig.awaitState("/jobs/j/tasks/" + id, "completed")
                            .at("/executionInfo/exitCode")
                            .intValue())
                    .isZero();
        }
    }

    @Test
    void theTokenOfAJobManagerIsKeptNowhere() throws Exception {
        rig.withPool(1)
                .withJobAlone("'jobManagerTask':{'id':'m','commandLine':'/bin/sh -c \\\"" + TELL
                        + folder.resolve("told") + "; sleep 600\\\"'," + SETTINGS + "}");
        String token = told();
        assertThat(rig.engine().tokens().job(token)).contains(new JobId("j"));
        assertThat(rig.get("/jobs/j").toString() + rig.get("/jobs/j/tasks/m")).doesNotContain(token);
        rig.close();
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(token);
            }
        }
        open();
    }
}
