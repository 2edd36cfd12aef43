package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.protocol.models.AccessScope;
import com.microsoft.azure.batch.protocol.models.AuthenticationTokenSettings;
import com.microsoft.azure.batch.protocol.models.CloudTask;
import com.microsoft.azure.batch.protocol.models.JobAddParameter;
import com.microsoft.azure.batch.protocol.models.JobManagerTask;
import com.microsoft.azure.batch.protocol.models.PoolInformation;
import com.microsoft.azure.batch.protocol.models.TaskState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job manager without the account's key adds a task to its job by its token. */
@Timeout(120)
class TaskTokenIT {
    private static final Path CURL = Path.of("/usr/bin/curl");
    private static final String SCRIPT = """
            set -e
            api=api-version=2024-07-01.20.0
            job=$AZ_BATCH_ACCOUNT_URL/jobs/$AZ_BATCH_JOB_ID
            token="Authorization: Bearer $AZ_BATCH_AUTHENTICATION_TOKEN"
            curl -sS --fail -H "$token" -H "Content-Type: application/json; odata=minimalmetadata" \
                -d '{"id":"added","commandLine":"/bin/true"}' "$job/tasks?$api"
            curl -sS -o /dev/null -w '%{http_code} ' -H "$token" "$job/tasks/added?$api"
            curl -sS -o /dev/null -w '%{http_code}' -H "$token" "$AZ_BATCH_ACCOUNT_URL/pools?$api"
            echo "$AZ_BATCH_AUTHENTICATION_TOKEN" > "$1"
            """;

    @TempDir
    private Path folder;

    private static CloudTask ended(BatchClient client, String id) throws InterruptedException {
        return OfficialClient.await(
                "task " + id,
                () -> client.taskOperations().listTasks("j").stream()
                        .filter(task -> task.id().equals(id) && task.state() == TaskState.COMPLETED)
                        .findFirst());
    }

    private static void createPoolAndJob(BatchClient client, String commandLine) throws Exception {
        client.poolOperations().createPool("p", "standard_d2s_v5", OfficialClient.ubuntu(), 1);
        client.jobOperations()
                .createJob(new JobAddParameter()
                        .withId("j")
                        .withPoolInfo(new PoolInformation().withPoolId("p"))
                        .withJobManagerTask(new JobManagerTask()
                                .withId("manager")
                                .withCommandLine(commandLine)
                                .withKillJobOnCompletion(false)
                                .withAuthenticationTokenSettings(
                                        new AuthenticationTokenSettings().withAccess(List.of(AccessScope.JOB)))));
    }

    private static int statusOf(RunningEmulator emulator, String token) throws Exception {
        URI job = URI.create(emulator.endpoint() + "/jobs/j?api-version=2024-07-01.20.0");
        HttpRequest request = HttpRequest.newBuilder(job)
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aJobManagerAddsATaskByItsToken() throws Exception {
        assumeTrue(Files.isExecutable(CURL), "there is no " + CURL);
        Path script = Files.writeString(folder.resolve("manager.sh"), SCRIPT);
        Path tokenFile = Files.createFile(folder.resolve("token"));
        // The job manager is no administrator, also when the emulator runs as root.
        Files.setPosixFilePermissions(tokenFile, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (RunningEmulator emulator = RunningEmulator.start(folder)) {
            OfficialClient official = new OfficialClient(emulator);
            BatchClient client = official.batch();
            createPoolAndJob(client, "/bin/sh " + script + " " + tokenFile);
            CloudTask manager = ended(client, "manager");
            assertThat(manager.executionInfo().exitCode())
                    .as(official.file("j", "manager", "stderr.txt"))
                    .isZero();
            assertThat(official.file("j", "manager", "stdout.txt")).isEqualTo("200 403");
            assertThat(ended(client, "added").executionInfo().exitCode()).isZero();
            String token = Files.readString(tokenFile).strip();
            assertThat(statusOf(emulator, token))
                    .as("after the end of the task")
                    .isEqualTo(401);
            assertThat(emulator.said()).doesNotContain(token);
        }
    }
}
