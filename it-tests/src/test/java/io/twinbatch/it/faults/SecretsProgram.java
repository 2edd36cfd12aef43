package io.twinbatch.it.faults;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.azure.batch.BatchComputePool;
import io.twinbatch.azure.batch.BatchJobQueue;
import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.connection.HttpConnections;
import io.twinbatch.azure.storage.AccountKey;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.it.wire.WireReply;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does everything that involves a secret, in a JVM that logs all there is to log, and prints all it can. */
final class SecretsProgram {
    static final String KEY = "dGhlIGtleSBvZiBhIHNlY3JldHMgdGVzdA==";
    static final String SIGNATURE = "c2VjcmV0c2lnbmF0dXJl";
    private static final JobId JOB = new JobId("job");
    private static final SignedUrl SIGNED = new SignedUrl(
            URI.create("https://a.blob.core.windows.net/in/file?sv=2024-01-01&sig=" + SIGNATURE + "%3D"),
            Map.of("x-ms-blob-type", "BlockBlob"),
            Instant.EPOCH);
    private static final String LEAK = "https://a.blob.core.windows.net/in/file?sv=2024-01-01&sig=" + SIGNATURE + "%3D";

    private final PrintStream out;
    private final ComputePool pools;
    private final JobQueue jobs;
    private final FaultyService service;

    private SecretsProgram(FaultyService service, PrintStream out) {
        RecordedTime time = new RecordedTime();
        BatchEndpoint endpoint = new BatchEndpoint(service.server().url());
        BatchCredential credential = new BatchCredential.SharedKey("secrets", KEY);
        BatchRestClient client =
                new BatchRestClient(endpoint, credential, HttpConnections.open(), Bench.LIMITS, time, time);
        this.service = service;
        this.out = out;
        this.pools = new BatchComputePool(client);
        this.jobs = new BatchJobQueue(client);
        List.of(endpoint, credential, client, pools, jobs).forEach(out::println);
        AccountKey storageKey = new AccountKey(KEY);
        out.println(storageKey);
        out.println(new BlobStoreConfig(URI.create("https://a.blob.core.windows.net"), "a", storageKey));
        out.println(SIGNED);
    }

    public static void main(String[] args) throws Exception {
        try (FaultyService service = FaultyService.start()) {
            SecretsProgram program = new SecretsProgram(service, System.out);
            program.goWell();
            program.goWrong();
            program.beRefused();
        }
        System.out.println("done");
    }

    private void goWell() {
        StartTask start = new StartTask("true", List.of(new ResourceFile(SIGNED, "file")), Map.of(), true, 0);
        pools.create(new PoolSpec(
                new PoolId("pool"),
                PoolSpec.DEFAULT_VM_SIZE,
                VmImage.UBUNTU_LTS,
                1,
                0,
                1,
                Optional.of(start),
                new IdlePolicy.Keep(),
                Map.of()));
        JobNodeTask node = new JobNodeTask("true", List.of(new ResourceFile(SIGNED, "file")), Map.of(), false);
        jobs.create(JobSpec.of(JOB, new PoolId("pool")).withNodeTasks(node, Optional.of(node)));
        jobs.submit(JOB, List.of(task("t")));
        jobs.tasks(JOB, TaskFilter.ALL).forEach(out::println);
        out.println(jobs.counts(JOB));
        service.account().job("job").with("failed", Answers.FAILED);
        out.println(jobs.task(new TaskKey(JOB, "failed")).orElseThrow());
    }

    /** Passing failures, each logged when the request is tried again. */
    private void goWrong() {
        service.next("POST", Bench.COLLECTION, Fault.brokenAfter(), Fault.throttled(1), Fault.cutOff());
        jobs.submit(JOB, List.of(task("u")));
        service.always(request -> Fault.brokenBefore());
        refused(() -> jobs.submit(JOB, List.of(task("v"))));
        refused(() -> pools.create(PoolSpec.of(new PoolId("q"), 1)));
    }

    /** The service quotes what it refuses, signed URLs included. */
    private void beRefused() {
        service.always(request ->
                service -> WireReply.error(400, "InvalidPropertyValue", "The URL " + LEAK + " cannot be used."));
        refused(() -> jobs.create(JobSpec.of(new JobId("other"), new PoolId("pool"))));
        service.always(request -> service -> WireReply.json(403, Answers.AUTHENTICATION_FAILED));
        refused(() -> jobs.counts(JOB));
        service.always(request -> Fault.none());
        service.account()
                .job("job")
                .refusing(
                        "w",
                        "InvalidPropertyValue\", \"values\": [{\"key\": \"PropertyValue\"," + " \"value\": \"" + LEAK
                                + "\"}], \"x\": \"");
        refused(() -> jobs.submit(JOB, List.of(task("w"))));
        refused(() -> new BatchCredential.SharedKey("secrets", KEY + "?"));
        refused(() -> new AccountKey(KEY + "?"));
    }

    private static TaskSpec task(String id) {
        return TaskSpec.builder(id, "true")
                .resourceFiles(List.of(new ResourceFile(SIGNED, "file")))
                .outputFiles(List.of(new OutputFile("*.txt", SIGNED, "", OutputFile.Condition.SUCCESS)))
                .environment(Map.of("TWINBATCH_OUTPUT_URL", SIGNED.url().toString()))
                .maxWallClockTime(Duration.ofMinutes(1))
                .build();
    }

    private void refused(Runnable call) {
        try {
            call.run();
            throw new AssertionError("it was not refused");
        } catch (BatchException e) {
            e.printStackTrace(out);
            out.println(e.serviceError());
        }
    }
}
