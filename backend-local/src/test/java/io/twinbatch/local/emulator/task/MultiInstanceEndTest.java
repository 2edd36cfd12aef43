package io.twinbatch.local.emulator.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.engine.LocalRig;
import io.twinbatch.local.engine.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How tasks on several nodes end, and begin again. */
class MultiInstanceEndTest extends MultiInstanceTest {
    @Test
    void aSubtaskThatFailsFailsTheTaskWhichIsTriedAgainAsAWhole() throws Exception {
        Path tries = folder.resolve("tries");
        Path applied = folder.resolve("applied");
        makePoolAndJob(2);
        rig.addTask(
                "t",
                "touch " + applied,
                "'constraints':{'maxTaskRetryCount':1},"
                        + instances(
                                2,
                                "if $AZ_BATCH_IS_CURRENT_NODE_MASTER; then echo x >> " + tries + "; " + FOREVER
                                        + "; else " + until(tries) + "; exit 3; fi",
                                ""));
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(task.at("/executionInfo/exitCode").intValue()).isEqualTo(3);
        assertThat(task.at("/executionInfo/retryCount").intValue()).isEqualTo(1);
        assertThat(task.at("/executionInfo/failureInfo/code").textValue()).isEqualTo("FailureExitCode");
        JsonNode subtask = subtasks().get(0);
        assertThat(subtask.get("exitCode").intValue()).isEqualTo(3);
        assertThat(subtask.get("result").textValue()).isEqualTo("failure");
        assertThat(subtask.at("/failureInfo/code").textValue()).isEqualTo("FailureExitCode");
        assertThat(applied).doesNotExist();
    }

    @Test
    void theExitCodeOfThePrimaryIsThatOfTheTask() throws Exception {
        makePoolAndJob(2);
        rig.addTask("t", "exit 7", instances(2, "true", ""));
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(task.at("/executionInfo/exitCode").intValue()).isEqualTo(7);
        assertThat(subtasks().get(0).get("result").textValue()).isEqualTo("success");
    }

    /** The processes that coordination commands have left running, and that still do. */
    private long services() throws IOException {
        List<Long> running = Processes.withEnvironment(folder.toString());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("pid-"))
                    .map(MultiInstanceEndTest::pid)
                    .filter(running::contains)
                    .count();
        }
    }

    private static long pid(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitServices(long number) throws InterruptedException {
        LocalRig.await(number + " services", () -> {
            try {
                return services() == number;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String leavingService() {
        return FOREVER + " & echo $! > " + folder + "/pid-$!";
    }

    @Test
    void whatTheCoordinationCommandsLeaveRunningLivesAsLongAsTheTask() throws Exception {
        Path open = folder.resolve("open");
        Path applied = folder.resolve("applied");
        makePoolAndJob(2);
        rig.addTask("t", "touch " + applied + "; " + until(open), instances(2, leavingService(), ""));
        LocalRig.await("the command line", () -> Files.exists(applied));
        assertThat(services()).isEqualTo(2);
        Files.createFile(open);
        rig.awaitState(TASK, "completed");
        assertThat(services()).isZero();
    }

    @Test
    void itsTerminationEndsAllProcessesAndItsDeletionRemovesAllFolders() throws Exception {
        Path applied = folder.resolve("applied");
        makePoolAndJob(2);
        rig.addTask("t", "touch " + applied + "; " + FOREVER, instances(2, leavingService(), ""));
        LocalRig.await("the command line", () -> Files.exists(applied));
        rig.post(204, TASK + "/terminate", "");
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(task.at("/executionInfo/failureInfo/code").textValue()).isEqualTo("TaskEnded");
        assertThat(services()).isZero();
        List<String> nodes = nodes();
        rig.call(200, "DELETE", TASK, Map.of(), "");
        for (String node : nodes) {
            LocalRig.await(
                    "the folder", () -> filesIn(node, "workitems/j/job-1/t").isEmpty());
        }
    }

    @Test
    void itsTimeLimitIsOneForBothCommands() throws Exception {
        makePoolAndJob(2);
        rig.addTask("t", FOREVER, "'constraints':{'maxWallClockTime':'PT1S'}," + instances(2, "true", ""));
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(task.at("/executionInfo/failureInfo/code").textValue()).isEqualTo("TaskEnded");
        assertThat(task.at("/executionInfo/failureInfo/message").textValue()).contains("limit of 1 s");
    }

    /** Runs a task on two nodes that ends by itself in its second try. */
    private void runUntilASecondTry() throws Exception {
        Path tries = folder.resolve("tries");
        makePoolAndJob(2);
        rig.addTask(
                "t",
                "[ $(wc -l < " + tries + ") = 4 ] || " + FOREVER,
                instances(2, "echo x >> " + tries + "; " + leavingService(), ""));
        awaitServices(2);
    }

    @Test
    void theLossOfANodeQueuesTheWholeTaskAgain() throws Exception {
        runUntilASecondTry();
        String node = nodes().get(1);
        rig.post(202, "/pools/p/nodes/" + node + "/reimage", "{'nodeReimageOption':'requeue'}");
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(task.at("/executionInfo/exitCode").intValue()).isZero();
        assertThat(task.at("/executionInfo/requeueCount").intValue()).isEqualTo(1);
        assertThat(services()).isZero();
    }

    @Test
    void itRunsAgainAsAWholeAfterTheEngineWasClosed() throws Exception {
        runUntilASecondTry();
        close();
        assertThat(services()).isZero();
        open();
        JsonNode task = rig.awaitState(TASK, "completed");
        assertThat(task.at("/executionInfo/exitCode").intValue()).isZero();
        assertThat(task.at("/executionInfo/requeueCount").intValue()).isEqualTo(1);
        assertThat(subtasks()).hasSize(1);
    }

    @Test
    void aJobWithOneIsTerminatedAndDeletedLikeAnyOther() throws Exception {
        makePoolAndJob(2);
        rig.addTask("t", FOREVER, instances(2, leavingService(), ""));
        awaitServices(2);
        rig.post(202, "/jobs/j/terminate", "");
        rig.awaitState("/jobs/j", "completed");
        assertThat(rig.get(TASK).get("state").textValue()).isEqualTo("completed");
        assertThat(services()).isZero();
        rig.call(202, "DELETE", "/jobs/j", Map.of(), "");
        rig.awaitGone("/jobs/j");
    }

    @Test
    void itsConstraintsCanBeChangedAndTheRestStays() {
        makePoolAndJob(0);
        rig.addTask("t", "true", instances(2, "true", ""));
        rig.call(200, "PUT", TASK, Map.of(), "{'constraints':{'maxTaskRetryCount':3}}");
        JsonNode task = rig.get(TASK);
        assertThat(task.at("/constraints/maxTaskRetryCount").intValue()).isEqualTo(3);
        assertThat(task.at("/multiInstanceSettings/numberOfInstances").intValue())
                .isEqualTo(2);
    }

    @Test
    void itHasOneInstanceUnlessItSaysMore() throws Exception {
        makePoolAndJob(1);
        rig.post(
                201,
                "/jobs/j/tasks",
                ServiceRig.task("t", "true", "'multiInstanceSettings':{'coordinationCommandLine':'/bin/true'}"));
        assertThat(rig.get(TASK).at("/multiInstanceSettings/numberOfInstances").intValue())
                .isEqualTo(1);
        rig.awaitState(TASK, "completed");
        assertThat(subtasks()).isEmpty();
    }
}
