package io.twinbatch.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.DetailLevel;
import com.microsoft.azure.batch.protocol.models.ComputeNodeDeallocationOption;
import com.microsoft.azure.batch.protocol.models.JobConstraints;
import com.microsoft.azure.batch.protocol.models.JobPatchParameter;
import com.microsoft.azure.batch.protocol.models.OnAllTasksComplete;
import com.microsoft.azure.batch.protocol.models.PoolPatchParameter;
import io.twinbatch.azure.client.ListOptions;
import io.twinbatch.azure.client.model.FileModel.BatchFile;
import io.twinbatch.azure.client.model.JobModel.JobPatch;
import io.twinbatch.azure.client.model.JobModel.JobTerminate;
import io.twinbatch.azure.client.model.NameValue;
import io.twinbatch.azure.client.model.PoolModel.AutoScaleEnable;
import io.twinbatch.azure.client.model.PoolModel.PoolPatch;
import io.twinbatch.azure.client.model.PoolModel.PoolResize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.joda.time.Period;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The typed client's operations that pools and jobs do not need, or need with other arguments. */
class ClientWireTest {
    private static final String FORMULA = "$TargetDedicatedNodes = min(3, $PendingTasks.GetSample(1));";

    private WireComparison wire;

    @BeforeEach
    void start() throws Exception {
        wire = WireComparison.start(ClientWireTest::answer);
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void aPoolIsChangedInTheSameWords() throws Exception {
        PoolPatchParameter official =
                new PoolPatchParameter().withMetadata(OfficialParts.metadata(Map.of("lease", "9")));
        PoolPatch ours = new PoolPatch(null, List.of(new NameValue("lease", "9")), null);
        wire.requireSame(
                sdk -> sdk.poolOperations().patchPool("p", official),
                () -> wire.rest().pools().patch("p", ours));
        wire.requireSame(
                sdk -> sdk.poolOperations().patchPool("p", new PoolPatchParameter().withMetadata(List.of())),
                () -> wire.rest().pools().patch("p", new PoolPatch(null, List.of(), null)));
    }

    @Test
    void aPoolIsResizedWithATimeLimitInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.poolOperations()
                        .resizePool("p", 3, 1, Period.minutes(10), ComputeNodeDeallocationOption.TASK_COMPLETION),
                () -> wire.rest().pools().resize("p", new PoolResize(3, 1, Duration.ofMinutes(10), "taskcompletion")));
    }

    @Test
    void automaticScalingIsSwitchedInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.poolOperations().enableAutoScale("p", FORMULA, Period.minutes(7)),
                () -> wire.rest().pools().enableAutoScale("p", new AutoScaleEnable(FORMULA, Duration.ofMinutes(7))));
        wire.requireSame(
                sdk -> sdk.poolOperations().disableAutoScale("p"),
                () -> wire.rest().pools().disableAutoScale("p"));
    }

    @Test
    void aNodeIsLookedUpInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.computeNodeOperations().getComputeNode("p", "n"),
                () -> wire.rest().nodes().get("p", "n"));
    }

    @Test
    void aJobIsChangedInTheSameWords() throws Exception {
        JobPatchParameter official = new JobPatchParameter()
                .withPriority(100)
                .withMaxParallelTasks(4)
                .withOnAllTasksComplete(OnAllTasksComplete.TERMINATE_JOB)
                .withConstraints(new JobConstraints()
                        .withMaxWallClockTime(Period.hours(30))
                        .withMaxTaskRetryCount(2))
                .withMetadata(OfficialParts.metadata(Map.of("lease", "9")));
        JobPatch ours = new JobPatch(
                100,
                4,
                "terminatejob",
                new io.twinbatch.azure.client.model.JobModel.JobConstraints(Duration.ofHours(30), 2),
                null,
                List.of(new NameValue("lease", "9")));
        wire.requireSame(
                sdk -> sdk.jobOperations().patchJob("j", official),
                () -> wire.rest().jobs().patch("j", ours));
    }

    @Test
    void aJobIsTerminatedWithAReasonInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.jobOperations().terminateJob("j", "no longer needed"),
                () -> wire.rest().jobs().terminate("j", new JobTerminate("no longer needed")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdout.txt", "wd/a b/c.txt", "wd/50%+1/ä=&?#.txt"})
    void thePropertiesOfATasksFileAreAskedForInTheSameWords(String path) throws Exception {
        wire.requireSame(sdk -> sdk.protocolLayer().files().getPropertiesFromTask("j", "t", path), () -> {
            BatchFile file = wire.rest().tasks().fileProperties("j", "t", path);
            assertThat(file.properties().contentLength()).isEqualTo(4);
            assertThat(file.name()).isEqualTo(path);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state eq 'completed'",
                "(state eq 'running') and startswith(id,'r')",
                "stateTransitionTime gt DateTime'2026-11-22T10:00:00Z'"
            })
    void filtersArriveAsTheyWereMeant(String filter) throws Exception {
        DetailLevel detail = new DetailLevel.Builder()
                .withFilterClause(filter)
                .withSelectClause("id,state")
                .build();
        wire.requireSame(
                sdk -> assertThat(sdk.jobOperations().listJobs(detail)).isEmpty(),
                () -> assertThat(wire.rest()
                                .jobs()
                                .list(ListOptions.filter(filter).withSelect("id,state")))
                        .isEmpty());
    }

    /** The official client signs such a filter as the service does not read it, so it cannot be compared. */
    @Test
    void aFilterOfCharactersWithAMeaningInUrlsArrivesAsItWasMeant() {
        String filter = "startswith(id, 'a+b & c=d%20#/?;')";

        List<WireRequest> sent = wire.ourRequests(() ->
                assertThat(wire.rest().jobs().list(ListOptions.filter(filter))).isEmpty());

        assertThat(sent.get(0).query()).containsEntry("$filter", filter);
    }

    private static WireReply answer(WireRequest request) {
        if (request.method().equals("HEAD")) {
            return head(request);
        }
        if (request.rawPath().endsWith("/evaluateautoscale")) {
            return WireReply.json(
                    200, "{\"timestamp\": \"2026-11-22T10:00:00Z\", \"results\": \"$TargetDedicatedNodes=1\"}");
        }
        if (request.method().equals("GET")) {
            return WireReply.json(200, request.segments().size() == 1 ? "{\"value\": []}" : "{\"id\": \"n\"}");
        }
        boolean atOnce = request.method().equals("PATCH") || request.rawPath().contains("autoscale");
        return WireReply.empty(atOnce ? 200 : 202);
    }

    private static WireReply head(WireRequest request) {
        if (request.is("HEAD", "/pools/none")) {
            return WireReply.empty(404);
        }
        return WireReply.empty(200)
                .with("Content-Length", "4")
                .with("ocp-batch-file-isdirectory", "False")
                .with("ocp-batch-file-mode", "0o100644");
    }
}
