package io.twinbatch.azure.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.api.preflight.Preflight.Result;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.azure.ManagedIdentity;
import io.twinbatch.azure.PoolOptions.CustomImage;
import io.twinbatch.azure.account.AccountUsage.PoolUse;
import io.twinbatch.azure.storage.AccountKey;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.azure.storage.StorageCredential;
import io.twinbatch.azure.storage.StorageToken;
import io.twinbatch.azure.stub.FixedToken;
import io.twinbatch.azure.stub.StubServer;
import io.twinbatch.azure.stub.StubServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzurePreflightTest {
    private static final String FAMILY = "standardDSv5Family";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);
    private static final Answer NO_CONTAINER = new Answer(404, Map.of("x-ms-error-code", "ContainerNotFound"), "");

    @TempDir
    private Path folder;

    private final FakeUse use = new FakeUse();
    private final FakeQuotas quotas = new FakeQuotas();
    private Answer storageAnswer = NO_CONTAINER;
    private StubServer storage;
    private StorageCredential credential = new AccountKey("c2VjcmV0");
    private Optional<QuotaSource> source = Optional.of(quotas);
    private Optional<CustomImage> ownImage = Optional.empty();
    private Optional<ManagedIdentity> nodeIdentity = Optional.empty();
    private SamplePlan sample;

    @BeforeEach
    void setUp() {
        storage = StubServer.start(request -> storageAnswer);
        sample = new SamplePlan(folder);
    }

    @AfterEach
    void tearDown() {
        storage.close();
    }

    @Test
    void aPlanThatFitsPassesInEveryPoint() throws IOException {
        use.pools = List.of(new PoolUse("other", "Standard_D2s_v5", 5, 1), new PoolUse("old", "standard_f4s_v2", 0, 0));

        List<Finding> findings = check();

        assertThat(findings).extracting(Finding::result).containsOnly(Result.PASSED);
        assertThat(findings)
                .extracting(Finding::subject)
                .containsExactly(
                        "Azure Batch",
                        "Azure Storage",
                        "signed URLs",
                        "request size",
                        "image",
                        "VM size",
                        "task slots",
                        "dedicated cores",
                        "dedicated cores of " + FAMILY,
                        "pools",
                        "active jobs");
        assertThat(find(findings, "dedicated cores").detail()).isEqualTo("4 x 2 = 8 needed, 60 allowed, 10 in use");
        assertThat(storage.requests())
                .allSatisfy(request -> assertThat(request.method()).isIn("HEAD", "GET"));
    }

    @Test
    void tooManyCoresAreRefusedWithTheNumberOfNodesThatFits() throws IOException {
        use.pools = List.of(new PoolUse("other", "standard_d2s_v5", 27, 0));

        Finding cores = find(check(), "dedicated cores");

        assertThat(cores.result()).isEqualTo(Result.FAILED);
        assertThat(cores.detail()).isEqualTo("4 x 2 = 8 needed, 60 allowed, 54 in use");
        assertThat(cores.remedy()).contains("--nodes=3", "delete pools", "--vm-size", "request more");
    }

    @Test
    void aFamilyWithoutQuotaIsRefusedWhereFamiliesCount() throws IOException {
        quotas.families = Map.of("standardFSv2Family", 20);

        Finding cores = find(check(), "dedicated cores of " + FAMILY);

        assertThat(cores.result()).isEqualTo(Result.FAILED);
        assertThat(cores.detail()).isEqualTo("4 x 2 = 8 needed, 0 allowed, 0 in use");
        assertThat(cores.remedy()).doesNotContain("--nodes", "delete");

        quotas.familyEnforced = false;
        assertThat(check()).extracting(Finding::result).containsOnly(Result.PASSED);
    }

    @Test
    void spotNodesHaveAQuotaOfTheirOwn() throws IOException {
        sample.spot = true;
        quotas.spot = OptionalInt.of(7);

        List<Finding> findings = check();

        assertThat(find(findings, "spot cores").result()).isEqualTo(Result.FAILED);
        assertThat(find(findings, "spot cores").remedy()).startsWith("--nodes=3 fits");
        assertThat(findings).extracting(Finding::subject).doesNotContain("dedicated cores");
    }

    @Test
    void oneMorePoolAndOneMoreJobHaveToFit() throws IOException {
        quotas.pools = OptionalInt.of(1);
        quotas.jobs = OptionalInt.of(3);
        use.pools = List.of(new PoolUse("other", "standard_d2s_v5", 0, 0));
        use.jobs = 3;

        List<Finding> findings = check();

        assertThat(find(findings, "pools").result()).isEqualTo(Result.FAILED);
        assertThat(find(findings, "pools").detail()).isEqualTo("1 needed, 1 allowed, 1 in use");
        assertThat(find(findings, "active jobs").result()).isEqualTo(Result.FAILED);
        assertThat(find(findings, "active jobs").remedy()).contains("az batch job list", "request more");
    }

    @Test
    void aPoolThatExistsNeedsNothingNew() throws IOException {
        sample.poolId = Optional.of(new PoolId("mine"));
        sample.vmSize = "standard_unheard_of";
        quotas.pools = OptionalInt.of(1);
        quotas.dedicated = OptionalInt.of(0);
        use.pools = List.of(new PoolUse("Mine", "standard_d2s_v5", 30, 0));

        List<Finding> findings = check();

        assertThat(findings).extracting(Finding::result).containsOnly(Result.PASSED);
        assertThat(find(findings, "pool").detail()).contains("mine exists");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T11:59:59Z, FAILED, ended its support on 2026-11-28",
        "2026-11-28T12:00:01Z, WARNING, ends its support on 2026-11-28",
        "2027-02-26T12:00:00Z, WARNING, ends its support on 2027-02-26",
        "2027-02-26T12:00:01Z, PASSED, batch.node.ubuntu 24.04"
    })
    void anImageFailsAfterTheEndOfItsSupportAndIsWarnedOfNinetyDaysBefore(Instant end, Result expected, String detail)
            throws IOException {
        use.imageEnd = Optional.of(end);

        Finding image = find(check(), "image");

        assertThat(image.result()).isEqualTo(expected);
        assertThat(image.detail()).contains("canonical:ubuntu-24_04-lts:server", detail);
        assertThat(image.remedy()).matches(text -> text.contains("--vm-image=") == (expected != Result.PASSED));
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01T00:00:00Z, FAILED", "2027-01-01T00:00:00Z, WARNING", "2028-01-01T00:00:00Z, PASSED"})
    void aSizeFailsAfterTheEndOfItsSupportAndIsWarnedOfBefore(Instant end, Result expected) throws IOException {
        sample.vmSize = "standard_d2";
        sample.image = new VmImage("canonical", "ubuntu-24_04-lts", "server-gen1");
        quotas.sizeEnd = Optional.of(end);

        assertThat(find(check(), "VM size").result()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "standard_d2, ubuntu-24_04-lts, server, generation 1 alone, server-gen1",
        "standard_d2ps_v5, ubuntu-24_04-lts, server, has Arm64 processors, server-arm64",
        "standard_d2s_v5, ubuntu-24_04-lts, server-arm64, has x64 processors, server"
    })
    void aSizeThatCannotStartTheImageIsRefusedWithTheImageThatItStarts(
            String size, String offer, String sku, String reason, String instead) throws IOException {
        sample.vmSize = size;
        sample.image = new VmImage("canonical", offer, sku);

        Finding image = find(check(), "image");

        assertThat(image.result()).isEqualTo(Result.FAILED);
        assertThat(image.detail()).contains(reason);
        assertThat(image.remedy()).startsWith("use --vm-image=canonical:ubuntu-24_04-lts:" + instead + ", or");
    }

    @Test
    void theProcessorsOfASizeFollowFromItsNameWhenTheRegionIsUnknown() throws IOException {
        source = Optional.empty();
        sample.vmSize = "Standard_E4pds_v6";

        assertThat(find(check(), "image").detail()).contains("has Arm64 processors");
    }

    @Test
    void anImageOfOnesOwnNeedsANodeAgentThatTheServiceHas() throws IOException {
        ownImage = Optional.of(new CustomImage("/subscriptions/s/images/i", "batch.node.ubuntu 24.04"));
        assertThat(find(check(), "image").result()).isEqualTo(Result.PASSED);

        ownImage = Optional.of(new CustomImage("/subscriptions/s/images/i", "batch.node.ubuntu 14.04"));
        Finding image = find(check(), "image");
        assertThat(image.result()).isEqualTo(Result.FAILED);
        assertThat(image.remedy()).isEqualTo("set azure.node-agent to one of batch.node.ubuntu 24.04");
    }

    @Test
    void aPoolOfWindowsNodesIsRefused() throws IOException {
        sample.poolId = Optional.of(new PoolId("mine"));
        use.pools = List.of(new PoolUse("mine", "standard_d2s_v5", 1, 0, true, Set.of()));

        assertThat(find(check(), "pool").result()).isEqualTo(Result.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"1048575, PASSED", "1048576, FAILED"})
    void aTaskWhoseRequestIsTooLargeIsRefusedBeforeAnythingIsUploaded(long bytes, Result expected) throws IOException {
        use.bytes = bytes;

        Finding size = find(check(), "request size");

        assertThat(size.result()).isEqualTo(expected);
        assertThat(size.detail()).contains("with 1 files: " + bytes + " bytes, at most 1048576");
    }

    @Test
    void theRemedyForATaskThatIsTooLargeIsANumberOfFilesThatFits() throws IOException {
        sample.inputsOfTask = 10;
        use.bytes = 2 << 20;

        assertThat(find(check(), "request size").remedy()).isEqualTo("use --files-per-task=4 or less");
    }

    @Test
    void anImageThatIsNotOfferedIsRefused() throws IOException {
        sample.image = new VmImage("canonical", "ubuntu-99", "server");

        Finding image = find(check(), "image");

        assertThat(image.result()).isEqualTo(Result.FAILED);
        assertThat(image.detail()).contains("canonical:ubuntu-99:server");
        assertThat(image.detail()).contains("similar: canonical:ubuntu-24_04-lts:server");
        assertThat(image.remedy()).contains("--vm-image");
    }

    @Test
    void aSizeThatTheRegionDoesNotHaveIsRefusedWithOthersLikeIt() throws IOException {
        sample.vmSize = "standard_d2s_v9";

        Finding size = find(check(), "VM size");

        assertThat(size.result()).isEqualTo(Result.FAILED);
        assertThat(size.detail()).contains("standard_d2s_v9", "westeurope");
        assertThat(size.remedy()).contains("--vm-size", "Standard_D2s_v5");
    }

    @Test
    void slotsThatTheCoresDoNotAllowAreRefused() throws IOException {
        sample.slots = 9;

        Finding slots = find(check(), "task slots");

        assertThat(slots.result()).isEqualTo(Result.FAILED);
        assertThat(slots.detail()).isEqualTo("9 on each node, at most 8 on 2 cores");
        assertThat(slots.remedy()).contains("--slots=8");
    }

    @Test
    void withoutTheManagementServiceQuotasAreUnknownAndTheRunMayGoOn() throws IOException {
        source = Optional.empty();

        List<Finding> findings = check();

        assertThat(findings).extracting(Finding::result).doesNotContain(Result.FAILED);
        Finding unknown = find(findings, "quotas");
        assertThat(unknown.result()).isEqualTo(Result.UNKNOWN);
        assertThat(unknown.detail()).contains("AZURE_SUBSCRIPTION_ID", "AZURE_RESOURCE_GROUP");
        assertThat(unknown.remedy()).contains("az login");
        assertThat(find(findings, "VM size").result()).isEqualTo(Result.UNKNOWN);
        assertThat(find(findings, "VM size").detail()).contains("4 x 2 = 8 cores");
    }

    @Test
    void aManagementServiceThatRefusesIsNoReasonToRefuseTheRun() throws IOException {
        quotas.failure = Optional.of(new BatchException(ErrorCode.FORBIDDEN, "quotas", "assign the role Reader"));

        Finding unknown = find(check(), "quotas");

        assertThat(unknown.result()).isEqualTo(Result.UNKNOWN);
        assertThat(unknown.detail()).contains("assign the role Reader");
    }

    @Test
    void theCoresOfAFamilyAreUnknownWhenTheSubscriptionCannotBeRead() throws IOException {
        quotas.sizesFailure = Optional.of(new BatchException(ErrorCode.FORBIDDEN, "quotas", "assign the role Reader"));

        Finding family = find(check(), "dedicated cores of its family");

        assertThat(family.result()).isEqualTo(Result.UNKNOWN);
        assertThat(family.remedy()).contains("Reader on the subscription");
    }

    @Test
    void anAccountThatTakesNoKeysIsRecognisedFromItsAnswer() throws IOException {
        ServiceError said = new ServiceError(
                "AuthenticationFailed",
                "Server failed to authenticate the request.",
                "r-1",
                Map.of(
                        "AuthenticationErrorDetail",
                        "The specified type of authentication SharedKey is not allowed for this account."));
        use.failure = Optional.of(new BatchException(ErrorCode.FORBIDDEN, "Batch account", "refused", said, null));
        storageAnswer = new Answer(403, Map.of("x-ms-error-code", "KeyBasedAuthenticationNotPermitted"), "");

        List<Finding> findings = check();

        assertThat(findings.get(0).remedy())
                .contains("switched off", "allowedAuthenticationModes", "unset AZURE_BATCH_ACCESS_KEY", "az login");
        assertThat(findings.get(1).detail()).contains("an account's key is not accepted");
        assertThat(findings.get(1).remedy())
                .contains("switched off", "allowSharedKeyAccess", "AZURE_STORAGE_CONNECTION_STRING", "az login");
    }

    @Test
    void whoIsRefusedForAnotherReasonReadsOfNetworkAndRoles() throws IOException {
        use.failure = Optional.of(new BatchException(ErrorCode.FORBIDDEN, "Batch account", "refused"));
        storageAnswer = new Answer(403, Map.of("x-ms-error-code", "AuthorizationFailure"), "");

        List<Finding> findings = check();

        assertThat(findings.get(0).remedy())
                .contains("let this network in", "without a key")
                .doesNotContain("switched");
        assertThat(findings.get(1).remedy())
                .contains("let this network in", "without a key")
                .doesNotContain("switched");
    }

    @Test
    void coresThatTheAccountDoesNotTellAreUnknown() throws IOException {
        quotas.dedicated = OptionalInt.empty();

        assertThat(find(check(), "dedicated cores").result()).isEqualTo(Result.UNKNOWN);
    }

    @Test
    void bothSignInsAreTriedAndToldOf() throws IOException {
        use.failure = Optional.of(new BatchException(ErrorCode.UNAUTHENTICATED, "Batch account", "wrong key"));
        storageAnswer = new Answer(403, Map.of("x-ms-error-code", "AuthenticationFailed"), "");

        List<Finding> findings = check();

        assertThat(findings).extracting(Finding::subject).containsExactly("Azure Batch", "Azure Storage");
        assertThat(findings).extracting(Finding::result).containsOnly(Result.FAILED);
        assertThat(findings.get(0).detail()).contains("wrong key");
        assertThat(findings.get(0).remedy()).contains("AZURE_BATCH_ACCESS_KEY");
        assertThat(findings.get(1).detail()).contains("AuthenticationFailed");
        assertThat(findings.get(1).remedy()).contains("AZURE_STORAGE_KEY");
    }

    @Test
    void aJobThatOutlivesEverySignedUrlIsRefused() throws IOException {
        credential = new StorageToken(new FixedToken());

        Finding urls = find(preflight().check(lasting(Duration.ofDays(8))), "signed URLs");

        assertThat(urls.result()).isEqualTo(Result.FAILED);
        assertThat(urls.detail()).contains("less than 7 days");
        assertThat(urls.remedy()).contains("--timeout", "AZURE_STORAGE_KEY");
    }

    @Test
    void aProgramThatUploadsItselfNeedsSignedUrlsThatLiveLongEnough() throws IOException {
        credential = new StorageToken(new FixedToken(), true);
        storageAnswer = Answer.xml(
                200,
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><UserDelegationKey><SignedOid>o</SignedOid><SignedTid>t</SignedTid>"
                        + "<SignedStart>2026-11-28T12:00:00Z</SignedStart><SignedExpiry>9999-12-31T00:00:00Z</SignedExpiry>"
                        + "<SignedService>b</SignedService><SignedVersion>2026-06-06</SignedVersion><Value>c2VjcmV0</Value>"
                        + "</UserDelegationKey>");

        assertThat(find(preflight().check(lasting(Duration.ofDays(8))), "signed URLs")
                        .result())
                .isEqualTo(Result.PASSED);
        sample.uploadsItself = true;
        Finding urls = find(preflight().check(lasting(Duration.ofDays(8))), "signed URLs");

        assertThat(urls.result()).isEqualTo(Result.FAILED);
        assertThat(urls.detail()).contains("the program uploads by a signed URL");
    }

    @ParameterizedTest
    @CsvSource({"mine, PASSED", "MINE, PASSED", "other, FAILED"})
    void anExistingPoolNeedsTheIdentityOfTheNodes(String had, Result result) throws IOException {
        nodeIdentity = Optional.of(identity("mine"));
        String id = sample.plan().pool().id().value();
        use.pools = List.of(new PoolUse(id, "standard_d2s_v5", 1, 0, false, Set.of(identity(had))));

        assertThat(find(check(), "identity of the nodes").result()).isEqualTo(result);
    }

    @Test
    void aNewPoolCannotHaveTheIdentityOfTheNodes() throws IOException {
        nodeIdentity = Optional.of(identity("mine"));

        Finding finding = find(check(), "identity of the nodes");

        assertThat(finding.result()).isEqualTo(Result.FAILED);
        assertThat(finding.remedy()).contains("--pool-id", "azure.node-identity");
    }

    private static ManagedIdentity identity(String name) {
        return ManagedIdentity.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity"
                        + "/userAssignedIdentities/" + name)
                .orElseThrow();
    }

    @Test
    void anInterruptionIsNoFinding() throws IOException {
        BatchException stopped = new BatchException(ErrorCode.UNKNOWN, "pools", "interrupted");
        use.failure = Optional.of(stopped);
        RunPlan plan = sample.plan();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> preflight().check(plan)).isSameAs(stopped);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private RunPlan lasting(Duration time) throws IOException {
        RunPlan plan = sample.plan();
        return new RunPlan(
                plan.id(),
                plan.request(),
                plan.containers(),
                plan.pool(),
                plan.job().withMaxWallClockTime(time),
                plan.inputs(),
                plan.layout(),
                plan.upToDate(),
                plan.stale(),
                plan.replaceable(),
                plan.tasks(),
                plan.total());
    }

    private List<Finding> check() throws IOException {
        return preflight().check(sample.plan());
    }

    private AzurePreflight preflight() {
        BlobStoreConfig config =
                new BlobStoreConfig(URI.create("https://mystorage.blob.core.windows.net"), "mystorage", credential);
        return new AzurePreflight(
                use,
                new BlobObjectStore(config, storage::client, Clock.systemUTC()),
                source,
                ownImage,
                nodeIdentity,
                CLOCK);
    }

    private static Finding find(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding about " + subject + " in " + findings));
    }

    private static final class FakeUse implements AccountUsage {
        private List<PoolUse> pools = List.of();
        private int jobs;
        private long bytes = 1000;
        private Optional<Instant> imageEnd = Optional.empty();
        private Optional<BatchException> failure = Optional.empty();

        @Override
        public List<PoolUse> pools() {
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            return pools;
        }

        @Override
        public int activeJobs() {
            return jobs;
        }

        @Override
        public Set<String> nodeAgents() {
            return Set.of("batch.node.ubuntu 24.04");
        }

        @Override
        public long requestBytes(TaskSpec task) {
            return bytes;
        }

        @Override
        public OfferedImage image(VmImage image, boolean containers) {
            if (image.publisher().equals("canonical") && !image.offer().equals("ubuntu-99")) {
                return new OfferedImage(
                        "batch.node.ubuntu 24.04",
                        imageEnd,
                        Stream.of("server-gen1", "server-arm64", "server")
                                .map(sku -> new VmImage("canonical", "ubuntu-24_04-lts", sku))
                                .filter(other -> !other.equals(image))
                                .toList());
            }
            throw new BatchException(
                    ErrorCode.INVALID, "image " + image, "there is none; similar: " + VmImage.UBUNTU_LTS);
        }
    }

    private static final class FakeQuotas implements QuotaSource {
        private OptionalInt dedicated = OptionalInt.of(60);
        private Map<String, Integer> families = Map.of(FAMILY, 60);
        private boolean familyEnforced = true;
        private OptionalInt spot = OptionalInt.of(10);
        private OptionalInt pools = OptionalInt.of(20);
        private OptionalInt jobs = OptionalInt.of(100);
        private Optional<BatchException> failure = Optional.empty();
        private Optional<BatchException> sizesFailure = Optional.empty();
        private Optional<Instant> sizeEnd = Optional.empty();

        @Override
        public AccountQuota quota() {
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            return new AccountQuota("westeurope", dedicated, families, familyEnforced, spot, pools, jobs);
        }

        @Override
        public List<VmSize> vmSizes(String location) {
            sizesFailure.ifPresent(thrown -> {
                throw thrown;
            });
            return List.of(
                    new VmSize("Standard_D2s_v5", FAMILY, 2),
                    new VmSize("Standard_D4s_v5", FAMILY, 4),
                    new VmSize("Standard_F4s_v2", "standardFSv2Family", 4),
                    new VmSize("Standard_D2ps_v5", FAMILY, 2),
                    new VmSize(
                            "Standard_D2",
                            FAMILY,
                            2,
                            Set.of(HyperVGeneration.V1),
                            Optional.of(CpuArchitecture.X64),
                            sizeEnd));
        }
    }
}
