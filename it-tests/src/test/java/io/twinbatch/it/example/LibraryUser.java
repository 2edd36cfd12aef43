package io.twinbatch.it.example;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.azure.AzureConfig;
import io.twinbatch.azure.AzureModule;
import io.twinbatch.local.EmulatorAccounts;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.LocalEmulator;
import io.twinbatch.local.azurite.AzuriteSource;
import io.twinbatch.local.emulator.EmulatorConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A program that uses the local backend, its emulator and the Azure backend; prints the secrets that it has. */
public final class LibraryUser {
    private static final ContainerName CONTAINER = new ContainerName("quiet-data");

    private LibraryUser() {}

    /** The first argument is a folder for everything, the second one the folder where Azurite is installed. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        LocalConfig local = new LocalConfig(
                folder.resolve("state"), Path.of(arguments[1]), AzuriteSource.NPM, Optional.empty(), Optional.empty());
        try (LocalEmulator emulator = LocalEmulator.open(local, EmulatorConfig.onPort(0), line -> {})) {
            EmulatorAccounts accounts = emulator.accounts();
            System.out.println(accounts.batchKey());
            for (String part : accounts.storageConnectionString().split(";", -1)) {
                if (part.startsWith("AccountKey=")) {
                    System.out.println(part.substring("AccountKey=".length()));
                }
            }
            AzureConfig config = AzureConfig.of(accounts.environment());
            work(Guice.createInjector(new AzureModule(config)), folder);
        }
    }

    private static void work(Injector injector, Path folder) throws Exception {
        ObjectStore store = injector.getInstance(ObjectStore.class);
        store.createContainer(CONTAINER, Map.of());
        Path large = Files.write(folder.resolve("large"), new byte[20 << 20]);
        store.put(new ObjectKey(CONTAINER, "large"), large, Map.of(), TransferListener.NONE);
        Path small = Files.writeString(folder.resolve("small"), "small");
        store.put(new ObjectKey(CONTAINER, "small"), small, Map.of(), TransferListener.NONE);
        store.get(new ObjectKey(CONTAINER, "large"), folder.resolve("back"), TransferListener.NONE);
        SignedUrl url =
                store.signContainer(CONTAINER, Set.of(AccessRight.CREATE, AccessRight.WRITE), Duration.ofHours(1));
        System.out.println(url.url().getRawQuery().replaceAll(".*(sig=[^&]+).*", "$1"));
        run(injector, url);
        store.deleteContainer(CONTAINER);
    }

    private static void run(Injector injector, SignedUrl url) throws Exception {
        ComputePool pools = injector.getInstance(ComputePool.class);
        JobQueue jobs = injector.getInstance(JobQueue.class);
        PoolId pool = new PoolId("quiet");
        JobId job = new JobId("quiet");
        pools.create(PoolSpec.of(pool, 1));
        jobs.create(JobSpec.of(job, pool));
        jobs.submit(
                job,
                List.of(TaskSpec.builder("task", CommandLine.shell("echo done"))
                        .outputFiles(List.of(
                                new OutputFile("../stdout.txt", url, "stdout.txt", OutputFile.Condition.COMPLETION)))
                        .build()));
        new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await(
                        "job " + job,
                        Deadline.after(Clock.systemUTC(), Duration.ofMinutes(1)),
                        () -> Optional.of(jobs.counts(job)).filter(counts -> counts.completed() == 1));
        jobs.delete(job);
        pools.delete(pool);
    }
}
