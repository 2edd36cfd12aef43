package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service fills in, checks and normalises in documents and queries. */
class ServiceRulesTest {
    @TempDir
    private Path folder;

    private ServiceRig rig;

    @BeforeEach
    void open() {
        rig = new ServiceRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static String machine(String image, String more) {
        return "{'id':'p','vmSize':'STANDARD_D2s_v5','virtualMachineConfiguration':{'imageReference':{" + image
                + "},'nodeAgentSKUId':'batch.node.ubuntu 24.04'" + more + "}}";
    }

    private static final String UBUNTU = "'publisher':'Canonical','offer':'ubuntu-24_04-lts','sku':'server'";

    @ParameterizedTest
    @CsvSource({
        "P1Y, P365D",
        "P2M, P60D",
        "P1Y2M3DT4H, P428DT4H",
        "P1MT30M, P30DT30M",
        "P0Y, P0D",
        "P7D, P7D",
        "PT90M, PT90M"
    })
    void yearsAndMonthsOfADurationAreShownInDays(String sent, String shown) {
        rig.withPool(0).withJobAlone("");
        rig.addTask("t", "true", "'constraints':{'retentionTime':'" + sent + "'}");
        assertThat(rig.get("/jobs/j/tasks/t")
                        .get("constraints")
                        .get("retentionTime")
                        .textValue())
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "P1M1Y", "P1Y2", "PT1Y", "P99999999999999999999Y", "P1YT", "1Y"})
    void whatIsNoDurationIsRefused(String sent) {
        rig.withPool(0).withJobAlone("");
        rig.refused(
                400,
                "InvalidRequestBody",
                "POST",
                "/jobs/j/tasks",
                ServiceRig.task("t", "true", "'constraints':{'retentionTime':'" + sent + "'}"));
    }

    @Test
    void aManagerWithoutConstraintsShowsTheDefaultsAndTheRetriesOfItsJob() {
        rig.withPool(0);
        rig.withJobAlone("'constraints':{'maxTaskRetryCount':3},'jobManagerTask':{'id':'m','commandLine':'true'}");
        JsonNode constraints = rig.get("/jobs/j").get("jobManagerTask").get("constraints");
        assertThat(constraints.get("maxTaskRetryCount").intValue()).isEqualTo(3);
        assertThat(constraints.get("retentionTime").textValue()).isEqualTo("P7D");
        assertThat(constraints.get("maxWallClockTime").textValue()).startsWith("P10675199D");
        assertThat(rig.get("/jobs/j/tasks/m")
                        .get("constraints")
                        .get("maxTaskRetryCount")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void thePoolOfAnAutomaticPoolIsShownComplete() {
        rig.post(
                201,
                "/jobs",
                "{'id':'j','poolInfo':{'autoPoolSpecification':{'poolLifetimeOption':'JOB','pool':{'vmSize':"
                        + "'standard_d2s_v5','virtualMachineConfiguration':{'imageReference':{" + UBUNTU
                        + "},'nodeAgentSKUId':'batch.node.ubuntu 24.04'},'networkConfiguration':{},"
                        + "'startTask':{'commandLine':'true'}}}}}");
        JsonNode automatic = rig.get("/jobs/j").get("poolInfo").get("autoPoolSpecification");
        assertThat(automatic.get("poolLifetimeOption").textValue()).isEqualTo("job");
        assertThat(automatic.get("keepAlive").booleanValue()).isFalse();
        JsonNode pool = automatic.get("pool");
        assertThat(pool.get("taskSlotsPerNode").intValue()).isEqualTo(1);
        assertThat(pool.get("taskSchedulingPolicy").get("nodeFillType").textValue())
                .isEqualTo("Spread");
        assertThat(pool.get("resizeTimeout").textValue()).isEqualTo("PT15M");
        assertThat(pool.get("targetDedicatedNodes").intValue()).isZero();
        assertThat(pool.get("targetLowPriorityNodes").intValue()).isZero();
        assertThat(pool.get("enableAutoScale").booleanValue()).isFalse();
        assertThat(pool.get("enableInterNodeCommunication").booleanValue()).isFalse();
        assertThat(pool.get("startTask").get("waitForSuccess").booleanValue()).isTrue();
        assertThat(pool.get("startTask").get("maxTaskRetryCount").intValue()).isZero();
        assertThat(pool.get("networkConfiguration")
                        .get("dynamicVNetAssignmentScope")
                        .textValue())
                .isEqualTo("none");
        assertThat(pool.get("virtualMachineConfiguration")
                        .get("imageReference")
                        .get("version")
                        .textValue())
                .isEqualTo("latest");
    }

    @Test
    void wordsOfMachinesAreShownAsTheServiceWritesThem() {
        rig.post(
                201,
                "/pools",
                machine(
                        UBUNTU,
                        ",'osDisk':{'caching':'readwrite','ephemeralOSDiskSettings':{'placement':'cachedisk'}},"
                                + "'nodePlacementConfiguration':{'policy':'ZONAL'},"
                                + "'securityProfile':{'securityType':'trustedLaunch','encryptionAtHost':true}"));
        JsonNode shown = rig.get("/pools/p").get("virtualMachineConfiguration");
        assertThat(shown.get("osDisk").get("caching").textValue()).isEqualTo("ReadWrite");
        assertThat(shown.get("osDisk")
                        .get("ephemeralOSDiskSettings")
                        .get("placement")
                        .textValue())
                .isEqualTo("CacheDisk");
        assertThat(shown.get("nodePlacementConfiguration").get("policy").textValue())
                .isEqualTo("Zonal");
        assertThat(shown.get("securityProfile").get("securityType").textValue()).isEqualTo("trustedlaunch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'publisher':'canonical','offer':'ubuntu-24_04-lts','sku':'nosuch' | imageReference",
                "'publisher':'nobody','offer':'ubuntu-24_04-lts','sku':'server' | imageReference",
                "'publisher':'canonical','offer':'nosuch','sku':'server' | imageReference",
                "'virtualMachineImageId':'/subscriptions/x' | imageReference.virtualMachineImageId",
                "'virtualMachineImageId':'no id' | imageReference.virtualMachineImageId",
                "'sharedGalleryImageId':'/images/x' | imageReference.sharedGalleryImageId",
                "'communityGalleryImageId':'/x/y' | imageReference.communityGalleryImageId",
                "'publisher':'debian','offer':'debian-12','sku':'12' | nodeAgentSKUId"
            })
    void anImageThatDoesNotExistIsNamed(String image, String property) {
        ServiceFault fault = rig.refused(400, "InvalidPropertyValue", "POST", "/pools", machine(image, ""));
        assertThat(fault.values()).containsEntry("PropertyName", "virtualMachineConfiguration." + property);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'publisher':'CANONICAL','offer':'Ubuntu-24_04-LTS','sku':'Server'",
                "'publisher':'Canonical','offer':'UbuntuServer','sku':'18.04-LTS'",
                "'publisher':'microsoft-azure-batch','offer':'ubuntu-server-container','sku':'20-04-lts'",
                "'virtualMachineImageId':'/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/a/images/b'",
                "'communityGalleryImageId':'/communityGalleries/a/images/b/versions/latest'"
            })
    void anImageThatTheServiceHasOrHadIsTaken(String image) {
        rig.post(201, "/pools", machine(image, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "standard_nosuch, batch.node.ubuntu 24.04, vmSize",
        "huge, batch.node.ubuntu 24.04, vmSize",
        "standard_d2s_v5, batch.node.nosuch 1, virtualMachineConfiguration.nodeAgentSKUId",
        "standard_d2s_v5, ubuntu, virtualMachineConfiguration.nodeAgentSKUId"
    })
    void anUnknownSizeOrNodeAgentIsNamed(String size, String agent, String property) {
        String pool = machine(UBUNTU, "").replace("STANDARD_D2s_v5", size).replace("batch.node.ubuntu 24.04", agent);
        ServiceFault fault = rig.refused(400, "InvalidPropertyValue", "POST", "/pools", pool);
        assertThat(fault.values()).containsEntry("PropertyName", property);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'osDisk':{'nosuch':1}",
                "'osDisk':{'caching':1}",
                "'osDisk':{'ephemeralOSDiskSettings':{'x':1}}",
                "'dataDisks':[{'lun':0,'diskSizeGB':1,'x':1}]",
                "'securityProfile':{'uefiSettings':{'x':true}}",
                "'diskEncryptionConfiguration':{'x':[]}",
                "'serviceArtifactReference':{'id':'/x','y':1}"
            })
    void unknownPropertiesDeepInAMachineAreRefused(String more) {
        rig.refused(400, "InvalidRequestBody", "POST", "/pools", machine(UBUNTU, "," + more));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'osDisk':{'caching':'all'} | InvalidPropertyValue",
                "'dataDisks':[{'lun':64,'diskSizeGB':1}] | InvalidPropertyValue",
                "'dataDisks':[{'lun':0}] | MissingRequiredProperty",
                "'diskEncryptionConfiguration':{'targets':['floppy']} | InvalidPropertyValue",
                "'serviceArtifactReference':{} | MissingRequiredProperty"
            })
    void wrongValuesDeepInAMachineAreRefused(String more, String code) {
        rig.refused(400, code, "POST", "/pools", machine(UBUNTU, "," + more));
    }

    @ParameterizedTest
    @CsvSource({"29876, 60000, 60099", "80, 60000, 60010", "80, 49990, 50040", "80, 60099, 60000", "80, 0, 99"})
    void portsThatTheServiceKeepsAreRefused(int backend, int start, int end) {
        rig.refused(
                400,
                "InvalidPropertyValue",
                "POST",
                "/pools",
                ServiceRig.pool("p", network(natPool("a", backend, start, end))));
    }

    @Test
    void portsOfNodesDoNotOverlap() {
        String first = natPool("a", 80, 60000, 60099);
        String pool = ServiceRig.pool("p", network(first + "," + natPool("b", 81, 60099, 60200)));
        rig.refused(400, "InvalidPropertyValue", "POST", "/pools", pool);
        rig.post(201, "/pools", ServiceRig.pool("p", network(first + "," + natPool("b", 81, 60100, 60200))));
    }

    private static String natPool(String name, int backend, int start, int end) {
        return "{'name':'" + name + "','protocol':'TCP','backendPort':" + backend + ",'frontendPortRangeStart':" + start
                + ",'frontendPortRangeEnd':" + end + "}";
    }

    private static String network(String pools) {
        return "'networkConfiguration':{'endpointConfiguration':{'inboundNATPools':[" + pools + "]}}";
    }

    @Test
    void emptyListsVanishWhenAPoolIsUpdated() {
        rig.post(201, "/pools", ServiceRig.pool("p", "'metadata':[{'name':'a','value':'b'}]"));
        rig.post(
                204,
                "/pools/p/updateproperties",
                "{'certificateReferences':[],'applicationPackageReferences':[],'metadata':[]}");
        JsonNode pool = rig.get("/pools/p");
        for (String list : new String[] {"certificateReferences", "applicationPackageReferences", "metadata"}) {
            assertThat(pool.has(list)).as(list).isFalse();
        }
    }

    @Test
    void unknownApplicationPackagesAreAConflict() {
        String references = "'applicationPackageReferences':[{'applicationId':'blender','version':'3'}]";
        String code = "InvalidApplicationPackageReferences";
        rig.refused(409, code, "POST", "/pools", ServiceRig.pool("p", references));
        rig.withPool(0).withJobAlone("");
        rig.refused(409, code, "POST", "/jobs/j/tasks", ServiceRig.task("t", "true", references));
        rig.refused(409, code, "PATCH", "/pools/p", "{" + references + "}");
    }

    @Test
    void anEvaluationHasNoVersion() {
        rig.post(
                201,
                "/pools",
                ServiceRig.pool("p", "'enableAutoScale':true,'autoScaleFormula':'$TargetDedicatedNodes=0;'"));
        Reply reply = rig.post(200, "/pools/p/evaluateautoscale", "{'autoScaleFormula':'$TargetDedicatedNodes=1;'}");
        assertThat(reply.headers())
                .containsOnly(Map.entry("DataServiceId", ServiceRig.BASE + "/pools/p/evaluateautoscale"));
    }

    @Test
    void timesHaveAtMostSevenDigitsBehindTheSecond() {
        rig.withPool(0);
        rig.post(
                201,
                "/jobschedules",
                "{'id':'s','schedule':{'doNotRunUntil':'2999-01-01T00:00:00.123456789Z'},"
                        + "'jobSpecification':{'poolInfo':{'poolId':'p'}}}");
        assertThat(rig.get("/jobschedules/s")
                        .get("schedule")
                        .get("doNotRunUntil")
                        .textValue())
                .isEqualTo("2999-01-01T00:00:00.1234567Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pools?nosuch=1                       | UnsupportedQueryParameter",
                "/pools?$top=1                         | UnsupportedQueryParameter",
                "/pools?timeout=0                      | OutOfRangeQueryParameterValue",
                "/pools?timeout=-1                     | OutOfRangeQueryParameterValue",
                "/pools?timeOut=soon                   | InvalidQueryParameterValue",
                "/pools?$filter=state eq 'nosuch'      | InvalidQueryParameterValue",
                "/jobs?$filter=state ne 'nosuch'       | InvalidQueryParameterValue",
                "/jobs/j/tasks?$filter=state eq 'done' | InvalidQueryParameterValue",
                "/pools/p/nodes?$filter=state eq ''    | InvalidQueryParameterValue",
                "/supportedimages?$filter=osType eq 'bsd' | InvalidQueryParameterValue"
            })
    void whatAQueryCannotSayIsRefused(String url, String code) {
        rig.withPool(0).withJobAlone("");
        rig.refused(400, code, "GET", url, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pools?timeout=30",
                "/pools?timeOut=3600",
                "/pools?$filter=state eq 'Active'",
                "/pools?$filter=allocationState eq 'stopping'",
                "/jobs?$filter=state eq 'enabling'",
                "/jobschedules?$filter=state ne 'deleting'",
                "/jobs/j/tasks?$filter=executionInfo/result eq 'Failure'",
                "/pools/p/nodes?$filter=state eq 'startTaskFailed'"
            })
    void whatAQueryCanSayIsAnswered(String url) {
        rig.withPool(0).withJobAlone("");
        assertThat(rig.get(url).has("value")).isTrue();
    }
}
