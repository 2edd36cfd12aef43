package io.twinbatch.azure.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.azure.account.AccountUsage.PoolUse;
import io.twinbatch.azure.batch.BatchJobQueue;
import io.twinbatch.azure.batch.ObjectAccess;
import io.twinbatch.azure.stub.Answer;
import io.twinbatch.azure.stub.StubBatchService;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchAccountUsageTest {
    private final StubBatchService service = new StubBatchService();
    private final BatchAccountUsage use = new BatchAccountUsage(service.client(), ObjectAccess.SIGNED);

    @AfterEach
    void tearDown() {
        service.close();
    }

    @Test
    void aPoolCountsWithTheNodesThatItHasOrIsGoingToHave() {
        service.on("GET /pools", Answer.json(200, """
                {'value':[
                 {'id':'growing','vmSize':'standard_d2s_v5','targetDedicatedNodes':4,'currentDedicatedNodes':1,
                  'targetLowPriorityNodes':0,'currentLowPriorityNodes':2},
                 {'id':'strange','virtualMachineConfiguration':{'nodeAgentSKUId':'batch.node.windows amd64'}}]}"""));

        assertThat(use.pools())
                .containsExactly(
                        new PoolUse("growing", "standard_d2s_v5", 4, 2),
                        new PoolUse("strange", "", 0, 0, true, Set.of()));
        assertThat(service.asked().get(0).query().get("$select")).contains("vmSize", "targetDedicatedNodes");
    }

    @Test
    void onlyActiveJobsAreCounted() {
        service.on("GET /jobs", Answer.json(200, "{'value':[{'id':'a'},{'id':'b'}]}"));

        assertThat(use.activeJobs()).isEqualTo(2);
        assertThat(service.asked().get(0).query())
                .containsEntry("$filter", "state eq 'active'")
                .containsEntry("$select", "id");
    }

    @Test
    void anImageComesWithItsNodeAgent() {
        service.on("GET /supportedimages", Answer.json(200, """
                {'value':[{'nodeAgentSKUId':'batch.node.ubuntu 24.04','osType':'linux',
                 'verificationType':'verified','batchSupportEndOfLife':'2029-04-01T00:00:00Z','imageReference':
                 {'publisher':'canonical','offer':'ubuntu-24_04-lts','sku':'server','version':'latest'}},
                 {'nodeAgentSKUId':'batch.node.ubuntu 24.04','osType':'linux','verificationType':'verified',
                 'imageReference':{'publisher':'Canonical','offer':'ubuntu-24_04-lts','sku':'server-gen1'}},
                 {'nodeAgentSKUId':'batch.node.debian 12','osType':'linux','verificationType':'verified',
                 'imageReference':{'publisher':'debian','offer':'debian-12','sku':'12'}}]}"""));
        OfferedImage expected = new OfferedImage(
                "batch.node.ubuntu 24.04",
                Optional.of(Instant.parse("2029-04-01T00:00:00Z")),
                List.of(new VmImage("Canonical", "ubuntu-24_04-lts", "server-gen1")));

        assertThat(use.image(VmImage.UBUNTU_LTS, false)).isEqualTo(expected);
        assertThat(use.image(VmImage.UBUNTU_LTS, false)).isEqualTo(expected);
        assertThat(service.asked("GET /supportedimages")).hasSize(1);
        BatchException failure = catchThrowableOfType(
                BatchException.class, () -> use.image(new VmImage("canonical", "ubuntu-99", "server"), false));
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void anAccountWithoutKeysIsNoWrongKey() {
        service.on("GET /pools", Answer.json(403, """
                {'code':'AuthenticationFailed','message':{'lang':'en-US','value':'Server failed to authenticate.'},
                 'values':[{'key':'AuthenticationErrorDetail','value':'The specified type of authentication SharedKey is\
                 not allowed for this account.'}]}"""));

        BatchException failure = catchThrowableOfType(BatchException.class, use::pools);

        assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(failure)
                .hasMessageContaining("an account's key is not accepted for this; sign in with Microsoft Entra");
    }

    @Test
    void theSizeOfATaskIsThatOfItsRequest() {
        TaskSpec task = TaskSpec.builder("a", CommandLine.shell("echo \u00e4"))
                .environment(Map.of("X", "1"))
                .build();
        service.on("POST /jobs/j/addtaskcollection", Answer.json(200, "{'value':[{'taskId':'a','status':'success'}]}"));

        new BatchJobQueue(service.client()).submit(new JobId("j"), List.of(task));

        byte[] sent = service.asked().get(0).body().getBytes(StandardCharsets.UTF_8);
        assertThat(use.requestBytes(task)).isEqualTo(sent.length);
    }

    @Test
    void aRefusalSaysWhatItWas() {
        service.on("GET /pools", Answer.error(403, "AuthenticationFailed", "Server failed to authenticate."));

        BatchException failure = catchThrowableOfType(BatchException.class, use::pools);

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(failure).hasMessageContaining("AuthenticationFailed");
    }
}
