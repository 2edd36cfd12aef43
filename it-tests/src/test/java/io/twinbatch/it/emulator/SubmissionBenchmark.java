package io.twinbatch.it.emulator;

import com.azure.core.http.HttpClient;
import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.auth.BatchSharedKeyCredentials;
import com.microsoft.azure.batch.protocol.models.PoolInformation;
import com.microsoft.azure.batch.protocol.models.TaskAddParameter;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.azure.batch.BatchJobQueue;
import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.connection.HttpConnections;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures how long the Azure backend takes to submit tasks, against the service's own Java client adding the same
 * tasks in collections of a hundred, one after the other as it does unless told otherwise. Both take turns against one
 * emulator; the ratio of their medians is what counts. Run it through {@code docs/benchmarks/submission/run.sh}.
 */
public final class SubmissionBenchmark {
    private static final int ROUNDS = 5;
    private static final int COLLECTION = 100;
    private static final PoolId NO_POOL = new PoolId("not-there");

    private final int tasks;
    private final BatchJobQueue ours;
    private final BatchClient official;

    private SubmissionBenchmark(int tasks, RunningEmulator emulator) {
        this.tasks = tasks;
        HttpClient http = HttpConnections.open();
        ours = new BatchJobQueue(new BatchRestClient(
                new BatchEndpoint(emulator.endpoint()),
                new BatchCredential.SharedKey(emulator.account(), emulator.key()),
                http));
        official = BatchClient.open(
                new BatchSharedKeyCredentials(emulator.endpoint().toString(), emulator.account(), emulator.key()));
    }

    /** Argument: how many tasks, a multiple of a hundred. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("twinbatch-benchmark");
        try (RunningEmulator emulator = RunningEmulator.start(folder)) {
            new SubmissionBenchmark(Integer.parseInt(arguments[0]), emulator).run(System.out);
        }
    }

    private void run(PrintStream out) throws Exception {
        double[] oursSeconds = new double[ROUNDS];
        double[] officialSeconds = new double[ROUNDS];
        // The first round warms both up.
        for (int round = -1; round < ROUNDS; round++) {
            double first = submitOurs("ours" + (round + 1));
            double second = submitOfficial("official" + (round + 1));
            if (round >= 0) {
                oursSeconds[round] = first;
                officialSeconds[round] = second;
            }
        }
        Arrays.sort(oursSeconds);
        Arrays.sort(officialSeconds);
        double mine = oursSeconds[ROUNDS / 2];
        double theirs = officialSeconds[ROUNDS / 2];
        out.printf(
                "%d tasks: Azure backend %.2f s, official client %.2f s, ratio %.2f%n",
                tasks, mine, theirs, mine / theirs);
    }

    private double submitOurs(String job) {
        JobId id = new JobId(job);
        ours.create(JobSpec.of(id, NO_POOL));
        List<TaskSpec> specs = IntStream.range(0, tasks)
                .mapToObj(i -> TaskSpec.builder("task-" + i, "/bin/true").build())
                .toList();
        long started = System.nanoTime();
        ours.submit(id, specs);
        double seconds = secondsSince(started);
        boolean unused = ours.delete(id);
        return seconds;
    }

    private double submitOfficial(String job) throws Exception {
        official.jobOperations().createJob(job, new PoolInformation().withPoolId(NO_POOL.value()));
        long started = System.nanoTime();
        for (int first = 0; first < tasks; first += COLLECTION) {
            List<TaskAddParameter> collection = IntStream.range(first, first + COLLECTION)
                    .mapToObj(i -> new TaskAddParameter().withId("task-" + i).withCommandLine("/bin/true"))
                    .toList();
            var unused = official.protocolLayer().tasks().addCollection(job, collection);
        }
        double seconds = secondsSince(started);
        official.jobOperations().deleteJob(job);
        return seconds;
    }

    private static double secondsSince(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
