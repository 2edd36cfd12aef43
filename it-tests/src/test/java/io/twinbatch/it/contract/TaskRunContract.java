package io.twinbatch.it.contract;

import static io.twinbatch.it.contract.Refusals.assertNotFound;
import static io.twinbatch.it.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.TaskFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tasks run and end. */
abstract class TaskRunContract {
    /** Writes a line to the file {@code beat} again and again, in a session of its own, whatever becomes of its parent. */
    private static final String HEARTBEAT =
            "nohup setsid sh -c \"while :; do echo x >> beat; sleep 0.05; done\" > /dev/null 2>&1 & ";

    private static final Duration SILENCE = Duration.ofMillis(700);

    private final Supplier<Workbench> workbench;

    /** A suite that runs inside another one. */
    TaskRunContract(Supplier<Workbench> workbench) {
        this.workbench = workbench;
    }

    private Workbench bench() {
        return workbench.get();
    }

    private PoolId pool() {
        return bench().sharedPool(1, 4);
    }

    private JobId job() {
        return bench().job(pool());
    }

    @Test
    void aTaskThatSucceedsHasItsOutputsApart() throws Exception {
        TaskKey key = bench().submit(job(), "t", "echo to stdout; echo to stderr >&2");
        Task task = bench().succeeded(key);
        assertThat(task.exitCode()).hasValue(0);
        assertThat(task.retries()).isZero();
        assertThat(task.requeues()).isZero();
        assertThat(task.started().orElseThrow()).isAfterOrEqualTo(task.created());
        assertThat(task.ended().orElseThrow()).isAfterOrEqualTo(task.started().orElseThrow());
        assertThat(bench().pools().nodes(pool()))
                .anyMatch(node -> node.id().equals(task.node().orElseThrow()));
        assertThat(bench().stdout(key)).isEqualTo("to stdout\n");
        assertThat(bench().read(key, TaskFile.STDERR)).isEqualTo("to stderr\n");
    }

    @ParameterizedTest
    @CsvSource({"exit 1, 1", "exit 255, 255", "kill -TERM $$, 143", "kill -KILL $$, 137", "no-such-command, 127"})
    void aTaskThatFailsHasItsExitCode(String script, int exitCode) throws Exception {
        TaskKey key = bench().submit(job(), "t", script);
        Task task = bench().ended(key);
        assertThat(task.status()).isEqualTo(new TaskStatus.Failed(exitCode));
        assertThat(task.exitCode()).hasValue(exitCode);
        assertThat(task.retries()).isZero();
    }

    @Test
    void aTaskThatFailsIsTriedAgainOnAFreshFolder() throws Exception {
        JobId job = job();
        String mark = "$AZ_BATCH_NODE_SHARED_DIR/" + job;
        String script = "echo x >> " + mark + "; ls -A; touch left; [ $(wc -l < " + mark + ") -eq 3 ]";
        Task task = bench().succeeded(bench().submit(
                        job, Workbench.shell("t", script).maxRetries(5).build()));
        assertThat(task.retries()).isEqualTo(2);
        assertThat(task.requeues()).isZero();
        assertThat(bench().stdout(task.key())).isEmpty();
    }

    @Test
    void aTaskIsTriedAgainNoMoreThanItsJobOrItselfAllows() throws Exception {
        JobId job = bench().create(JobSpec.of(bench().newJob(), pool()).withMaxTaskRetries(2));
        TaskKey byJob = bench().submit(job, "by-job", "exit 4");
        TaskKey byTask = bench().submit(
                        job, Workbench.shell("by-task", "exit 5").maxRetries(0).build());
        assertThat(bench().ended(byJob).retries()).isEqualTo(2);
        assertThat(bench().task(byJob).status()).isEqualTo(new TaskStatus.Failed(4));
        assertThat(bench().ended(byTask).retries()).isZero();
    }

    @Test
    void aProgramThatIsNotThereIsAFailureToStartAndNotTriedAgain() throws Exception {
        TaskKey key = bench().submit(
                        job(),
                        TaskSpec.builder("t", "no-such-program --x")
                                .maxRetries(3)
                                .build());
        Task task = bench().ended(key);
        assertThat(task.status()).isInstanceOf(TaskStatus.CouldNotStart.class);
        assertThat(task.status().describe()).contains("no-such-program");
        assertThat(task.exitCode()).isEmpty();
        assertThat(task.retries()).isZero();
    }

    @Test
    void noShellReadsTheCommandLineUnlessItIsAskedFor() throws Exception {
        JobId job = job();
        TaskKey plain = bench().submit(
                        job,
                        TaskSpec.builder("plain", "/bin/echo $HOME * | cat; x >file && y")
                                .build());
        bench().succeeded(plain);
        assertThat(bench().stdout(plain)).isEqualTo("$HOME * | cat; x >file && y\n");
        TaskKey shell = bench().submit(job, "shell", "echo $((6 * 7)) | cat; touch a b; echo *");
        bench().succeeded(shell);
        assertThat(bench().stdout(shell)).isEqualTo("42\na b\n");
    }

    @Test
    void argumentsArriveAsTheyWere() throws Exception {
        List<String> arguments = List.of(
                "",
                "two words",
                "$HOME",
                "`id`",
                "a;b|c&d",
                "back\\slash",
                "say \"hi\"",
                "it's",
                "ü€😀",
                "line\nbreak",
                "*");
        List<String> words = new ArrayList<>(List.of("/usr/bin/printf", "<%s>"));
        words.addAll(arguments);
        TaskKey key = bench().submit(
                        job(), TaskSpec.builder("t", CommandLine.of(words)).build());
        bench().succeeded(key);
        assertThat(bench().stdout(key))
                .isEqualTo(
                        arguments.stream().map(argument -> "<" + argument + ">").collect(Collectors.joining()));
    }

    @Test
    void aTaskStartsInItsEmptyWorkingFolderWithNothingToRead() throws Exception {
        TaskKey key = bench().submit(
                        job(),
                        "t",
                        "ls -A; [ $(pwd -P) = $(cd $AZ_BATCH_TASK_WORKING_DIR && pwd -P) ] "
                                + "&& [ $(pwd -P) = $(cd $AZ_BATCH_TASK_DIR/wd && pwd -P) ] && cat && echo here");
        bench().succeeded(key);
        assertThat(bench().stdout(key)).isEqualTo("here\n");
    }

    private Map<String, String> variables(TaskKey key) {
        return Arrays.stream(bench().stdout(key).split("\0"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    @Test
    void aTaskFindsTheVariablesOfTheServiceItsJobAndItselfAndNoOthers() throws Exception {
        JobId job = bench().create(JobSpec.of(bench().newJob(), pool())
                .withEnvironment(Map.of("BY_JOB", "job", "BY_BOTH", "job")));
        TaskKey key = bench().submit(
                        job,
                        TaskSpec.builder("t", "/usr/bin/env -0")
                                .environment(Map.of("BY_BOTH", "task", "BY_TASK", "two\nlines = ü"))
                                .build());
        Task task = bench().succeeded(key);
        Map<String, String> variables = variables(key);
        assertThat(variables)
                .containsEntry("BY_JOB", "job")
                .containsEntry("BY_BOTH", "task")
                .containsEntry("BY_TASK", "two\nlines = ü")
                .containsEntry("AZ_BATCH_POOL_ID", pool().value())
                .containsEntry("AZ_BATCH_NODE_ID", task.node().orElseThrow().value())
                .containsEntry("AZ_BATCH_JOB_ID", job.value())
                .containsEntry("AZ_BATCH_TASK_ID", "t")
                .containsEntry("AZ_BATCH_NODE_IS_DEDICATED", "true")
                .containsEntry("AZ_BATCH_TASK_WORKING_DIR", variables.get("AZ_BATCH_TASK_DIR") + "/wd")
                .containsEntry("AZ_BATCH_NODE_SHARED_DIR", variables.get("AZ_BATCH_NODE_ROOT_DIR") + "/shared")
                .containsEntry("AZ_BATCH_NODE_STARTUP_DIR", variables.get("AZ_BATCH_NODE_ROOT_DIR") + "/startup")
                .containsEntry("AZ_BATCH_NODE_MOUNTS_DIR", variables.get("AZ_BATCH_NODE_ROOT_DIR") + "/fsmounts")
                .containsKeys(
                        "AZ_BATCH_ACCOUNT_NAME",
                        "AZ_BATCH_ACCOUNT_URL",
                        "AZ_BATCH_CERTIFICATES_DIR",
                        "AZ_BATCH_TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES")
                .doesNotContainKey("AZ_BATCH_JOB_PREP_DIR");
        assertThat(variables.get("AZ_BATCH_TASK_DIR"))
                .startsWith(variables.get("AZ_BATCH_NODE_ROOT_DIR") + "/")
                .endsWith("/t");
        assertThat(variables.keySet())
                .filteredOn(name -> !name.startsWith("AZ_BATCH_") && !name.startsWith("BY_"))
                .isSubsetOf(bench().fixture().ordinaryVariables());
        assertThat(variables.get("HOME")).isNotEqualTo(System.getProperty("user.home"));
    }

    private void awaitSilence(TaskKey key) throws InterruptedException {
        bench().await(
                        "the silence of task " + key,
                        () -> bench().jobs().files(key).stream()
                                .filter(file -> file.path().equals("wd/beat"))
                                .allMatch(file -> file.lastModified()
                                        .isBefore(Instant.now().minus(SILENCE))));
    }

    @Test
    void aTaskThatRunsTooLongIsStoppedWithAllItsProcesses() throws Exception {
        TaskKey key = bench().submit(
                        job(),
                        Workbench.shell("t", HEARTBEAT + "sleep 600")
                                .maxWallClockTime(Duration.ofSeconds(1))
                                .maxRetries(0)
                                .build());
        bench().awaitContent(key, "wd/beat");
        Task task = bench().ended(key);
        assertThat(task.status()).isInstanceOf(TaskStatus.Stopped.class);
        assertThat(Duration.between(task.started().orElseThrow(), task.ended().orElseThrow()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(900));
        awaitSilence(key);
    }

    @Test
    void aRunningTaskThatIsTerminatedIsStoppedWithAllItsProcesses() throws Exception {
        TaskKey key = bench().submit(
                        job(),
                        Workbench.shell("t", HEARTBEAT + "sleep 600")
                                .maxRetries(3)
                                .build());
        bench().awaitContent(key, "wd/beat");
        bench().jobs().terminateTask(key);
        Task task = bench().ended(key);
        assertThat(task.status()).isInstanceOf(TaskStatus.Stopped.class);
        assertThat(task.retries()).isZero();
        awaitSilence(key);
        assertRefused(ErrorCode.CONFLICT, () -> bench().jobs().terminateTask(key));
    }

    @Test
    void whatATaskLeavesRunningEndsWithIt() throws Exception {
        TaskKey key = bench().submit(job(), "t", HEARTBEAT + "while [ ! -e beat ]; do sleep 0.02; done");
        bench().succeeded(key);
        awaitSilence(key);
    }

    @Test
    void aQueuedTaskThatIsTerminatedNeverRuns() throws Exception {
        TaskKey key = bench().submit(bench().job(bench().newPool()), "t", "true");
        bench().jobs().terminateTask(key);
        Task task = bench().ended(key);
        assertThat(task.status()).isInstanceOf(TaskStatus.Stopped.class);
        assertThat(task.started()).isEmpty();
        assertThat(task.exitCode()).isEmpty();
    }

    @Test
    void aTaskThatEndedBadlyIsQueuedAgainWithItsRetriesCountedAnew() throws Exception {
        JobId job = job();
        String mark = "$AZ_BATCH_NODE_SHARED_DIR/" + job;
        String script = "echo x >> " + mark + "; [ $(wc -l < " + mark + ") -eq 4 ]";
        TaskKey key =
                bench().submit(job, Workbench.shell("t", script).maxRetries(1).build());
        assertThat(bench().ended(key).retries()).isEqualTo(1);
        bench().jobs().reactivateTask(key);
        Task task = bench().await(key, again -> again.status() instanceof TaskStatus.Succeeded);
        assertThat(task.retries()).isEqualTo(1);
        assertThat(task.exitCode()).hasValue(0);
        assertRefused(ErrorCode.CONFLICT, () -> bench().jobs().reactivateTask(key));
    }

    @Test
    void aTaskThatHasNotEndedIsNotQueuedAgain() throws Exception {
        TaskKey key = bench().submit(job(), "t", "sleep 600");
        bench().running(key);
        assertRefused(ErrorCode.CONFLICT, () -> bench().jobs().reactivateTask(key));
    }

    @Test
    void aDeletedTaskIsGoneWithItsFolder() throws Exception {
        JobId job = job();
        TaskKey key = bench().submit(job, "t", "echo $AZ_BATCH_TASK_DIR");
        bench().succeeded(key);
        String taskDir = bench().stdout(key).strip();
        assertThat(bench().jobs().deleteTask(key)).isTrue();
        bench().await("the task's end", () -> bench().jobs().task(key).isEmpty());
        assertThat(bench().jobs().deleteTask(key)).isFalse();
        assertNotFound(() -> bench().jobs().files(key));
        TaskKey look = bench().submit(job, "look", "[ ! -e " + taskDir + " ]");
        bench().succeeded(look);
        assertThat(bench().jobs().counts(job).completed()).isEqualTo(1);
    }

    @Test
    void aRunningTaskThatIsDeletedIsStoppedFirst() throws Exception {
        JobId job = job();
        TaskKey key =
                bench().submit(job, "t", "echo $$ > $AZ_BATCH_NODE_SHARED_DIR/" + job + "; echo begun; exec sleep 600");
        bench().awaitContent(key, "stdout.txt");
        assertThat(bench().jobs().deleteTask(key)).isTrue();
        bench().await("the task's end", () -> bench().jobs().task(key).isEmpty());
        TaskKey look = bench().submit(
                        job,
                        "look",
                        "read pid < $AZ_BATCH_NODE_SHARED_DIR/" + job + "; ! grep -q sleep /proc/$pid/cmdline");
        bench().succeeded(look);
    }
}
