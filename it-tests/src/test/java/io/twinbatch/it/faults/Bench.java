package io.twinbatch.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.azure.batch.BatchComputePool;
import io.twinbatch.azure.batch.BatchJobQueue;
import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.client.RetryLimits;
import io.twinbatch.azure.connection.HttpConnections;
import io.twinbatch.it.wire.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A faulty service and the Azure backend in front of it, whose time passes when it sleeps. */
final class Bench implements AutoCloseable {
    static final JobId JOB = new JobId("job");
    static final String COLLECTION = "/jobs/job/addtaskcollection";

    /** Those of the remote service, by other names so that the tests do not depend on its figures. */
    static final RetryLimits LIMITS =
            new RetryLimits(5, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(3));

    private static final String ACCOUNT = "faulttest";
    private static final String KEY = "bm90IGEgc2VjcmV0LCBqdXN0IGEgdGVzdCdzIGtleQ==";

    private final RecordedTime time = new RecordedTime();
    private final FaultyService service;
    private final BatchRestClient client;

    private Bench(FaultyService service, HttpClient http) {
        this.service = service;
        this.client = client(service.server().url(), http, time);
    }

    static Bench start() throws IOException {
        return start(HttpConnections.open());
    }

    static Bench start(HttpClient http) throws IOException {
        return new Bench(FaultyService.start(), http);
    }

    static BatchRestClient client(URI url, HttpClient http, RecordedTime time) {
        return new BatchRestClient(
                new BatchEndpoint(url), new BatchCredential.SharedKey(ACCOUNT, KEY), http, LIMITS, time, time);
    }

    FaultyService service() {
        return service;
    }

    ComputePool pools() {
        return new BatchComputePool(client);
    }

    JobQueue jobs() {
        return new BatchJobQueue(client);
    }

    /** How long the client waited, each time. */
    List<Duration> naps() {
        return time.naps();
    }

    /** Tasks named {@code t0}, {@code t1} and so on. */
    static List<TaskSpec> tasks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> TaskSpec.builder("t" + i, "true").build())
                .toList();
    }

    static Set<String> ids(List<TaskSpec> tasks) {
        Set<String> ids = new HashSet<>();
        tasks.forEach(task -> ids.add(task.id()));
        return ids;
    }

    /** The ids in a collection that was sent. */
    static List<String> ids(WireRequest collection) {
        List<String> ids = new ArrayList<>();
        collection.json().path("value").forEach(task -> ids.add(task.path("id").asText()));
        return ids;
    }

    /** Fails when a planned fault was not met. */
    void requireAllFaultsMet() {
        assertThat(service.left()).as("faults that did not strike").isEmpty();
    }

    @Override
    public void close() {
        service.close();
    }
}
