package io.twinbatch.local.engine;

import static io.twinbatch.local.engine.LocalRig.JOB;
import static io.twinbatch.local.engine.LocalRig.POOL;
import static io.twinbatch.local.engine.LocalRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.task.CommandLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulingTest {
    @TempDir
    private Path folder;

    private static TaskSpec quick(String id) {
        return TaskSpec.builder(id, "/bin/true").build();
    }

    private TaskSpec untilFile(String id, Path file) {
        return TaskSpec.builder(id, CommandLine.shell("while [ ! -e " + file + " ]; do sleep 0.02; done"))
                .build();
    }

    private static List<String> idsByStart(LocalRig rig, JobId job) {
        return rig.jobs()
                .tasks(job, TaskFilter.ALL)
                .sorted(Comparator.comparing(task -> task.started().orElseThrow()))
                .map(task -> task.key().task())
                .toList();
    }

    @Test
    void tasksOfAJobStartInTheOrderOfTheirSubmission() throws Exception {
        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            rig.jobs().create(JobSpec.of(JOB, POOL));
            List<String> ids = IntStream.range(0, 30).mapToObj(i -> "t" + i).toList();
            rig.jobs().submit(JOB, ids.stream().map(SchedulingTest::quick).toList());
            rig.pools().create(PoolSpec.of(POOL, 1));
            LocalRig.await("all", () -> rig.jobs().counts(JOB).succeeded() == ids.size());
            assertThat(idsByStart(rig, JOB)).isEqualTo(ids);
        }
    }

    @Test
    void ofJobsWithTheSamePriorityTheOlderOneGoesFirst() throws Exception {
        JobId younger = new JobId("a-younger");
        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            rig.jobs().create(JobSpec.of(JOB, POOL));
            rig.jobs().create(JobSpec.of(younger, POOL));
            rig.jobs().submit(younger, List.of(quick("y")));
            TaskKey older = rig.submit(quick("o"));
            rig.pools().create(PoolSpec.of(POOL, 1));
            Task late = rig.ended(new TaskKey(younger, "y"));
            assertThat(rig.task(older).started().orElseThrow())
                    .isBefore(late.started().orElseThrow());
        }
    }

    @Test
    void aTaskOfManySlotsIsNotPassedBySmallOnesForEver() throws Exception {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        try (LocalRig rig = new LocalRig(folder.resolve("state")).withJob(1, 2)) {
            TaskKey one = rig.submit(untilFile("one", first));
            rig.submit(untilFile("two", second));
            TaskKey large = rig.submit(
                    TaskSpec.builder("large", "/bin/true").requiredSlots(2).build());
            TaskKey small = rig.submit(quick("small"));
            LocalRig.await("both", () -> rig.jobs().counts(JOB).running() == 2);
            Files.createFile(first);
            rig.ended(one);
            assertThat(rig.task(small).status()).isInstanceOf(TaskStatus.Queued.class);
            Files.createFile(second);
            Task smallEnd = rig.ended(small);
            assertThat(smallEnd.started().orElseThrow())
                    .isAfter(rig.task(large).started().orElseThrow());
        }
    }

    @Test
    void aTaskThatFitsOnNoNodeDoesNotHoldBackTheOthersOfItsJob() throws Exception {
        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            rig.jobs().create(JobSpec.of(JOB, POOL));
            TaskKey large = rig.submit(
                    TaskSpec.builder("large", "/bin/true").requiredSlots(2).build());
            TaskKey small = rig.submit(quick("small"));
            rig.pools().create(PoolSpec.of(POOL, 1));
            assertThat(rig.ended(small).status()).isEqualTo(new TaskStatus.Succeeded());
            assertThat(rig.task(large).status()).isEqualTo(new TaskStatus.Queued());

            rig.pools().delete(POOL);
            LocalRig.await("the pool's end", () -> rig.pools().find(POOL).isEmpty());
            rig.pools().create(PoolSpec.of(POOL, 1).withSlotsPerNode(2));
            assertThat(rig.ended(large).status()).isEqualTo(new TaskStatus.Succeeded());
        }
    }

    @Test
    void aTaskGivenAgainWaitsForAllItsDependencies() throws Exception {
        Path release = folder.resolve("release");
        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            rig.pools().create(PoolSpec.of(POOL, 1).withSlotsPerNode(3));
            rig.jobs().create(JobSpec.of(JOB, POOL).withTaskDependencies());
            TaskSpec dependent = TaskSpec.builder("dependent", "/bin/true")
                    .dependsOn(Set.of("a", "b"))
                    .build();
            rig.submit(dependent);
            rig.jobs().deleteTask(key("dependent"));
            rig.submit(dependent);
            TaskKey a = rig.submit(quick("a"));
            TaskKey b = rig.submit(untilFile("b", release));
            rig.ended(a);
            // A task that is submitted now is placed after whatever a's success has released.
            rig.ended(rig.submit(quick("later")));
            assertThat(rig.task(key("dependent")).started()).isEmpty();
            Files.createFile(release);
            Task end = rig.ended(key("dependent"));
            assertThat(end.started().orElseThrow())
                    .isAfterOrEqualTo(rig.task(b).ended().orElseThrow());
        }
    }

    @Test
    void aTaskThatWasStoppedAndQueuedAgainStillWaitsForItsDependencies() throws Exception {
        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            rig.pools().create(PoolSpec.of(POOL, 1));
            rig.jobs().create(JobSpec.of(JOB, POOL).withTaskDependencies());
            rig.submit(TaskSpec.builder("dependent", "/bin/true")
                    .dependsOn(Set.of("a", "b"))
                    .build());
            rig.jobs().terminateTask(key("dependent"));
            rig.jobs().reactivateTask(key("dependent"));
            rig.ended(rig.submit(quick("a")));
            rig.ended(rig.submit(quick("later")));
            assertThat(rig.task(key("dependent")).status()).isEqualTo(new TaskStatus.Queued());
            rig.submit(quick("b"));
            assertThat(rig.ended(key("dependent")).status()).isEqualTo(new TaskStatus.Succeeded());
        }
    }
}
