package io.twinbatch.it.azure;

import com.azure.core.http.HttpClient;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.azure.batch.BatchComputePool;
import io.twinbatch.azure.batch.BatchJobQueue;
import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.connection.HttpConnections;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.it.contract.BatchFixture;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The Azure backend in front of a Batch service and a blob store that are there already: an account of Azure, or an
 * emulator.
 */
public final class AzureFixture implements BatchFixture {
    private final ComputePool pools;
    private final JobQueue jobs;
    private final ObjectStore objects;
    private final Surroundings appEnvironment;
    private final Runnable afterwards;

    /**
     * What differs between Azure and an emulator besides the addresses.
     *
     * @param pollInterval how often a wait polls
     * @param patience how long anything may take, the making of a node included
     * @param ordinaryVariables the variables that a task may find besides those of the service and its own
     */
    public record Surroundings(PollInterval pollInterval, Duration patience, Set<String> ordinaryVariables) {
        /** Virtual machines somewhere else. */
        public static final Surroundings CLOUD = new Surroundings(
                PollInterval.REMOTE,
                Duration.ofMinutes(20),
                Set.of(
                        "PATH",
                        "LANG",
                        "HOME",
                        "PWD",
                        "SHLVL",
                        "_",
                        "USER",
                        "LOGNAME",
                        "SHELL",
                        "TMPDIR",
                        "OLDPWD",
                        "LD_LIBRARY_PATH",
                        "MAIL",
                        "TERM",
                        "SUDO_COMMAND",
                        "SUDO_USER",
                        "SUDO_UID",
                        "SUDO_GID"));

        /** Processes on this machine, which get what the local backend gives them. */
        public static final Surroundings EMULATOR = new Surroundings(
                PollInterval.NEARBY,
                Duration.ofSeconds(60),
                Set.of(
                        "PATH",
                        "LANG",
                        "HOME",
                        "TZ",
                        "USER",
                        "LOGNAME",
                        "LD_LIBRARY_PATH",
                        "TMPDIR",
                        "TWINBATCH_WORK_ID"));
    }

    /**
     * A fixture.
     *
     * @param endpoint where the Batch service is
     * @param credential who asks it
     * @param blobs where the blob store is, which the nodes can reach, and who asks it
     * @param appEnvironment what to expect there
     * @param afterwards what is to be ended with the fixture, such as an emulator
     */
    public AzureFixture(
            BatchEndpoint endpoint,
            BatchCredential credential,
            BlobStoreConfig blobs,
            Surroundings appEnvironment,
            Runnable afterwards) {
        HttpClient http = HttpConnections.open();
        BatchRestClient client = new BatchRestClient(endpoint, credential, http);
        this.pools = new BatchComputePool(client);
        this.jobs = new BatchJobQueue(client);
        this.objects = new BlobObjectStore(blobs);
        this.appEnvironment = appEnvironment;
        this.afterwards = afterwards;
    }

    @Override
    public ComputePool pools() {
        return pools;
    }

    @Override
    public JobQueue jobs() {
        return jobs;
    }

    @Override
    public ObjectStore objects() {
        return objects;
    }

    @Override
    public PoolSpec pool(PoolId id, int nodes) {
        return PoolSpec.of(id, nodes);
    }

    @Override
    public PoolSpec containerPool(PoolId id, ContainerImage image) {
        return pool(id, 1).withContainerImages(VmImage.UBUNTU_WITH_CONTAINERS, List.of(image));
    }

    @Override
    public PollInterval pollInterval() {
        return appEnvironment.pollInterval();
    }

    @Override
    public Duration patience() {
        return appEnvironment.patience();
    }

    @Override
    public Set<String> ordinaryVariables() {
        return appEnvironment.ordinaryVariables();
    }

    @Override
    public void close() {
        afterwards.run();
    }
}
