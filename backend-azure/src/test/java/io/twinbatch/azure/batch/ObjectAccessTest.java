package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.azure.ManagedIdentity;
import io.twinbatch.azure.stub.Answer;
import io.twinbatch.azure.stub.StubBatchService;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectAccessTest {
    private static final JobId ID = new JobId("j");

    private final StubBatchService service = new StubBatchService();

    @AfterEach
    void stop() {
        service.close();
    }

    private static SignedUrl url(String text) {
        return new SignedUrl(URI.create(text), Map.of(), Instant.MAX);
    }

    @Test
    void nodesWithAnIdentityAreGivenUrlsWithoutSignaturesInItsAccount() {
        ManagedIdentity identity = ManagedIdentity.of(
                        "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i")
                .orElseThrow();
        BatchJobQueue byIdentity = new BatchJobQueue(
                service.client(), ObjectAccess.by(identity, URI.create("https://x.blob.core.windows.net")));
        SignedUrl own = url("https://x.blob.core.windows.net/c/in?sig=s");
        SignedUrl program = url("https://x.blob.core.windows.net/c/task.jar?sig=s");
        JobNodeTask preparation =
                new JobNodeTask("prepare", List.of(new ResourceFile(program, "task.jar")), Map.of(), false);
        SignedUrl foreign = url("https://y.blob.core.windows.net/c/in?sig=s");
        TaskSpec task = TaskSpec.builder("t", "true")
                .resourceFiles(List.of(new ResourceFile(own, "a"), new ResourceFile(foreign, "b")))
                .outputFiles(List.of(new OutputFile("*", own, "out", OutputFile.Condition.SUCCESS)))
                .build();
        service.on("POST /jobs", Answer.empty(201));
        service.on(
                "POST /jobs/j/addtaskcollection",
                Answer.verbatim(200, "{\"value\":[{\"status\":\"success\",\"taskId\":\"t\"}]}"));

        byIdentity.create(JobSpec.of(ID, new PoolId("p")).withNodeTasks(preparation, Optional.empty()));
        byIdentity.submit(ID, List.of(task));

        String reference = "\"identityReference\":{\"resourceId\":\"" + identity.resourceId() + "\"}";
        assertThat(service.asked("POST /jobs").get(0).body())
                .contains("{\"httpUrl\":\"https://x.blob.core.windows.net/c/task.jar\",\"filePath\":\"task.jar\","
                        + reference);
        assertThat(service.asked("POST /jobs/j/addtaskcollection").get(0).body())
                .contains("{\"httpUrl\":\"https://x.blob.core.windows.net/c/in\",\"filePath\":\"a\"," + reference + "}")
                .contains("{\"httpUrl\":\"https://y.blob.core.windows.net/c/in?sig=s\",\"filePath\":\"b\"}")
                .contains("{\"containerUrl\":\"https://x.blob.core.windows.net/c/in\",\"path\":\"out\"," + reference
                        + "}");
    }
}
