package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.azure.AzureConfig.Registry;
import io.twinbatch.azure.PoolOptions;
import io.twinbatch.azure.PoolOptions.CustomImage;
import io.twinbatch.azure.PoolOptions.SystemDisk;
import io.twinbatch.azure.Secret;
import io.twinbatch.azure.stub.Answer;
import io.twinbatch.azure.stub.StubBatchService;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchComputePoolTest {
    private static final PoolId ID = new PoolId("p");
    private static final Instant EXPIRY = Instant.parse("2026-11-23T10:00:00Z");
    private static final String IMAGES = """
            {'value':[{'nodeAgentSKUId':'batch.node.ubuntu 24.04','imageReference':{'publisher':'canonical',\
            'offer':'ubuntu-24_04-lts','sku':'server','version':'latest'},'osType':'linux',\
            'verificationType':'verified'}]}""";

    private final StubBatchService service = new StubBatchService();
    private final BatchComputePool pools = new BatchComputePool(service.client());

    @AfterEach
    void stop() {
        service.close();
    }

    private static PoolSpec fullSpec(IdlePolicy idlePolicy) {
        URI url = URI.create("https://x.blob.core.windows.net/c/java.sh?sv=1&se=2026-11-23T10%3A00%3A00Z&sig=s");
        ResourceFile file = new ResourceFile(new SignedUrl(url, Map.of(), EXPIRY), "bin/java.sh");
        StartTask startTask =
                new StartTask("/bin/sh -c 'bin/java.sh'", List.of(file), Map.of("B", "2", "A", "1"), true, 2);
        return new PoolSpec(
                ID,
                "standard_d2s_v5",
                VmImage.UBUNTU_LTS,
                3,
                1,
                4,
                java.util.Optional.of(startTask),
                idlePolicy,
                Map.of("run", "17"));
    }

    private String created(PoolSpec spec) {
        service.on("GET /supportedimages", Answer.json(200, IMAGES)).on("POST /pools", Answer.empty(201));
        pools.create(spec);
        return service.asked("POST /pools").get(0).body();
    }

    /** What the service answers about a pool that was made by a request. */
    private static Answer poolOf(String request, String... more) {
        String extra = """
                ,'url':'u','eTag':'0x8DB','state':'active','allocationState':'steady','creationTime':\
                '2026-11-22T10:00:00Z','currentDedicatedNodes':2,'currentLowPriorityNodes':1,\
                'taskSchedulingPolicy':{'nodeFillType':'Spread'},'resizeTimeout':'PT15M'%s}""".formatted(String.join("", more)).replace('\'', '"');
        return Answer.verbatim(200, request.substring(0, request.length() - 1) + extra);
    }

    private static ErrorCode codeOf(Runnable call) {
        return catchThrowableOfType(BatchException.class, call::run).code();
    }

    @Test
    void aPoolOfContainersHasItsImagesAndTheLoginOfTheirRegistry() {
        Registry registry = new Registry(
                "my.azurecr.io", Optional.of(new Registry.Login("me", new Secret("word"))), Optional.empty());
        PoolSpec spec = PoolSpec.of(ID, 1)
                .withContainerImages(
                        VmImage.UBUNTU_WITH_CONTAINERS, List.of(new ContainerImage("my.azurecr.io/tools/convert:2")));
        service.on("GET /supportedimages", Answer.json(200, """
                                {'value':[{'nodeAgentSKUId':'batch.node.ubuntu 22.04','imageReference':{'publisher':\
                                'microsoft-dsvm','offer':'ubuntu-hpc','sku':'2204','version':'latest'},'osType':'linux',\
                                'verificationType':'verified','capabilities':['DockerCompatible']}]}""")).on("POST /pools", Answer.empty(201));

        new BatchComputePool(service.client(), Optional.of(registry), PoolOptions.NONE).create(spec);

        String body = service.asked("POST /pools").get(0).body();
        assertThat(body).contains("""
                        'containerConfiguration':{'type':'dockerCompatible','containerImageNames':\
                        ['my.azurecr.io/tools/convert:2'],'containerRegistries':[{'username':'me','password':'word',\
                        'registryServer':'my.azurecr.io'}]}""".replace('\'', '"'));
        service.on("GET /pools/p", poolOf(body));
        assertThat(pools.find(ID).orElseThrow().spec().containerImages()).isEqualTo(spec.containerImages());
    }

    @Test
    void aPoolIsAskedForWithAllThatItsSpecificationSays() {
        assertThat(created(fullSpec(new IdlePolicy.Keep())))
                .isEqualTo("""
                        {'id':'p','vmSize':'standard_d2s_v5','virtualMachineConfiguration':{'imageReference':\
                        {'publisher':'canonical','offer':'ubuntu-24_04-lts','sku':'server','version':'latest'},\
                        'nodeAgentSKUId':'batch.node.ubuntu 24.04'},'targetDedicatedNodes':3,\
                        'targetLowPriorityNodes':1,'startTask':{'commandLine':'/bin/sh -c ~bin/java.sh~',\
                        'resourceFiles':[{'httpUrl':'https://x.blob.core.windows.net/c/java.sh?sv=1&\
                        se=2026-11-23T10%3A00%3A00Z&sig=s','filePath':'bin/java.sh'}],'environmentSettings':\
                        [{'name':'A','value':'1'},{'name':'B','value':'2'}],'userIdentity':{'autoUser':\
                        {'scope':'pool','elevationLevel':'admin'}},'maxTaskRetryCount':2,'waitForSuccess':true},\
                        'taskSlotsPerNode':4,'metadata':[{'name':'run','value':'17'}]}""".replace('\'', '"').replace('~', '\''));
    }

    @Test
    void theOptionsOfNewPoolsAreSentByTheNamesOfTheService() {
        String image =
                "/subscriptions/s/resourcegroups/g/providers/microsoft.compute/galleries/a/images/b/versions/1.0.0";
        PoolOptions options = new PoolOptions(
                Optional.of(new CustomImage(image, "batch.node.ubuntu 24.04")),
                Optional.of("/subscriptions/s/subnet"),
                false,
                Optional.of("zonal"),
                Optional.of(new SystemDisk(Optional.of(64), Optional.of("premium_lrs"), false)),
                Map.of("team", "blue"));
        service.on("POST /pools", Answer.empty(201));

        new BatchComputePool(service.client(), Optional.empty(), options).create(PoolSpec.of(ID, 2));

        String body = service.asked("POST /pools").get(0).body();
        assertThat(body).isEqualTo("""
                {'id':'p','vmSize':'standard_d2s_v5','virtualMachineConfiguration':{'imageReference':\
                {'virtualMachineImageId':'%s'},'nodeAgentSKUId':'batch.node.ubuntu 24.04',\
                'nodePlacementConfiguration':{'policy':'zonal'},'osDisk':{'managedDisk':\
                {'storageAccountType':'premium_lrs'},'diskSizeGB':64}},'targetDedicatedNodes':2,\
                'targetLowPriorityNodes':0,'taskSlotsPerNode':1,\
                'networkConfiguration':{'subnetId':'/subscriptions/s/subnet','publicIPAddressConfiguration':\
                {'provision':'noPublicIPAddresses'}},'resourceTags':{'team':'blue'}}""".formatted(image).replace('\'', '"'));
        service.on("GET /pools/p", poolOf(body));
        assertThat(pools.find(ID).orElseThrow().spec().image()).hasToString(image);
    }

    @Test
    void aDiskOnTheMachineOfTheNodeIsSentAsSuch() {
        SystemDisk disk = new SystemDisk(Optional.empty(), Optional.empty(), true);
        PoolOptions options = new PoolOptions(
                Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.of(disk), Map.of());
        service.on("GET /supportedimages", Answer.json(200, IMAGES)).on("POST /pools", Answer.empty(201));

        new BatchComputePool(service.client(), Optional.empty(), options).create(PoolSpec.of(ID, 2));

        assertThat(service.asked("POST /pools").get(0).body())
                .contains("\"osDisk\":{\"ephemeralOSDiskSettings\":{\"placement\":\"cachedisk\"}}")
                .doesNotContain("networkConfiguration", "resourceTags", "targetNodeCommunicationMode");
    }

    @Test
    void aPoolOfAnImageOfOnesOwnWhoseAnswerWasLostIsTaken() {
        CustomImage image = new CustomImage("/subscriptions/s/images/i", "batch.node.ubuntu 24.04");
        PoolOptions options = new PoolOptions(
                Optional.of(image), Optional.empty(), true, Optional.empty(), Optional.empty(), Map.of());
        service.on("POST /pools", Answer.error(503, "ServerBusy", "busy"), Answer.error(409, "PoolExists", "exists"))
                .on("GET /pools/p", Answer.json(200, """
                        {'id':'p','state':'active','allocationState':'steady','vmSize':'standard_d2s_v5',
                        'virtualMachineConfiguration':{'imageReference':{'virtualMachineImageId':
                        '/subscriptions/s/images/i'},'nodeAgentSKUId':'batch.node.ubuntu 24.04'},
                        'targetDedicatedNodes':2,'targetLowPriorityNodes':0,'taskSlotsPerNode':1}"""));

        new BatchComputePool(service.client(), Optional.empty(), options).create(PoolSpec.of(ID, 2));

        assertThat(service.asked("POST /pools")).hasSize(2);
    }

    @Test
    void aPoolWithoutMoreThanItsNodesSaysNoMore() {
        assertThat(created(PoolSpec.of(ID, 2)))
                .endsWith("\"targetDedicatedNodes\":2,\"targetLowPriorityNodes\":0,\"taskSlotsPerNode\":1}");
    }

    @Test
    void aPoolIsReadBackAsItWasAskedFor() {
        for (IdlePolicy policy : List.of(
                new IdlePolicy.Keep(),
                new IdlePolicy.Release(Duration.ofMinutes(20)),
                new IdlePolicy.Lease(Instant.parse("2026-11-22T10:30:00.5Z")))) {
            try (StubBatchService fresh = new StubBatchService()) {
                PoolSpec spec = fullSpec(policy);
                BatchComputePool freshPools = new BatchComputePool(fresh.client());
                fresh.on("GET /supportedimages", Answer.json(200, IMAGES)).on("POST /pools", Answer.empty(201));
                freshPools.create(spec);
                fresh.on(
                        "GET /pools/p", poolOf(fresh.asked("POST /pools").get(0).body()));
                Pool pool = freshPools.find(ID).orElseThrow();
                assertThat(pool.spec()).isEqualTo(spec);
                assertThat(pool.state()).isEqualTo(PoolState.STEADY);
                assertThat(pool.currentDedicatedNodes()).isEqualTo(2);
                assertThat(pool.currentSpotNodes()).isEqualTo(1);
                assertThat(pool.created()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
            }
        }
    }

    @Test
    void aPoolThatReleasesIdleNodesHasAFormulaInPlaceOfTargets() {
        String body = created(fullSpec(new IdlePolicy.Release(Duration.ofMinutes(20))));
        assertThat(body)
                .contains("\"enableAutoScale\":true")
                .contains("\"autoScaleEvaluationInterval\":\"PT5M\"")
                .contains("idleTime = 1200 * TimeInterval_Second")
                .doesNotContain("targetDedicatedNodes")
                .doesNotContain("targetLowPriorityNodes\"");
    }

    @Test
    void anImageThatTheServiceDoesNotHaveIsRefusedBeforeAnythingIsCreated() {
        service.on("GET /supportedimages", Answer.json(200, "{'value':[]}"));
        assertThat(codeOf(() -> pools.create(PoolSpec.of(ID, 1)))).isEqualTo(ErrorCode.INVALID);
        assertThat(service.asked("POST /pools")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "409, PoolExists, ALREADY_EXISTS",
        "409, PoolBeingDeleted, ALREADY_EXISTS",
        "409, PoolQuotaReached, QUOTA",
        "400, InvalidPropertyValue, INVALID"
    })
    void aPoolThatCannotBeCreatedIsToldWhy(int status, String code, ErrorCode expected) {
        service.on("GET /supportedimages", Answer.json(200, IMAGES))
                .on("POST /pools", Answer.error(status, code, "No."));
        assertThat(codeOf(() -> pools.create(PoolSpec.of(ID, 1)))).isEqualTo(expected);
        assertThat(service.asked("GET /pools/p")).isEmpty();
    }

    @Test
    void aPoolThatIsThereAfterALostAnswerIsTheOneThatWasAskedFor() {
        PoolSpec spec = fullSpec(new IdlePolicy.Keep());
        String body = created(spec);
        service.on("POST /pools", Answer.broken(), Answer.error(409, "PoolExists", "Exists."))
                .on("GET /pools/p", poolOf(body));
        pools.create(spec);

        service.on("POST /pools", Answer.broken(), Answer.error(409, "PoolExists", "Exists."))
                .on("GET /pools/p", poolOf(body));
        assertThat(codeOf(() -> pools.create(spec.withMetadata(Map.of("run", "18")))))
                .isEqualTo(ErrorCode.ALREADY_EXISTS);
    }

    @Test
    void aPoolThatIsNotThereIsNotFound() {
        service.on("GET /pools/p", Answer.error(404, "PoolNotFound", "No."));
        assertThat(pools.find(ID)).isEmpty();
    }

    @Test
    void resizeErrorsAreToldAtRestAloneAndWithTheirDetails() {
        String request = "{\"id\":\"p\"}";
        String errors = """
                ,'resizeErrors':[{'code':'AccountCoreQuotaReached','message':'The quota is reached.','values':\
                [{'name':'Quota','value':'10'}]},{'code':'Unknown'}]""";
        service.on(
                "GET /pools/p",
                poolOf(request, errors),
                poolOf(request, errors, ",'allocationState':'resizing'"),
                poolOf(request, errors, ",'allocationState':'stopping'"),
                poolOf(request, errors, ",'state':'deleting'"));
        assertThat(pools.find(ID).orElseThrow().resizeErrors())
                .containsExactly(
                        new ResizeError(
                                "AccountCoreQuotaReached",
                                "The quota is reached. (Quota=10)",
                                ResizeRemedies.of("AccountCoreQuotaReached")),
                        new ResizeError("Unknown", ""));
        for (PoolState state : List.of(PoolState.RESIZING, PoolState.RESIZING, PoolState.DELETING)) {
            Pool pool = pools.find(ID).orElseThrow();
            assertThat(pool.state()).isEqualTo(state);
            assertThat(pool.resizeErrors()).isEmpty();
        }
    }

    @Test
    void somebodyElsesPoolsAreListedAsFarAsTheyCanBe() {
        service.on("GET /pools", Answer.json(200, """
                {'value':[{'id':'bare'},{'id':'not a legal id'},{'id':'scaled','enableAutoScale':true,\
                'autoScaleFormula':'$TargetDedicatedNodes=3','virtualMachineConfiguration':{'imageReference':\
                {'virtualMachineImageId':'/subscriptions/s/x'}},'startTask':{'maxTaskRetryCount':-1,'resourceFiles':\
                [{'storageContainerUrl':'https://x'},{'httpUrl':'https://x y','filePath':'f'},\
                {'httpUrl':'https://x/f','filePath':'../f'},{'httpUrl':'https://x/f','filePath':'f'}]}}]}"""));
        List<Pool> listed = pools.list().toList();
        assertThat(listed).extracting(pool -> pool.id().value()).containsExactly("bare", "scaled");
        PoolSpec scaled = listed.get(1).spec();
        assertThat(scaled.idlePolicy()).isInstanceOf(IdlePolicy.Release.class);
        assertThat(scaled.image().offer()).isEqualTo("/subscriptions/s/x");
        assertThat(scaled.startTask().orElseThrow().resourceFiles())
                .extracting(ResourceFile::path)
                .containsExactly("f");
        assertThat(scaled.startTask().orElseThrow().elevated()).isFalse();
    }

    @Test
    void aListingThatFailsIsAFailureOfTheListing() {
        service.on("GET /pools", Answer.error(403, "AccountIsDisabled", "No."));
        assertThat(codeOf(() -> assertThat(pools.list()).isEmpty())).isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void otherNumbersOfNodesAreOrdered() {
        service.on("POST /pools/p/resize", Answer.empty(202));
        pools.resize(ID, 2, 5);
        assertThat(service.asked().get(0).body())
                .isEqualTo(
                        "{\"targetDedicatedNodes\":2,\"targetLowPriorityNodes\":5,\"nodeDeallocationOption\":\"requeue\"}");
        assertThat(codeOf(() -> pools.resize(ID, -1, 0))).isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void aPoolThatIsBeingResizedRefusesAnotherSize() {
        service.on("POST /pools/p/resize", Answer.error(409, "PoolBeingResized", "Wait."))
                .on("GET /pools/p", Answer.json(200, "{'id':'p','targetDedicatedNodes':2,'targetLowPriorityNodes':5}"));
        assertThat(codeOf(() -> pools.resize(ID, 2, 5))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aResizeWhoseAnswerWasLostIsDoneWhenThePoolHasThatSize() {
        service.on("POST /pools/p/resize", Answer.empty(500), Answer.error(409, "PoolBeingResized", "Wait."))
                .on("GET /pools/p", Answer.json(200, "{'id':'p','targetDedicatedNodes':2,'targetLowPriorityNodes':5}"));
        pools.resize(ID, 2, 5);
        service.on("POST /pools/p/resize", Answer.empty(500), Answer.error(409, "PoolBeingResized", "Wait."));
        assertThat(codeOf(() -> pools.resize(ID, 3, 5))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aPoolWithAFormulaIsResizedByAnotherFormula() {
        PoolSpec spec = fullSpec(new IdlePolicy.Release(Duration.ofMinutes(20)));
        String body = created(spec);
        service.on("POST /pools/p/resize", Answer.error(409, "OperationInvalidForCurrentState", "Autoscaled."))
                .on("GET /pools/p", poolOf(body))
                .on("POST /pools/p/enableautoscale", Answer.empty(200));
        pools.resize(ID, 9, 8);
        assertThat(service.asked("POST /pools/p/enableautoscale").get(0).body())
                .contains("dedicated = 9;\\nspot = 8;\\nslots = 4;\\nidleTime = 1200");
    }

    @Test
    void aLeaseIsRenewedByAnotherFormulaOnTheSameScheduleAndTakenAwayWithTheFormula() {
        String body = created(fullSpec(new IdlePolicy.Lease(Instant.parse("2026-11-22T10:30:00Z"))));
        service.on("GET /pools/p", poolOf(body), poolOf(body))
                .on("POST /pools/p/enableautoscale", Answer.empty(200))
                .on("POST /pools/p/disableautoscale", Answer.empty(200));
        pools.updateIdlePolicy(ID, new IdlePolicy.Lease(Instant.parse("2026-11-22T11:00:00Z")));
        assertThat(service.asked("POST /pools/p/enableautoscale").get(0).body())
                .contains("leaseEnd = time(\\\"2026-11-22T11:00:00Z\\\")")
                .doesNotContain("autoScaleEvaluationInterval");
        pools.updateIdlePolicy(ID, new IdlePolicy.Keep());
        assertThat(service.asked("POST /pools/p/disableautoscale")).hasSize(1);
    }

    @Test
    void aPoolOfAFixedSizeGetsALeaseForTheNodesThatItHas() {
        service.on("GET /pools/p", Answer.json(200, "{'id':'p','targetDedicatedNodes':3,'targetLowPriorityNodes':1}"))
                .on("POST /pools/p/enableautoscale", Answer.empty(200), Answer.error(409, "PoolBeingResized", "Wait."));
        IdlePolicy lease = new IdlePolicy.Lease(Instant.parse("2026-11-22T11:00:00Z"));
        pools.updateIdlePolicy(ID, lease);
        assertThat(service.asked("POST /pools/p/enableautoscale").get(0).body())
                .contains("dedicated = 3;\\nspot = 1;\\nleaseEnd = ")
                .contains("\"autoScaleEvaluationInterval\":\"PT5M\"");
        assertThat(codeOf(() -> pools.updateIdlePolicy(ID, lease))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void metadataIsReplacedAndNothingElse() {
        service.on(
                "PATCH /pools/p", Answer.empty(200), Answer.empty(200), Answer.error(409, "PoolBeingDeleted", "No."));
        pools.updateMetadata(ID, Map.of("run", "18"));
        pools.updateMetadata(ID, Map.of());
        assertThat(service.asked())
                .extracting(StubBatchService.Asked::body)
                .containsExactly("{\"metadata\":[{\"name\":\"run\",\"value\":\"18\"}]}", "{\"metadata\":[]}");
        assertThat(codeOf(() -> pools.updateMetadata(ID, Map.of()))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void theServicesSpellingOfAnImageIsTheSameImage() {
        service.on("GET /supportedimages", Answer.json(200, IMAGES.replace("canonical", "Canonical")))
                .on("POST /pools", Answer.empty(201));
        pools.create(PoolSpec.of(ID, 1));
        service.on("GET /pools/p", poolOf(service.asked("POST /pools").get(0).body()));
        assertThat(service.asked("POST /pools").get(0).body()).contains("\"publisher\":\"Canonical\"");
        assertThat(pools.find(ID).orElseThrow().spec()).isEqualTo(PoolSpec.of(ID, 1));
    }

    @Test
    void nodesAreTakenOut() {
        service.on("POST /pools/p/removenodes", Answer.empty(202));
        pools.removeNodes(ID, Set.of(new NodeId("b"), new NodeId("a")));
        assertThat(service.asked().get(0).body())
                .isEqualTo("{\"nodeList\":[\"a\",\"b\"],\"nodeDeallocationOption\":\"requeue\"}");
        Set<NodeId> many = new HashSet<>();
        IntStream.range(0, 101).forEach(i -> many.add(new NodeId("n" + i)));
        assertThat(codeOf(() -> pools.removeNodes(ID, many))).isEqualTo(ErrorCode.INVALID);
        assertThat(codeOf(() -> pools.removeNodes(ID, Set.of()))).isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void aRemovalWhoseAnswerWasLostIsDoneWhenTheNodesAreLeaving() {
        service.on("POST /pools/p/removenodes", Answer.broken(), Answer.error(409, "PoolBeingResized", "Wait."))
                .on(
                        "GET /pools/p/nodes",
                        Answer.json(200, "{'value':[{'id':'a','state':'leavingpool'},{'id':'c','state':'idle'}]}"));
        pools.removeNodes(ID, Set.of(new NodeId("b"), new NodeId("a")));
        service.on("POST /pools/p/removenodes", Answer.broken(), Answer.error(409, "PoolBeingResized", "Wait."));
        assertThat(codeOf(() -> pools.removeNodes(ID, Set.of(new NodeId("c"))))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void whetherThereWasAPoolToDeleteIsTold() {
        service.on("DELETE /pools/p", Answer.empty(202), Answer.error(409, "PoolBeingDeleted", "Going."));
        assertThat(pools.delete(ID)).isTrue();
        assertThat(pools.delete(ID)).isFalse();
        service.on("DELETE /pools/p", Answer.error(404, "PoolNotFound", "Gone."));
        assertThat(pools.delete(ID)).isFalse();
        service.on("DELETE /pools/p", Answer.broken(), Answer.error(409, "PoolBeingDeleted", "Going."));
        assertThat(pools.delete(ID)).isTrue();
        service.on("DELETE /pools/p", Answer.text(500, ""));
        assertThat(codeOf(() -> pools.delete(ID))).isEqualTo(ErrorCode.UNAVAILABLE);
    }
}
