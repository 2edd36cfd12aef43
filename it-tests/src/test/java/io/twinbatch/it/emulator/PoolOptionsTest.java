package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.azure.PoolOptions;
import io.twinbatch.azure.PoolOptions.CustomImage;
import io.twinbatch.azure.PoolOptions.SystemDisk;
import io.twinbatch.azure.batch.BatchComputePool;
import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.client.RetryLimits;
import io.twinbatch.azure.client.model.PoolModel.VirtualMachineConfiguration;
import io.twinbatch.azure.connection.HttpConnections;
import io.twinbatch.it.faults.RecordedTime;
import io.twinbatch.local.emulator.BatchOperations;
import io.twinbatch.local.emulator.Emulator;
import io.twinbatch.local.emulator.EmulatorConfig;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.store.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New pools with the options that Azure alone has, as the service's protocol takes them. */
class PoolOptionsTest {
    private static final PoolId POOL = new PoolId("p");

    /** The last version in which a pool has resource tags. */
    private static final String BEFORE_TAGS_LEFT = "2024-07-01.20.0";

    @TempDir
    private Path folder;

    private final RecordedTime time = new RecordedTime();
    private StateFolder state;
    private Engine engine;
    private Emulator emulator;
    private BatchRestClient client;

    @BeforeEach
    void open() {
        state = StateFolder.take(folder.resolve("state"));
        engine = Engine.open(state, System.getenv(), time);
        EmulatorConfig config = EmulatorConfig.onPort(0);
        emulator = Emulator.open(config, new BatchOperations(engine, time));
        client = client(new BatchEndpoint(emulator.endpoint(), BEFORE_TAGS_LEFT));
    }

    private static BatchRestClient client(BatchEndpoint endpoint) {
        EmulatorConfig config = EmulatorConfig.onPort(0);
        return new BatchRestClient(
                endpoint,
                new BatchCredential.SharedKey(config.account(), config.key()),
                HttpConnections.open(),
                RetryLimits.NEARBY,
                Clock.systemUTC(),
                Sleeper.REAL);
    }

    @AfterEach
    void close() {
        emulator.close();
        engine.close();
        state.close();
    }

    private void create(PoolOptions options) {
        new BatchComputePool(client, Optional.empty(), options).create(PoolSpec.of(POOL, 0));
    }

    private VirtualMachineConfiguration machine() {
        return client.pools().get(POOL.value()).virtualMachineConfiguration();
    }

    @Test
    void aPoolOfAnImageOfOnesOwnInASubnetOfOnesOwnIsMade() {
        String group = "/subscriptions/s/resourceGroups/g/providers/";
        String image = group + "Microsoft.Compute/galleries/a/images/b";
        create(new PoolOptions(
                Optional.of(new CustomImage(image, "batch.node.ubuntu 24.04")),
                Optional.of(group + "Microsoft.Network/virtualNetworks/v/subnets/n"),
                false,
                Optional.of("zonal"),
                Optional.of(new SystemDisk(Optional.of(64), Optional.of("standardssd_lrs"), false)),
                Map.of("team", "blue")));

        assertThat(machine().imageReference().virtualMachineImageId()).isEqualTo(image);
        assertThat(machine().nodeAgentSKUId()).isEqualTo("batch.node.ubuntu 24.04");
    }

    @Test
    void aPoolWithoutPublicAddressesIsMadeInTheDefaultVersion() {
        BatchRestClient newest = client(new BatchEndpoint(emulator.endpoint()));
        PoolOptions options = new PoolOptions(
                Optional.empty(),
                Optional.of(
                        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n"),
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of());

        new BatchComputePool(newest, Optional.empty(), options).create(PoolSpec.of(POOL, 0));

        assertThat(newest.pools().get(POOL.value()).id()).isEqualTo(POOL.value());
    }

    @Test
    void aPoolWithADiskOnTheMachineOfItsNodesIsMade() {
        SystemDisk disk = new SystemDisk(Optional.empty(), Optional.empty(), true);
        create(new PoolOptions(
                Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.of(disk), Map.of()));

        assertThat(machine().imageReference().offer()).isEqualTo("ubuntu-24_04-lts");
    }
}
