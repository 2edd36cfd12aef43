package io.twinbatch.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.protocol.models.ComputeNode;
import com.microsoft.azure.batch.protocol.models.ComputeNodeDeallocationOption;
import com.microsoft.azure.batch.protocol.models.ImageReference;
import com.microsoft.azure.batch.protocol.models.PoolAddParameter;
import com.microsoft.azure.batch.protocol.models.PoolPatchParameter;
import com.microsoft.azure.batch.protocol.models.VirtualMachineConfiguration;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.ResourceFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.time.Period;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests about pools are those of the official client. */
class PoolWireTest {
    private static final PoolId POOL = new PoolId("render-1");
    private static final String AGENT = "batch.node.ubuntu 24.04";
    private static final SignedUrl TOOLS = OfficialParts.signed("setup%20me.sh");

    private WireComparison wire;

    @BeforeEach
    void start() throws Exception {
        wire = WireComparison.start(PoolWireTest::answer);
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void aPoolWithEverythingIsAddedInTheSameWords() throws Exception {
        StartTask start = new StartTask(
                "/bin/sh -c \"sh 'setup me.sh'\"",
                List.of(new ResourceFile(TOOLS, "tools/setup me.sh")),
                Map.of("MODE", "fast", "EMPTY", ""),
                true,
                2);
        PoolSpec spec = new PoolSpec(
                POOL,
                "standard_d4s_v5",
                VmImage.UBUNTU_LTS,
                3,
                2,
                4,
                Optional.of(start),
                new IdlePolicy.Keep(),
                Map.of("run", "r-1", "owner", "ann"));
        PoolAddParameter same = poolLike(spec)
                .withStartTask(new com.microsoft.azure.batch.protocol.models.StartTask()
                        .withCommandLine("/bin/sh -c \"sh 'setup me.sh'\"")
                        .withResourceFiles(List.of(OfficialParts.resourceFile(TOOLS, "tools/setup me.sh")))
                        .withEnvironmentSettings(OfficialParts.environment(start.environment()))
                        .withUserIdentity(OfficialParts.administrator())
                        .withMaxTaskRetryCount(2)
                        .withWaitForSuccess(true))
                .withMetadata(OfficialParts.metadata(spec.metadata()));

        WireComparison.requireSame(
                wire.officialRequests(sdk -> sdk.poolOperations().createPool(same)), added(spec));
    }

    @Test
    void aPoolWithNothingButItsSizeIsAddedInTheSameWords() throws Exception {
        PoolSpec spec = PoolSpec.of(POOL, 1);

        WireComparison.requireSame(
                wire.officialRequests(sdk -> sdk.poolOperations().createPool(poolLike(spec))), added(spec));
    }

    @Test
    void aPoolThatLetsIdleNodesGoIsAddedInTheSameWords() throws Exception {
        PoolSpec spec = new PoolSpec(
                POOL,
                PoolSpec.DEFAULT_VM_SIZE,
                VmImage.UBUNTU_LTS,
                3,
                2,
                1,
                Optional.empty(),
                new IdlePolicy.Release(Duration.ofMinutes(10)),
                Map.of());
        List<WireRequest> ours = added(spec);
        String formula = ours.get(0).json().path("autoScaleFormula").asText();
        String metadata = ours.get(0).json().path("metadata").toString();
        PoolAddParameter same = poolLike(spec)
                .withTargetDedicatedNodes(null)
                .withTargetLowPriorityNodes(null)
                .withEnableAutoScale(true)
                .withAutoScaleFormula(formula)
                .withAutoScaleEvaluationInterval(Period.minutes(5));

        assertThat(formula).contains("$TargetDedicatedNodes").contains("$TargetLowPriorityNodes");
        assertThat(metadata).isEmpty();
        WireComparison.requireSame(
                wire.officialRequests(sdk -> sdk.poolOperations().createPool(same)), ours);
    }

    @Test
    void theServiceIsAskedForItsImagesInTheSameWords() throws Exception {
        List<WireRequest> official = wire.officialRequests(
                sdk -> assertThat(sdk.accountOperations().listSupportedImages()).hasSize(1));
        List<WireRequest> ours = wire.ourRequests(() -> wire.pools().create(PoolSpec.of(POOL, 1)));

        WireComparison.requireSame(official, ours.subList(0, 1));
    }

    @Test
    void aPoolIsLookedUpInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.poolOperations().getPool(POOL.value()),
                () -> wire.pools().find(POOL));
    }

    @Test
    void poolsAreListedInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> assertThat(sdk.poolOperations().listPools()).hasSize(2),
                () -> assertThat(wire.pools().list()).hasSize(2));
    }

    @Test
    void aPoolIsResizedInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.poolOperations().resizePool(POOL.value(), 5, 0, null, ComputeNodeDeallocationOption.REQUEUE),
                () -> wire.pools().resize(POOL, 5, 0));
    }

    @Test
    void nodesAreRemovedInTheSameWords() throws Exception {
        List<ComputeNode> nodes = List.of(new ComputeNode().withId("tvm-1"), new ComputeNode().withId("tvm-2"));
        wire.requireSame(
                sdk -> sdk.poolOperations()
                        .removeNodesFromPool(POOL.value(), nodes, ComputeNodeDeallocationOption.REQUEUE),
                () -> wire.pools().removeNodes(POOL, Set.of(new NodeId("tvm-1"), new NodeId("tvm-2"))));
    }

    @Test
    void aPoolsMetadataIsChangedInTheSameWords() throws Exception {
        Map<String, String> metadata = Map.of("run", "r-1", "lease", "2026-11-23T00:00:00Z");
        PoolPatchParameter changes = new PoolPatchParameter().withMetadata(OfficialParts.metadata(metadata));
        wire.requireSame(
                sdk -> sdk.poolOperations().patchPool(POOL.value(), changes),
                () -> wire.pools().updateMetadata(POOL, metadata));
        PoolPatchParameter cleared = new PoolPatchParameter().withMetadata(List.of());
        wire.requireSame(
                sdk -> sdk.poolOperations().patchPool(POOL.value(), cleared),
                () -> wire.pools().updateMetadata(POOL, Map.of()));
    }

    @Test
    void aPoolIsDeletedInTheSameWords() throws Exception {
        wire.requireSame(
                sdk -> sdk.poolOperations().deletePool(POOL.value()),
                () -> wire.pools().delete(POOL));
    }

    /** What our client sends besides the question for images. */
    private List<WireRequest> added(PoolSpec spec) {
        List<WireRequest> requests = wire.ourRequests(() -> wire.pools().create(spec));
        return requests.stream()
                .filter(request -> !request.is("GET", "/supportedimages"))
                .toList();
    }

    private static PoolAddParameter poolLike(PoolSpec spec) {
        return new PoolAddParameter()
                .withId(spec.id().value())
                .withVmSize(spec.vmSize())
                .withVirtualMachineConfiguration(new VirtualMachineConfiguration()
                        .withImageReference(new ImageReference()
                                .withPublisher("canonical")
                                .withOffer("ubuntu-24_04-lts")
                                .withSku("server")
                                .withVersion("latest"))
                        .withNodeAgentSKUId(AGENT))
                .withTargetDedicatedNodes(spec.dedicatedNodes())
                .withTargetLowPriorityNodes(spec.spotNodes())
                .withTaskSlotsPerNode(spec.slotsPerNode());
    }

    private static WireReply answer(WireRequest request) {
        if (request.is("GET", "/supportedimages")) {
            return WireReply.json(200, IMAGES);
        }
        if (request.is("GET", "/pools")) {
            return page(request);
        }
        if (request.method().equals("GET")) {
            return WireReply.json(200, pool("render-1"));
        }
        if (request.method().equals("PATCH")) {
            return WireReply.empty(200);
        }
        return WireReply.empty(request.is("POST", "/pools") ? 201 : 202);
    }

    /** Two pages of one pool each. */
    private static WireReply page(WireRequest request) {
        boolean second = request.query().containsKey("$skiptoken");
        String host = request.header("host").orElseThrow();
        String next = "\"odata.nextLink\": \"http://%s/pools?api-version=%s&$skiptoken=WATV2:x:1$1\", "
                .formatted(host, request.query().get("api-version"));
        return WireReply.json(
                200, "{%s\"value\": [%s]}".formatted(second ? "" : next, pool(second ? "render-2" : "render-1")));
    }

    private static String pool(String id) {
        return """
                {"id": "%s", "state": "active", "allocationState": "steady", "vmSize": "standard_d2s_v5",
                 "creationTime": "2026-11-22T10:00:00.1234567Z", "taskSlotsPerNode": 1,
                 "virtualMachineConfiguration": {"imageReference": {"publisher": "canonical",
                   "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"},
                   "nodeAgentSKUId": "batch.node.ubuntu 24.04"},
                 "currentDedicatedNodes": 1, "currentLowPriorityNodes": 0,
                 "targetDedicatedNodes": 1, "targetLowPriorityNodes": 0, "unknownToUs": {"a": 1}}
                """.formatted(id);
    }

    private static final String IMAGES = """
            {"value": [{"nodeAgentSKUId": "batch.node.ubuntu 24.04", "osType": "linux", "verificationType": "verified",
              "capabilities": [], "imageReference": {"publisher": "canonical", "offer": "ubuntu-24_04-lts",
              "sku": "server", "version": "latest"}}]}
            """;
}
