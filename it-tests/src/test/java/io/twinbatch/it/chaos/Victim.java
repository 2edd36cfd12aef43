package io.twinbatch.it.chaos;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.local.engine.Engine;
import io.twinbatch.local.engine.LocalComputePool;
import io.twinbatch.local.engine.LocalJobQueue;
import io.twinbatch.local.store.StateFolder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The process that is killed: an engine, and a client that sees to it that the job is there with all its tasks. It says
 * on standard output what its engine has acknowledged:
 *
 * <pre>
 * open        the engine has gone on from what was on disk
 * done TASK   the task has succeeded; first come those that had before
 * known       those that had before have all been told
 * bad TASK    the task has ended in another way, or is there no more
 * complete    all have succeeded; it ends when its standard input does
 * </pre>
 *
 * Each line ends with a full stop, so that one that the kill has cut off can be told.
 */
final class Victim {
    /** The variable with the URL that tasks upload to. */
    static final String CONTAINER = "CHAOS_CONTAINER";

    private static final PoolId POOL = new PoolId("chaos");
    private static final int NODES = 2;
    private static final int SLOTS = 2;
    private static final int POLL_MILLIS = 20;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final ChaosJob job;
    private final LocalComputePool pools;
    private final LocalJobQueue jobs;
    private final Set<String> done = new HashSet<>();

    private Victim(ChaosJob job, Engine engine) {
        this.job = job;
        this.pools = new LocalComputePool(engine);
        this.jobs = new LocalJobQueue(engine);
    }

    /** Arguments: the state folder, the folder of the job's traces, the job's number, the number of its tasks. */
    public static void main(String[] arguments) throws Exception {
        ChaosJob job =
                new ChaosJob(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        SignedUrl container =
                new SignedUrl(URI.create(System.getenv(CONTAINER)), Map.of("x-ms-blob-type", "BlockBlob"), Instant.MAX);
        try (StateFolder folder = StateFolder.take(Path.of(arguments[0]));
                Engine engine = Engine.open(folder, System.getenv(), Clock.systemUTC())) {
            new Victim(job, engine).run(container);
            int unused = System.in.read();
        }
    }

    private void run(SignedUrl container) throws InterruptedException {
        say("open");
        if (pools.find(POOL).isEmpty()) {
            pools.create(PoolSpec.of(POOL, NODES).withSlotsPerNode(SLOTS));
        }
        JobId id = job.id();
        if (jobs.find(id).isEmpty()) {
            jobs.list()
                    .filter(other -> !other.spec().id().equals(id))
                    .forEach(other -> jobs.delete(other.spec().id()));
            jobs.create(JobSpec.of(id, POOL));
        }
        tell();
        say("known");
        if (jobs.counts(id).total() < job.size()) {
            // Those that are there already are left as they are.
            jobs.submit(id, job.tasks(container));
        }
        while (done.size() < job.size()) {
            Thread.sleep(POLL_MILLIS);
            tell();
        }
        say("complete");
    }

    private void say(String line) {
        out.print(line + ".\n");
        out.flush();
    }

    private void tell() {
        List<Task> ended;
        try (Stream<Task> tasks = jobs.tasks(job.id(), TaskFilter.ALL)) {
            ended = tasks.filter(task -> task.status().isFinal()).toList();
        }
        for (Task task : ended) {
            String name = task.key().task();
            if (!(task.status() instanceof TaskStatus.Succeeded)) {
                say("bad " + name + " " + task.status());
            } else if (done.add(name)) {
                say("done " + name);
            }
        }
    }
}
