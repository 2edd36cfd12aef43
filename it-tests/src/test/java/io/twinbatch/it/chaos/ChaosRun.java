package io.twinbatch.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.store.EngineStore;
import io.twinbatch.local.store.StateFolder;
import io.twinbatch.local.store.StoredState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs jobs on an engine in a process of its own that is killed again and again, each time on the same state folder. The
 * object store is another process, and lives.
 */
final class ChaosRun {
    private static final ContainerName CONTAINER = new ContainerName("chaos");
    private static final Duration SIGNED_FOR = Duration.ofHours(3);

    private final Path folder;
    private final Path state;
    private final Path errors;
    private final ObjectStore store;
    private final String containerUrl;
    private final OwnProcesses processes;
    private final Tally tally = new Tally();

    /**
     * Prepares the folders and a container.
     *
     * @param folder where everything but the object store is; a new one
     */
    ChaosRun(Path folder, ObjectStore store) {
        this.folder = folder;
        this.store = store;
        state = folder.resolve("state");
        errors = folder.resolve("errors.txt");
        processes = new OwnProcesses(folder);
        boolean unused = store.createContainer(CONTAINER, Map.of());
        containerUrl = store.signContainer(CONTAINER, EnumSet.of(AccessRight.CREATE, AccessRight.WRITE), SIGNED_FOR)
                .url()
                .toString();
    }

    Tally tally() {
        return tally;
    }

    /** Runs a job, checks at every turn what has to be true, and at the end that everything is done and there once. */
    void run(ChaosJob job, KillPlan plan) {
        Evidence evidence = new Evidence(job, store, CONTAINER);
        int kills = 0;
        boolean complete = false;
        List<ProcessHandle> left = List.of();
        while (!complete && plan.continues(kills)) {
            Life life = begin(job, evidence, left);
            try {
                plan.awaitMoment(life, kills, evidence.acknowledged().size());
            } finally {
                complete = life.isComplete();
                life.kill();
            }
            kills++;
            tally.killed(life);
            assertThat(life.problems()).as("what the engine told").isEmpty();
            left = processes.now();
            evidence.requireWhole();
        }
        finish(job, evidence, left);
    }

    private void finish(ChaosJob job, Evidence evidence, List<ProcessHandle> left) {
        job.openGate();
        Life last = begin(job, evidence, left);
        try {
            last.awaitComplete();
            last.end();
        } finally {
            last.kill();
        }
        assertThat(last.problems()).as("what the engine told").isEmpty();
        evidence.requireEverythingOnce();
        assertThat(processes.now()).as("processes left").isEmpty();
        requireRecords(job);
        tally.finished(job, evidence.allTries());
    }

    private Life begin(ChaosJob job, Evidence evidence, List<ProcessHandle> left) {
        Set<String> acknowledged = evidence.acknowledged();
        Life.Listener listener = new Life.Listener() {
            @Override
            public void opened() {
                assertThat(processes.living(left))
                        .as("processes of a life before")
                        .isEmpty();
            }

            @Override
            public void done(String task) {
                evidence.acknowledged(task);
            }

            @Override
            public void known(Set<String> done) {
                assertThat(done).as("what had been told to be done").containsAll(acknowledged);
            }
        };
        return Life.begin(job, state, containerUrl, errors, listener);
    }

    /** The store opens, and has every task as it ended. */
    private void requireRecords(ChaosJob job) {
        StoredState stored;
        try (StateFolder taken = StateFolder.take(state);
                EngineStore opened = EngineStore.open(taken)) {
            stored = opened.read();
        }
        List<TaskRecord> tasks = stored.tasks().stream()
                .filter(task -> task.job().equals(job.id()))
                .toList();
        assertThat(tasks.stream().map(task -> task.spec().id())).containsExactlyInAnyOrderElementsOf(job.taskIds());
        assertThat(tasks).allMatch(task -> task.status().equals(new TaskStatus.Succeeded()));
        assertThat(tasks).allMatch(task -> task.exitCode().orElse(-1) == 0 && task.retries() == 0);
        tally.requeued(tasks.stream().mapToInt(TaskRecord::requeues).sum());
    }

    @Override
    public String toString() {
        return "chaos in " + folder;
    }
}
