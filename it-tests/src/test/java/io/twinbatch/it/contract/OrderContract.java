package io.twinbatch.it.contract;

import static io.twinbatch.it.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.CommandLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What runs when: pools that come later, priorities, slots, dependencies, and the tasks of a job on each node. */
abstract class OrderContract {
    private final Supplier<Workbench> workbench;

    /** A suite that runs inside another one. */
    OrderContract(Supplier<Workbench> workbench) {
        this.workbench = workbench;
    }

    private Workbench bench() {
        return workbench.get();
    }

    private static TaskSpec quick(String id) {
        return TaskSpec.builder(id, "/bin/true").build();
    }

    private void assertStartedInOrder(TaskKey earlier, TaskKey later) throws InterruptedException {
        assertThat(bench().succeeded(earlier).started().orElseThrow())
                .isBefore(bench().succeeded(later).started().orElseThrow());
    }

    @Test
    void tasksWaitForAPoolThatComesLaterAndThoseOfHigherPriorityStartFirst() throws Exception {
        PoolId pool = bench().newPool();
        JobId low = bench().create(JobSpec.of(bench().newJob(), pool).withPriority(-10));
        JobId normal = bench().job(pool);
        JobId high = bench().create(JobSpec.of(bench().newJob(), pool).withPriority(10));
        TaskKey third = bench().submit(low, quick("t"));
        TaskKey second = bench().submit(normal, quick("t"));
        TaskKey first = bench().submit(high, quick("t"));
        assertThat(bench().task(first).status()).isEqualTo(new TaskStatus.Queued());
        assertThat(bench().task(first).node()).isEmpty();
        bench().create(bench().fixture().pool(pool, 1));
        assertStartedInOrder(first, second);
        assertStartedInOrder(second, third);
    }

    @Test
    void aNodeRunsNoMoreThanItsSlots() throws Exception {
        PoolId pool = bench().sharedPool(1, 4);
        JobId job = bench().job(pool);
        String here = "$AZ_BATCH_NODE_SHARED_DIR/" + job;
        // Two tasks of two slots meet; one of four slots meets nobody.
        String meet = "mkdir -p " + here + "; touch " + here + "/$AZ_BATCH_TASK_ID; " + "while [ ! -e " + here
                + "/a ] || [ ! -e " + here + "/b ]; do sleep 0.02; done";
        String alone = "mkdir " + here + "-alone && sleep 0.3 && rmdir " + here + "-alone";
        String unmet = "[ ! -e " + here + "-alone ] && sleep 0.1 && [ ! -e " + here + "-alone ]";
        TaskKey large = bench().submit(
                        job, Workbench.shell("large", alone).requiredSlots(4).build());
        TaskKey small = bench().submit(job, "small", unmet);
        TaskKey a =
                bench().submit(job, Workbench.shell("a", meet).requiredSlots(2).build());
        TaskKey b =
                bench().submit(job, Workbench.shell("b", meet).requiredSlots(2).build());
        for (TaskKey key : List.of(large, small, a, b)) {
            bench().succeeded(key);
        }
    }

    @Test
    void aTaskWaitsForThoseThatItDependsOn() throws Exception {
        JobId job = bench().create(
                        JobSpec.of(bench().newJob(), bench().sharedPool(2, 2)).withTaskDependencies());
        TaskKey last = bench().submit(
                        job,
                        TaskSpec.builder("last", "/bin/true")
                                .dependsOn(Set.of("first", "second"))
                                .build());
        TaskKey second = bench().submit(
                        job,
                        Workbench.shell("second", "sleep 0.2")
                                .dependsOn(Set.of("first"))
                                .build());
        TaskKey first = bench().submit(job, "first", "sleep 0.2");
        bench().succeeded(last);
        assertThat(bench().task(second).started().orElseThrow())
                .isAfterOrEqualTo(bench().task(first).ended().orElseThrow());
        assertThat(bench().task(last).started().orElseThrow())
                .isAfterOrEqualTo(bench().task(second).ended().orElseThrow());
    }

    @Test
    void aTaskIsHeldBackByOneThatFailedUntilThatOneSucceeds() throws Exception {
        JobId job = bench().create(
                        JobSpec.of(bench().newJob(), bench().sharedPool(1, 4)).withTaskDependencies());
        String mark = "$AZ_BATCH_NODE_SHARED_DIR/" + job;
        TaskKey first = bench().submit(job, "first", "[ -e " + mark + " ] || { touch " + mark + "; exit 1; }");
        TaskKey second = bench().submit(
                        job,
                        TaskSpec.builder("second", "/bin/true")
                                .dependsOn(Set.of("first"))
                                .build());
        assertThat(bench().ended(first).status()).isEqualTo(new TaskStatus.Failed(1));
        bench().succeeded(bench().submit(job, quick("other")));
        assertThat(bench().task(second).status()).isEqualTo(new TaskStatus.Queued());
        bench().jobs().reactivateTask(first);
        assertStartedInOrder(first, second);
    }

    private static JobNodeTask nodeTask(String script) {
        return new JobNodeTask(CommandLine.shell(script), List.of(), Map.of("KIND", "node task"), false);
    }

    @Test
    void aPreparationRunsOnceOnANodeBeforeTheJobsTasksAndAReleaseAfterItsEnd() throws Exception {
        PoolId pool = bench().pool(1);
        JobNodeTask preparation = nodeTask("echo $KIND $AZ_BATCH_JOB_ID $COLOUR > prepared; "
                + "echo x >> $AZ_BATCH_NODE_SHARED_DIR/preparations");
        JobNodeTask release = nodeTask("echo $KIND $AZ_BATCH_JOB_ID > $AZ_BATCH_NODE_SHARED_DIR/released");
        JobId job = bench().create(JobSpec.of(bench().newJob(), pool)
                .withEnvironment(Map.of("COLOUR", "blue"))
                .withNodeTasks(preparation, Optional.of(release)));
        for (String id : List.of("a", "b")) {
            TaskKey key = bench().submit(
                            job,
                            id,
                            "cat $AZ_BATCH_JOB_PREP_WORKING_DIR/prepared; ls $AZ_BATCH_JOB_PREP_DIR/stdout.txt");
            bench().succeeded(key);
            assertThat(bench().stdout(key)).startsWith("node task " + job + " blue\n");
        }
        NodeId node = bench().pools().nodes(pool).get(0).id();
        assertThat(read(pool, node, "shared/preparations")).isEqualTo("x\n");
        assertThat(bench().pools().files(pool, node, "shared"))
                .noneMatch(file -> file.path().equals("released"));

        bench().jobs().terminate(job);
        bench().await(
                        "the job's end",
                        () -> bench().jobs().find(job).orElseThrow().state() == JobState.COMPLETED);
        assertThat(read(pool, node, "shared/released")).isEqualTo("node task " + job + "\n");
    }

    private String read(PoolId pool, NodeId node, String path) {
        return Workbench.text(bench().pools().readFile(pool, node, path, 0));
    }

    @Test
    void aNodeWhosePreparationFailedRunsNoTaskOfThatJobButThoseOfOthers() throws Exception {
        PoolId pool = bench().pool(1);
        JobId job = bench().create(JobSpec.of(bench().newJob(), pool)
                .withNodeTasks(nodeTask("echo x > $AZ_BATCH_NODE_SHARED_DIR/tried; exit 1"), Optional.empty()));
        TaskKey held = bench().submit(job, quick("held"));
        NodeId node = bench().nodes(pool, 1, one -> one.state() != NodeState.STARTING)
                .get(0)
                .id();
        bench().await(
                        "the try",
                        () -> bench().pools().files(pool, node, "shared").stream()
                                .anyMatch(file -> file.path().equals("tried")));
        bench().succeeded(bench().submit(bench().job(pool), quick("other")));
        bench().await(held, task -> task.status() instanceof TaskStatus.Queued);
        assertThat(bench().jobs().counts(job).completed()).isZero();
    }

    @Test
    void aJobThatIsStillPreparingCanBeEnded() throws Exception {
        JobId job = bench().create(JobSpec.of(bench().newJob(), bench().sharedPool(2, 2))
                .withNodeTasks(nodeTask("sleep 600"), Optional.empty()));
        TaskKey key = bench().submit(job, quick("t"));
        bench().await(key, task -> task.node().isPresent());
        assertThat(bench().jobs().counts(job).running()).isEqualTo(1);
        bench().jobs().terminate(job);
        bench().await(
                        "the job's end",
                        () -> bench().jobs().find(job).orElseThrow().state() == JobState.COMPLETED);
        assertThat(bench().task(key).status()).isInstanceOf(TaskStatus.Stopped.class);
    }

    @Test
    void aTaskMayNotHaveTheIdOfThePreparation() {
        JobId job = bench().create(JobSpec.of(bench().newJob(), bench().sharedPool(2, 2))
                .withNodeTasks(nodeTask("true"), Optional.empty()));
        assertRefused(ErrorCode.INVALID, () -> bench().submit(job, quick("jobpreparation")));
    }
}
