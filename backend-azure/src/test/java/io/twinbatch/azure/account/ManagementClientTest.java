package io.twinbatch.azure.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.azure.AzureCloud;
import io.twinbatch.azure.account.ManagementClient.AccountPath;
import io.twinbatch.azure.stub.FixedToken;
import io.twinbatch.azure.stub.StubServer;
import io.twinbatch.azure.stub.StubServer.Answer;
import io.twinbatch.azure.stub.StubServer.Request;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementClientTest {
    private static final String ACCOUNT = """
            {"name":"mybatch","location":"westeurope","id":"/subscriptions/s/…","properties":{
              "accountEndpoint":"mybatch.westeurope.batch.azure.com","poolQuota":20,
              "activeJobAndJobScheduleQuota":100,"dedicatedCoreQuota":60,"lowPriorityCoreQuota":10,
              "dedicatedCoreQuotaPerVMFamilyEnforced":true,
              "dedicatedCoreQuotaPerVMFamily":[
                {"name":"standardDSv5Family","coreQuota":20},{"name":"standardFSv2Family","coreQuota":0}],
              "somethingNew":{"a":1}}}
            """;

    private final FixedToken token = new FixedToken();

    @Test
    void theQuotasOfAnAccountAreRead() {
        try (StubServer service = StubServer.start(request -> Answer.json(200, ACCOUNT))) {
            AccountQuota quota = client(service).quota();

            assertThat(quota.location()).isEqualTo("westeurope");
            assertThat(quota.dedicatedCores()).hasValue(60);
            assertThat(quota.spotCores()).hasValue(10);
            assertThat(quota.pools()).hasValue(20);
            assertThat(quota.jobs()).hasValue(100);
            assertThat(quota.familyEnforced()).isTrue();
            assertThat(quota.familyCores())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("standardDSv5Family", 20, "standardFSv2Family", 0));
            assertThat(quota.familyCores().get("STANDARDdsv5family")).isEqualTo(20);
            Request request = service.requests().get(0);
            assertThat(request.uri())
                    .hasPath("/subscriptions/sub/resourceGroups/group/providers/Microsoft.Batch/batchAccounts/mybatch")
                    .hasQuery("api-version=2024-07-01");
            assertThat(request.host()).isEqualTo("management.azure.com");
            assertThat(request.authorization()).isEqualTo("Bearer " + FixedToken.TOKEN);
            assertThat(token.scopes()).containsOnly("https://management.azure.com/.default");
        }
    }

    @Test
    void whatAnAccountDoesNotTellIsEmpty() {
        try (StubServer service = StubServer.start(
                request -> Answer.json(200, "{\"location\":\"x\",\"properties\":{\"dedicatedCoreQuota\":null}}"))) {
            AccountQuota quota = client(service).quota();

            assertThat(quota)
                    .isEqualTo(new AccountQuota(
                            "x",
                            OptionalInt.empty(),
                            Map.of(),
                            false,
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            OptionalInt.empty()));
        }
    }

    @Test
    void sizesAreReadPageByPage() {
        String next = "https://management.azure.com/next?x=1";
        try (StubServer service =
                StubServer.start(request -> request.uri().getPath().equals("/next")
                        ? Answer.json(200, sizes("Standard_F4s_v2", "standardFSv2Family", "4", ""))
                        : Answer.json(200, sizes("Standard_D2s_v5", "standardDSv5Family", "2", next)))) {
            assertThat(client(service).vmSizes("westeurope"))
                    .containsExactly(
                            new VmSize("Standard_D2s_v5", "standardDSv5Family", 2),
                            new VmSize("Standard_F4s_v2", "standardFSv2Family", 4));
            assertThat(service.requests().get(0).uri())
                    .hasPath("/subscriptions/sub/providers/Microsoft.Batch/locations/westeurope/virtualMachineSkus");
        }
    }

    @Test
    void aSizeComesWithWhatItStartsAndWhenItIsRetired() {
        String size = """
                {"value":[{"name":"Standard_D2_v2","familyName":"standardDv2Family",
                 "batchSupportEndOfLife":"2028-05-01T00:00:00Z","capabilities":[
                 {"name":"vCPUs","value":"2"},{"name":"HyperVGenerations","value":"V1,V2"},
                 {"name":"CpuArchitectureType","value":"x64"}]},
                 {"name":"Standard_D2ps_v5","familyName":"standardDPSv5Family","capabilities":[
                 {"name":"vCPUs","value":"2"},{"name":"HyperVGenerations","value":"V2"},
                 {"name":"CpuArchitectureType","value":"Arm64"}]}]}""";
        try (StubServer service = StubServer.start(request -> Answer.json(200, size))) {
            assertThat(client(service).vmSizes("westeurope"))
                    .containsExactly(
                            new VmSize(
                                    "Standard_D2_v2",
                                    "standardDv2Family",
                                    2,
                                    Set.of(HyperVGeneration.V1, HyperVGeneration.V2),
                                    Optional.of(CpuArchitecture.X64),
                                    Optional.of(Instant.parse("2028-05-01T00:00:00Z"))),
                            new VmSize(
                                    "Standard_D2ps_v5",
                                    "standardDPSv5Family",
                                    2,
                                    Set.of(HyperVGeneration.V2),
                                    Optional.of(CpuArchitecture.ARM64),
                                    Optional.empty()));
        }
    }

    @Test
    void theTokenIsNotTakenToAnotherHost() {
        try (StubServer service = StubServer.start(request -> Answer.json(
                200, sizes("Standard_D2s_v5", "standardDSv5Family", "2", "https://evil.example.org/next")))) {
            BatchException failure = catchThrowableOfType(
                    BatchException.class, () -> client(service).vmSizes("westeurope"));

            assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, AuthorizationFailed, FORBIDDEN, Reader",
        "401, InvalidAuthenticationToken, UNAUTHENTICATED, Reader",
        "404, ResourceNotFound, NOT_FOUND, resource group",
        "400, InvalidApiVersionParameter, UNKNOWN, error"
    })
    void aRefusalKeepsTheServicesWords(int status, String code, ErrorCode expected, String advice) {
        try (StubServer service = StubServer.start(
                request -> Answer.json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"its words\"}}"))) {
            BatchException failure = catchThrowableOfType(
                    BatchException.class, () -> client(service).quota());

            assertThat(failure.code()).isEqualTo(expected);
            assertThat(failure).hasMessageContaining(advice).hasMessageContaining("its words");
            assertThat(failure.serviceError().map(ServiceError::code)).contains(code);
        }
    }

    @Test
    void anAnswerThatIsNoDocumentIsAFailureOfTheService() {
        try (StubServer service = StubServer.start(request -> Answer.json(200, "<html>"))) {
            assertThat(catchThrowableOfType(
                                    BatchException.class, () -> client(service).quota())
                            .code())
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    private ManagementClient client(StubServer service) {
        return new ManagementClient(
                AzureCloud.PUBLIC.management(), new AccountPath("sub", "group", "mybatch"), token, service.client());
    }

    private static String sizes(String name, String family, String cores, String next) {
        return "{\"value\":[{\"name\":\"" + name + "\",\"familyName\":\"" + family + "\",\"capabilities\":["
                + "{\"name\":\"MaxResourceVolumeMB\",\"value\":\"20\"},{\"name\":\"vCPUs\",\"value\":\"" + cores
                + "\"}]},{\"name\":\"Standard_NoCores\",\"familyName\":\"f\"}]"
                + (next.isEmpty() ? "" : ",\"nextLink\":\"" + next + "\"") + "}";
    }
}
