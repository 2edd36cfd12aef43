package io.twinbatch.local.emulator.version;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.ServiceTest;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of every version get and give what their version knows. */
class VersionsTest extends ServiceTest {
    private static final String OLDEST = "2019-08-01.10.0";
    private static final String BEFORE_DATES = "2024-07-01.20.0";
    private static final String STABLE = "2025-06-01";
    private static final String NEWEST = "2026-10-01";

    private static String at(String version, String url) {
        return url + (url.contains("?") ? "&" : "?") + "api-version=" + version;
    }

    private JsonNode get(String version, String url) {
        return rig.get(at(version, url));
    }

    private void addPool(String version, String id, String properties) {
        rig.post(201, at(version, "/pools"), ServiceRig.pool(id, properties));
    }

    private static List<String> names(JsonNode document) {
        List<String> names = new ArrayList<>();
        document.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void anOldNameIsUnderstoodAndShownToVersionsThatHaveIt() {
        addPool(OLDEST, "p", "'maxTasksPerNode':3");

        assertThat(get(OLDEST, "/pools/p").get("maxTasksPerNode").intValue()).isEqualTo(3);
        assertThat(get(OLDEST, "/pools/p").has("taskSlotsPerNode")).isFalse();
        assertThat(get("2020-03-01.11.0", "/pools")
                        .at("/value/0/maxTasksPerNode")
                        .intValue())
                .isEqualTo(3);
        for (String version : List.of("2020-09-01.12.0", BEFORE_DATES, STABLE, NEWEST)) {
            assertThat(get(version, "/pools/p").get("taskSlotsPerNode").intValue())
                    .isEqualTo(3);
            assertThat(get(version, "/pools/p").has("maxTasksPerNode")).isFalse();
        }
        String job =
                "{'id':'j','poolInfo':{'autoPoolSpecification':{'poolLifetimeOption':'job','pool':{'vmSize':'standard_d2s_v5',"
                        + ServiceRig.MACHINE + ",'maxTasksPerNode':4}}}}";
        rig.post(201, at(OLDEST, "/jobs"), job);
        assertThat(get(OLDEST, "/jobs/j")
                        .at("/poolInfo/autoPoolSpecification/pool/maxTasksPerNode")
                        .intValue())
                .isEqualTo(4);
        assertThat(get(STABLE, "/jobs/j")
                        .at("/poolInfo/autoPoolSpecification/pool/taskSlotsPerNode")
                        .intValue())
                .isEqualTo(4);
    }

    @Test
    void aRefusalNamesThePropertyAsTheClientDid() {
        ServiceFault fault = rig.refused(
                400, "InvalidPropertyValue", "POST", at(OLDEST, "/pools"), ServiceRig.pool("p", "'maxTasksPerNode':0"));
        assertThat(fault.values()).containsEntry("PropertyName", "maxTasksPerNode");
    }

    @Test
    void anOldNameIsSelectedOnEveryPage() {
        addPool(OLDEST, "a", "'maxTasksPerNode':2");
        addPool(OLDEST, "b", "'maxTasksPerNode':5");

        JsonNode first = get(OLDEST, "/pools?$select=id, maxTasksPerNode&maxresults=1");

        assertThat(names(first.get("value").get(0))).containsExactly("id", "maxTasksPerNode");
        String next = first.get("odata.nextLink").textValue();
        JsonNode second = rig.get(next.substring(ServiceRig.BASE.length()));
        assertThat(second.at("/value/0/maxTasksPerNode").intValue()).isEqualTo(5);
        rig.refused(400, "InvalidQueryParameterValue", "GET", at(OLDEST, "/pools?$select=taskSlotsPerNode"), "");
        rig.refused(400, "InvalidQueryParameterValue", "GET", at(STABLE, "/pools?$select=maxTasksPerNode"), "");
        rig.refused(400, "InvalidQueryParameterValue", "GET", at(STABLE, "/pools?$select=resourceTags"), "");
    }

    @Test
    void aPropertyThatHasMovedIsInThePlaceThatEachVersionKnows() {
        String address = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/a";
        addPool(OLDEST, "p", "'networkConfiguration':{'publicIPs':['" + address + "']}");

        assertThat(get(OLDEST, "/pools/p")
                        .at("/networkConfiguration/publicIPs/0")
                        .textValue())
                .isEqualTo(address);
        assertThat(names(get(OLDEST, "/pools/p").get("networkConfiguration")))
                .containsExactly("dynamicVNetAssignmentScope", "publicIPs");
        assertThat(get("2020-03-01.11.0", "/pools/p")
                        .at("/networkConfiguration/publicIPAddressConfiguration/ipAddressIds/0")
                        .textValue())
                .isEqualTo(address);
    }

    @Test
    void countsOfTasksAreFlatBeforeThereWereSlots() {
        rig.withJob(0, "").addTask("t", "true", "'requiredSlots':2");

        assertThat(get(OLDEST, "/jobs/j/taskcounts").get("active").intValue()).isEqualTo(1);
        assertThat(get(OLDEST, "/jobs/j/taskcounts").has("taskSlotCounts")).isFalse();
        assertThat(get(STABLE, "/jobs/j/taskcounts").at("/taskCounts/active").intValue())
                .isEqualTo(1);
        assertThat(get(STABLE, "/jobs/j/taskcounts")
                        .at("/taskSlotCounts/active")
                        .intValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            2020-09-01.12.0 | /pools | 'virtualMachineConfiguration':{'osDisk':{}}
            2020-03-01.11.0 | /pools | 'taskSlotsPerNode':2
            2025-06-01      | /pools | 'maxTasksPerNode':2
            2022-10-01.16.0 | /pools | 'networkConfiguration':{'enableAcceleratedNetworking':true}
            2023-05-01.17.0 | /pools | 'resourceTags':{'a':'b'}
            2025-06-01      | /pools | 'resourceTags':{'a':'b'}
            2023-11-01.18.0 | /pools | 'upgradePolicy':{'mode':'manual'}
            2022-01-01.15.0 | /pools | 'targetNodeCommunicationMode':'classic'
            2025-06-01      | /pools | 'targetNodeCommunicationMode':'classic'
            2025-06-01      | /pools | 'certificateReferences':[]
            2024-07-01.20.0 | /pools | 'applicationLicenses':[]
            2024-07-01.20.0 | /pools | 'taskSchedulingPolicy':{'nodeFillType':'pack','jobDefaultOrder':'creationtime'}
            2025-06-01      | /pools | 'vmSkuProfile':{}
            2020-09-01.12.0 | /jobs  | 'maxParallelTasks':2
            2021-06-01.14.0 | /jobs  | 'allowTaskPreemption':true
            2020-03-01.11.0 | /jobs/j/tasks | 'requiredSlots':1
            2020-09-01.12.0 | /jobs/j/tasks | 'resourceFiles':[{'httpUrl':'http://x/y','filePath':'f','identityReference':{'resourceId':'i'}}]
            2025-06-01      | /jobs/j/tasks | 'authenticationTokenSettings':{'access':['job']}
            """)
    void whatAVersionDoesNotKnowIsRefused(String version, String url, String property) {
        rig.withJob(0, "");
        String body = url.equals("/pools")
                ? ServiceRig.pool("q", property)
                : url.equals("/jobs")
                        ? "{'id':'k','poolInfo':{'poolId':'p'}," + property + "}"
                        : ServiceRig.task("t", "true", property);
        // A property that stands twice would be refused for another reason.
        if (property.startsWith("'virtualMachineConfiguration'")) {
            body = body.replace(ServiceRig.MACHINE + ",", "");
        }
        ServiceFault fault = rig.refused(400, "InvalidRequestBody", "POST", at(version, url), body);
        assertThat(fault.values().get("Reason")).contains("does not exist");
    }

    @Test
    void whatLaterVersionsHaveAddedIsTakenFromTheFirstThatHasIt() {
        addPool(
                "2023-11-01.18.0",
                "tagged",
                "'resourceTags':{'maxTasksPerNode':'x'},'targetNodeCommunicationMode':'simplified'");
        addPool(STABLE, "ordered", "'taskSchedulingPolicy':{'nodeFillType':'pack','jobDefaultOrder':'creationtime'}");
        addPool(NEWEST, "mixed", "'vmSkuProfile':{'vmSizes':[{'name':'a'}]}");

        assertThat(get(BEFORE_DATES, "/pools/tagged")
                        .at("/resourceTags/maxTasksPerNode")
                        .textValue())
                .isEqualTo("x");
        assertThat(names(get(STABLE, "/pools/tagged"))).doesNotContain("resourceTags", "targetNodeCommunicationMode");
        assertThat(names(get("2021-06-01.14.0", "/pools/tagged")))
                .doesNotContain("resourceTags", "targetNodeCommunicationMode");
        assertThat(get(STABLE, "/pools/ordered")
                        .at("/taskSchedulingPolicy/jobDefaultOrder")
                        .textValue())
                .isEqualTo("creationtime");
        assertThat(names(get(BEFORE_DATES, "/pools/ordered").get("taskSchedulingPolicy")))
                .containsExactly("nodeFillType");
        assertThat(get(NEWEST, "/pools/mixed")
                        .at("/vmSkuProfile/vmSizes/0/name")
                        .textValue())
                .isEqualTo("a");
        assertThat(get(STABLE, "/pools/mixed").has("vmSkuProfile")).isFalse();
    }

    @Test
    void answersShowNothingThatTheirVersionDoesNotKnow() throws Exception {
        rig.withJob(1, "").addTask("t", "true", "");
        rig.awaitState("/jobs/j/tasks/t", "completed");

        assertThat(names(get(OLDEST, "/jobs/j"))).doesNotContain("maxParallelTasks", "allowTaskPreemption");
        assertThat(names(get("2021-06-01.14.0", "/jobs/j")))
                .contains("maxParallelTasks")
                .doesNotContain("allowTaskPreemption");
        assertThat(names(get(STABLE, "/jobs/j"))).contains("maxParallelTasks", "allowTaskPreemption");
        assertThat(names(get(OLDEST, "/jobs/j/tasks/t"))).doesNotContain("requiredSlots");
        JsonNode node = get(OLDEST, "/pools/p/nodes").get("value").get(0);
        assertThat(names(node))
                .contains("runningTasksCount")
                .doesNotContain("runningTaskSlotsCount", "virtualMachineInfo");
        assertThat(names(get(STABLE, "/pools/p/nodes").get("value").get(0)))
                .contains("runningTaskSlotsCount", "virtualMachineInfo");
        assertThat(names(get(BEFORE_DATES, "/pools/p"))).contains("currentNodeCommunicationMode");
        assertThat(names(get(STABLE, "/pools/p"))).doesNotContain("currentNodeCommunicationMode");
        JsonNode counts = get("2023-11-01.18.0", "/nodecounts").at("/value/0/dedicated");
        assertThat(names(counts)).contains("idle").doesNotContain("deallocated", "deallocating", "upgradingOS");
        assertThat(names(get(STABLE, "/nodecounts").at("/value/0/dedicated")))
                .contains("deallocated", "deallocating", "upgradingOS");
        assertThat(get(STABLE, "/pools/p?$expand=stats").at("/stats").has("usageStats"))
                .isTrue();
        assertThat(get(NEWEST, "/pools/p?$expand=stats").at("/stats").has("usageStats"))
                .isFalse();
    }

    @Test
    void aReplacementNamesCertificatesAsLongAsThereWereAny() {
        rig.withPool(0);
        String url = "/pools/p/updateproperties";
        String old = "{'certificateReferences':[],'applicationPackageReferences':[],'metadata':[]}";
        String current = "{'applicationPackageReferences':[],'metadata':[{'name':'a','value':'b'}]}";

        rig.post(204, at(BEFORE_DATES, url), old);
        rig.refused(400, "MissingRequiredProperty", "POST", at(BEFORE_DATES, url), current);
        rig.post(204, at(STABLE, url), current);
        rig.refused(400, "InvalidRequestBody", "POST", at(STABLE, url), old);
        assertThat(get(STABLE, "/pools/p").at("/metadata/0/value").textValue()).isEqualTo("b");
    }

    @Test
    void aChangeNamesWhatItsVersionLetsItChange() {
        rig.withPool(0);
        rig.refused(400, "InvalidRequestBody", "PATCH", at("2024-02-01.19.0", "/pools/p"), "{'displayName':'x'}");
        rig.call(200, "PATCH", at(BEFORE_DATES, "/pools/p"), Map.of(), "{'displayName':'x'}");
        assertThat(get(OLDEST, "/pools/p").get("displayName").textValue()).isEqualTo("x");
    }

    @Test
    void aValueThatHasGoneIsRefused() {
        rig.withPool(0);
        String body = "{'targetDedicatedNodes':0,'nodeDeallocationOption':'retaineddata'}";
        rig.refused(400, "InvalidPropertyValue", "POST", at(NEWEST, "/pools/p/resize"), body);
        rig.post(202, at(STABLE, "/pools/p/resize"), body);
    }

    @Test
    void anOperationIsThereInTheVersionsThatHaveIt() {
        rig.withPool(0);
        assertThat(rig.get(at(STABLE, "/poolusagemetrics")).get("value")).isEmpty();
        rig.refused(404, "ResourceNotFound", "GET", at(NEWEST, "/poolusagemetrics"), "");
        rig.refused(404, "ResourceNotFound", "GET", at("2020-09-01.12.0", "/pools/p/nodes/n/extensions"), "");
        rig.refused(404, "NodeNotFound", "GET", at("2021-06-01.14.0", "/pools/p/nodes/n/extensions"), "");
    }
}
