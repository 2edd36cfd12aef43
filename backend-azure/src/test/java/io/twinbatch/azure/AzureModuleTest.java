package io.twinbatch.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.preflight.Preflight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.azure.account.AzurePreflight;
import io.twinbatch.azure.stub.Answer;
import io.twinbatch.azure.stub.StubBatchService;
import io.twinbatch.azure.stub.StubServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AzureModuleTest {
    private static final String KEY = "c2VjcmV0LXNlY3JldA==";

    @Test
    void everyInterfaceIsBoundToTheAccountsOfTheConfiguration() {
        try (StubBatchService batch = new StubBatchService();
                StubServer storage = StubServer.start(
                        request -> new StubServer.Answer(404, Map.of("x-ms-error-code", "ContainerNotFound"), ""))) {
            batch.on("GET /pools", Answer.json(200, "{'value':[]}"));
            batch.on("GET /jobs", Answer.json(200, "{'value':[]}"));
            Injector injector = Guice.createInjector(new AzureModule(AzureConfig.of(Map.of(
                    "AZURE_BATCH_ACCOUNT",
                    "mybatch",
                    "AZURE_BATCH_ENDPOINT",
                    batch.url().toString(),
                    "AZURE_BATCH_ACCESS_KEY",
                    KEY,
                    "AZURE_STORAGE_CONNECTION_STRING",
                    "AccountName=mine;AccountKey=" + KEY + ";BlobEndpoint=" + storage.url() + "/mine",
                    "TWINBATCH_AZURE_API_VERSION",
                    "2023-05-01.17.0"))));

            assertThat(injector.getInstance(ComputePool.class).list()).isEmpty();
            assertThat(injector.getInstance(JobQueue.class).list()).isEmpty();
            assertThat(injector.getInstance(ObjectStore.class).containerExists(new ContainerName("inputs")))
                    .isFalse();
            assertThat(injector.getInstance(Preflight.class)).isInstanceOf(AzurePreflight.class);

            assertThat(batch.asked()).hasSize(2).allSatisfy(request -> {
                assertThat(request.query()).containsEntry("api-version", "2023-05-01.17.0");
                assertThat(request.headers().get("authorization")).startsWith("SharedKey mybatch:");
            });
            assertThat(storage.requests().get(0).authorization()).startsWith("SharedKey mine:");
        }
    }

    @Test
    void withoutKeysNothingIsSignedInToBeforeTheFirstCall() {
        Map<String, String> settings = new HashMap<>();
        settings.put("AZURE_BATCH_ACCOUNT", "mybatch");
        settings.put("AZURE_BATCH_ENDPOINT", "mybatch.westeurope.batch.azure.com");
        settings.put("AZURE_STORAGE_ACCOUNT", "mystorage");
        settings.put("AZURE_SUBSCRIPTION_ID", "01234567-89ab-cdef-0123-456789abcdef");
        settings.put("AZURE_RESOURCE_GROUP", "group");

        Injector injector = Guice.createInjector(new AzureModule(AzureConfig.of(settings)));

        assertThat(injector.getInstance(ComputePool.class)).isNotNull();
        assertThat(injector.getInstance(JobQueue.class)).isNotNull();
        assertThat(injector.getInstance(ObjectStore.class)).isNotNull();
        assertThat(injector.getInstance(Preflight.class)).isNotNull();
    }
}
