package io.twinbatch.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.azure.AzureConfig.Registry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureConfigTest {
    private static final String KEY = "c2VjcmV0LXNlY3JldA==";
    private static final String SUBSCRIPTION = "01234567-89ab-cdef-0123-456789abcdef";

    @Test
    void everySettingIsRead() {
        Map<String, String> settings = settings();
        settings.put("AZURE_BATCH_ACCESS_KEY", KEY);
        settings.put("AZURE_STORAGE_KEY", " " + KEY + "\n");
        settings.put("AZURE_SUBSCRIPTION_ID", SUBSCRIPTION);
        settings.put("AZURE_RESOURCE_GROUP", "my-group");
        settings.put("TWINBATCH_AZURE_API_VERSION", "2023-05-01.17.0");

        AzureConfig config = AzureConfig.of(settings);

        assertThat(config.batch())
                .isEqualTo(new AzureConfig.BatchAccount(
                        "mybatch",
                        URI.create("https://mybatch.westeurope.batch.azure.com"),
                        Optional.of(new Secret(KEY)),
                        Optional.of("2023-05-01.17.0")));
        assertThat(config.storage())
                .isEqualTo(new AzureConfig.StorageAccount(
                        "mystorage",
                        URI.create("https://mystorage.blob.core.windows.net"),
                        Optional.of(new Secret(KEY))));
        assertThat(config.management()).contains(new AzureConfig.Management(SUBSCRIPTION, "my-group"));
        assertThat(config.toString()).contains("mybatch", "mystorage").doesNotContain(KEY);
    }

    private static Map<String, String> withRegistry(String... namesAndValues) {
        Map<String, String> settings = settings();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put("AZURE_REGISTRY_" + namesAndValues[i], namesAndValues[i + 1]);
        }
        return settings;
    }

    @Test
    void theRegistryOfContainerImagesIsSignedInToByPasswordOrIdentity(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), KEY + "\n");
        String identity = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity"
                + "/userAssignedIdentities/puller";
        Registry byPassword =
                new Registry("my.azurecr.io", Optional.of(new Registry.Login("me", new Secret(KEY))), Optional.empty());

        assertThat(AzureConfig.of(settings()).registry()).isEmpty();
        AzureConfig config = AzureConfig.of(withRegistry("SERVER", "my.azurecr.io", "USERNAME", "me", "PASSWORD", KEY));
        assertThat(config.registry()).contains(byPassword);
        assertThat(config.toString()).doesNotContain(KEY);
        assertThat(AzureConfig.of(withRegistry(
                                "SERVER", "my.azurecr.io", "USERNAME", "me", "PASSWORD_FILE", file.toString()))
                        .registry())
                .contains(byPassword);
        assertThat(AzureConfig.of(withRegistry("SERVER", "my.azurecr.io", "IDENTITY", identity))
                        .registry())
                .contains(new Registry("my.azurecr.io", Optional.empty(), ManagedIdentity.of(identity)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "USERNAME,me,PASSWORD,secret; AZURE_REGISTRY_SERVER is missing",
                "SERVER,https://my.azurecr.io,USERNAME,me,PASSWORD,secret; AZURE_REGISTRY_SERVER is malformed",
                "SERVER,my.azurecr.io; AZURE_REGISTRY_SERVER needs AZURE_REGISTRY_USERNAME",
                "SERVER,my.azurecr.io,USERNAME,me,PASSWORD_FILE,/no/such/file; AZURE_REGISTRY_PASSWORD_FILE cannot be read",
                "SERVER,my.azurecr.io,IDENTITY,secret; AZURE_REGISTRY_IDENTITY is malformed",
                "SERVER,my.azurecr.io,IDENTITY,secret,USERNAME,me; exclude each other"
            })
    void aRegistryThatCannotBeSignedInToIsRefusedWithoutItsSecrets(String settings, String message) {
        assertThatThrownBy(() -> AzureConfig.of(withRegistry(settings.split(","))))
                .isInstanceOf(BatchException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void withoutKeysItIsMicrosoftEntraId() {
        AzureConfig config = AzureConfig.of(settings());

        assertThat(config.batch().key()).isEmpty();
        assertThat(config.batch().apiVersion()).isEmpty();
        assertThat(config.storage().key()).isEmpty();
        assertThat(config.management()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mybatch.westeurope.batch.azure.com, https://mybatch.westeurope.batch.azure.com",
        "https://mybatch.westeurope.batch.azure.com/, https://mybatch.westeurope.batch.azure.com",
        "HTTPS://MyBatch.westeurope.batch.azure.com, https://MyBatch.westeurope.batch.azure.com",
        "http://127.0.0.1:10100, http://127.0.0.1:10100",
        "http://localhost:10100/, http://localhost:10100",
        "http://[::1]:10100, http://[::1]:10100"
    })
    void theEndpointIsTakenWithAndWithoutItsScheme(String given, String url) {
        Map<String, String> settings = settings();
        settings.put("AZURE_BATCH_ENDPOINT", given);
        settings.put("AZURE_BATCH_ACCESS_KEY", KEY);

        assertThat(AzureConfig.of(settings).batch().endpoint()).isEqualTo(URI.create(url));
    }

    @Test
    void aConnectionStringNamesAccountKeyAndEndpoint() {
        Map<String, String> settings = settings();
        settings.remove("AZURE_STORAGE_ACCOUNT");
        settings.put(
                "AZURE_STORAGE_CONNECTION_STRING",
                "AccountName=other;AccountKey=" + KEY + ";BlobEndpoint=http://127.0.0.1:10000/other");

        assertThat(AzureConfig.of(settings).storage())
                .isEqualTo(new AzureConfig.StorageAccount(
                        "other", URI.create("http://127.0.0.1:10000/other"), Optional.of(new Secret(KEY))));
    }

    @Test
    void allThatIsMissingIsNamedAtOnce() {
        String message = refusal(Map.of("AZURE_BATCH_ACCOUNT", " ", "AZURE_BATCH_ACCESS_KEY", KEY));

        assertThat(message)
                .contains("AZURE_BATCH_ACCOUNT is not set", "AZURE_BATCH_ENDPOINT is not set")
                .contains("AZURE_STORAGE_ACCOUNT is not set", "AZURE_STORAGE_CONNECTION_STRING")
                .contains("(1) ", "(2) ", "(3) ")
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "AZURE_BATCH_ACCOUNT, My-Account!secret",
        "AZURE_BATCH_ACCESS_KEY, no base 64 secret",
        "AZURE_BATCH_ENDPOINT, http://mybatch.westeurope.batch.azure.com/secret",
        "AZURE_BATCH_ENDPOINT, http://secret.example.org",
        "AZURE_BATCH_ENDPOINT, http://127.secret.org",
        "AZURE_BATCH_ENDPOINT, ftp://secret",
        "AZURE_BATCH_ENDPOINT, https://user:secret@mybatch.westeurope.batch.azure.com",
        "AZURE_BATCH_ENDPOINT, https://a b secret",
        "AZURE_BATCH_ENDPOINT, https://secret.westeurope.batch.azure.com",
        "AZURE_STORAGE_ACCOUNT, secret.blob.core.windows.net",
        "AZURE_STORAGE_KEY, not!base64?secret",
        "AZURE_STORAGE_CONNECTION_STRING, AccountName=mystorage;AccountKey=not!secret",
        "AZURE_STORAGE_CONNECTION_STRING, AccountName=mystorage;SharedAccessSignature=secret",
        "AZURE_STORAGE_CONNECTION_STRING, AccountName=secret;AccountKey=c2VjcmV0",
        "AZURE_STORAGE_CONNECTION_STRING, AccountName=mystorage;AccountKey=c2VjcmV0;BlobEndpoint=http://secret.org",
        "AZURE_SUBSCRIPTION_ID, my secret subscription",
        "AZURE_RESOURCE_GROUP, a/secret",
        "TWINBATCH_AZURE_API_VERSION, secret"
    })
    void whatIsMalformedIsNamedAndItsValueIsNotShown(String variable, String value) {
        Map<String, String> settings = settings();
        settings.put(variable, value);

        assertThat(refusal(settings)).contains(variable + " is wrong: ").doesNotContain("secret");
    }

    @Test
    void overPlainHttpAKeyIsNeeded() {
        Map<String, String> settings = settings();
        settings.put("AZURE_BATCH_ENDPOINT", "http://127.0.0.1:10100");

        assertThat(refusal(settings))
                .contains("AZURE_BATCH_ACCESS_KEY is not set")
                .contains("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AZURE_SUBSCRIPTION_ID", "AZURE_RESOURCE_GROUP"})
    void theQuotasAreNotAskedForWhenHalfOfTheirPlaceIsMissing(String present) {
        Map<String, String> settings = settings();
        settings.put(present, SUBSCRIPTION);

        assertThat(AzureConfig.of(settings).management()).isEmpty();
    }

    private static final String GROUP = "/subscriptions/s/resourceGroups/g/providers/";
    private static final String IMAGE = GROUP + "Microsoft.Compute/galleries/a/images/b/versions/1.0.0";
    private static final String SUBNET = GROUP + "Microsoft.Network/virtualNetworks/v/subnets/s";

    private static Map<String, String> withPools(String... namesAndValues) {
        Map<String, String> settings = settings();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put("TWINBATCH_AZURE_" + namesAndValues[i], namesAndValues[i + 1]);
        }
        return settings;
    }

    @Test
    void whatNewPoolsHaveOnAzureAloneIsRead() {
        assertThat(AzureConfig.of(settings()).pools()).isEqualTo(PoolOptions.NONE);
        PoolOptions pools = AzureConfig.of(withPools(
                        "IMAGE_ID", IMAGE,
                        "NODE_AGENT", "batch.node.ubuntu 24.04",
                        "SUBNET_ID", SUBNET,
                        "PUBLIC_ADDRESSES", "false",
                        "PLACEMENT", "Zonal",
                        "DISK_GIB", "64",
                        "DISK_TYPE", "premium_lrs",
                        "TAGS", "team=blue, cost centre=a=b",
                        "API_VERSION", "2024-07-01.20.0"))
                .pools();

        assertThat(pools)
                .isEqualTo(new PoolOptions(
                        Optional.of(new PoolOptions.CustomImage(IMAGE, "batch.node.ubuntu 24.04")),
                        Optional.of(SUBNET),
                        false,
                        Optional.of("zonal"),
                        Optional.of(new PoolOptions.SystemDisk(Optional.of(64), Optional.of("premium_lrs"), false)),
                        Map.of("team", "blue", "cost centre", "a=b")));
    }

    @Test
    void theIdentityOfNodesKeepsItsCase() {
        String identity = GROUP + "Microsoft.ManagedIdentity/userAssignedIdentities/Nodes";

        assertThat(AzureConfig.of(withPools("NODE_IDENTITY", identity)).nodeIdentity())
                .contains(new ManagedIdentity(identity));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IMAGE_ID | ubuntu | azure.image-id (TWINBATCH_AZURE_IMAGE_ID) is wrong: the resource id",
                "NODE_AGENT | batch.node.ubuntu 24.04 | azure.node-agent (TWINBATCH_AZURE_NODE_AGENT) belong together",
                "NODE_AGENT | ubuntu | azure.node-agent (TWINBATCH_AZURE_NODE_AGENT) is wrong: a node agent such as",
                "SUBNET_ID | /subscriptions/s | azure.subnet-id (TWINBATCH_AZURE_SUBNET_ID) is wrong: the resource id of a subnet",
                "PUBLIC_ADDRESSES | no | azure.public-addresses (TWINBATCH_AZURE_PUBLIC_ADDRESSES) is wrong: true or false",
                "PUBLIC_ADDRESSES | false | azure.subnet-id",
                "PLACEMENT | 1,2 | azure.placement (TWINBATCH_AZURE_PLACEMENT) is wrong: regional or zonal",
                "DISK_GIB | 0 | azure.disk-gib (TWINBATCH_AZURE_DISK_GIB) is wrong: a whole number",
                "DISK_TYPE | fast | azure.disk-type (TWINBATCH_AZURE_DISK_TYPE) is wrong: standard_lrs",
                "NODE_IDENTITY | /subscriptions/s | azure.node-identity (TWINBATCH_AZURE_NODE_IDENTITY) is wrong: the resource"
                        + " id of a managed identity",
                "TAGS | team | azure.tags (TWINBATCH_AZURE_TAGS) is wrong: NAME=VALUE"
            })
    void aWrongPropertyOfPoolsIsNamedWithWhatIsExpected(String name, String value, String problem) {
        assertThatThrownBy(() -> AzureConfig.of(withPools(name, value)))
                .isInstanceOf(BatchException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void whatTheServiceRefusesWithAKeyIsRefusedBefore() {
        Map<String, String> settings = withPools("SUBNET_ID", SUBNET, "TAGS", "a=b");
        settings.put("AZURE_BATCH_ACCESS_KEY", KEY);

        assertThatThrownBy(() -> AzureConfig.of(settings))
                .hasMessageContaining(
                        "azure.subnet-id (TWINBATCH_AZURE_SUBNET_ID) needs a sign-in with Microsoft Entra ID")
                .hasMessageContaining("azure.tags (TWINBATCH_AZURE_TAGS) needs a version of the protocol before 2025");
        settings.put("AZURE_BATCH_ENDPOINT", "https://localhost:1234");
        settings.put("TWINBATCH_AZURE_API_VERSION", "2024-07-01.20.0");
        assertThat(AzureConfig.of(settings).pools().subnetId()).contains(SUBNET);
    }

    @ParameterizedTest
    @CsvSource({
        "westeurope.batch.azure.com, https://mystorage.blob.core.windows.net, https://login.microsoftonline.com,"
                + " https://management.azure.com, https://batch.core.windows.net//.default",
        "usgovvirginia.batch.usgovcloudapi.net, https://mystorage.blob.core.usgovcloudapi.net,"
                + " https://login.microsoftonline.us, https://management.usgovcloudapi.net,"
                + " https://batch.core.usgovcloudapi.net//.default",
        "chinaeast2.batch.chinacloudapi.cn, https://mystorage.blob.core.chinacloudapi.cn,"
                + " https://login.chinacloudapi.cn, https://management.chinacloudapi.cn,"
                + " https://batch.chinacloudapi.cn//.default"
    })
    void theEndpointSaysInWhichCloudTheAccountsAre(String host, URI storage, URI signIn, URI management, String scope) {
        Map<String, String> settings = settings();
        settings.put("AZURE_BATCH_ENDPOINT", "https://mybatch." + host);

        AzureConfig config = AzureConfig.of(settings);

        assertThat(config.storage().endpoint()).isEqualTo(storage);
        assertThat(config.cloud().signIn()).isEqualTo(signIn);
        assertThat(config.cloud().management()).isEqualTo(management);
        assertThat(config.cloud().batchScope()).isEqualTo(scope);
        settings.put("AZURE_BATCH_ENDPOINT", "https://other." + host);
        assertThatThrownBy(() -> AzureConfig.of(settings)).hasMessageContaining("belongs to another account");
    }

    @Test
    void aVariableHasAKeyForTheConfigurationFile() {
        assertThat(Stream.of(AzureVariable.values()).map(AzureVariable::key))
                .containsExactly(
                        "azure-batch-account",
                        "azure-batch-access-key",
                        "azure-batch-endpoint",
                        "azure-storage-account",
                        "azure-storage-key",
                        "azure-storage-connection-string",
                        "azure-subscription-id",
                        "azure-resource-group",
                        "azure-registry-server",
                        "azure-registry-username",
                        "azure-registry-password",
                        "azure-registry-password-file",
                        "azure-registry-identity",
                        "azure-api-version",
                        "azure.image-id",
                        "azure.node-agent",
                        "azure.subnet-id",
                        "azure.public-addresses",
                        "azure.placement",
                        "azure.disk-gib",
                        "azure.disk-type",
                        "azure.disk-ephemeral",
                        "azure.tags",
                        "azure.node-identity");
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("AZURE_BATCH_ACCOUNT", "mybatch");
        settings.put("AZURE_BATCH_ENDPOINT", "https://mybatch.westeurope.batch.azure.com");
        settings.put("AZURE_STORAGE_ACCOUNT", "mystorage");
        return settings;
    }

    private static String refusal(Map<String, String> settings) {
        BatchException failure = catchThrowableOfType(BatchException.class, () -> AzureConfig.of(settings));
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
        return failure.getMessage();
    }
}
