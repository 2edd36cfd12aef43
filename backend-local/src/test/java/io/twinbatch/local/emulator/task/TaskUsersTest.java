package io.twinbatch.local.emulator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.emulator.ServiceRig;
import io.twinbatch.local.emulator.pool.UserIdentities;
import io.twinbatch.local.engine.EngineSettings;
import io.twinbatch.local.node.UserSwitch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks run with the rights that they ask for, where the emulator runs as root. */
class TaskUsersTest {
    private static final String OWN = "'userIdentity':{'autoUser':{'scope':'task','elevationLevel':'nonadmin'}}";
    private static final String ADMINISTRATOR = "'userIdentity':{'autoUser':{'scope':'pool','elevationLevel':'admin'}}";
    private static final String ACCOUNTS = "'userAccounts':[{'name':'boss','password':'p','elevationLevel':'admin'},"
            + "{'name':'clerk','password':'p'}]";
    private static final String ROOT = "0";

    @TempDir
    Path folder;

    private ServiceRig rig;

    @BeforeEach
    void open() {
        Optional<UserSwitch> users = UserSwitch.find(System.getenv("PATH"));
        assumeTrue(users.isPresent(), "this process cannot switch users");
        rig = new ServiceRig(
                folder.resolve("state"),
                EngineSettings.DEFAULT.with(new UserIdentities(), users.get()),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        if (rig != null) {
            rig.close();
        }
    }

    private JsonNode ended(String task) throws InterruptedException {
        return rig.awaitState("/jobs/j/tasks/" + task, "completed").get("executionInfo");
    }

    private String output(String task) throws InterruptedException {
        assertThat(ended(task).get("result").textValue()).as(task).isEqualTo("success");
        return ServiceRig.text(rig.call(200, "GET", "/jobs/j/tasks/" + task + "/files/stdout.txt", Map.of(), ""))
                .strip();
    }

    private String userOf(String task, String identity) throws InterruptedException {
        rig.addTask(task, "id -u", identity);
        return output(task);
    }

    @Test
    void aTaskWithoutAdministratorRightsWritesToItsOwnFoldersAlone() throws Exception {
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        rig.withJob(1, "")
                .addTask(
                        "in",
                        "echo a > own && mkdir d && echo b > $AZ_BATCH_NODE_SHARED_DIR/common"
                                + " && test -r $AZ_BATCH_TASK_WORKING_DIR/own && cat $AZ_BATCH_TASK_WORKING_DIR/own",
                        "")
                .addTask("out", "touch " + foreign + "/file", "")
                .addTask("outAsAdministrator", "touch " + foreign + "/file", ADMINISTRATOR);

        assertThat(output("in")).isEqualTo("a");
        assertThat(ended("out").get("exitCode").intValue()).isNotZero();
        assertThat(output("outAsAdministrator")).isEmpty();
    }

    @Test
    void theScopeOfTheUserIsTheTaskOrThePool() throws Exception {
        rig.withJob(1, "");
        String shared = userOf("t1", "");

        assertThat(shared).isNotEqualTo(ROOT);
        assertThat(userOf("t2", "")).isEqualTo(shared);
        String own = userOf("t3", OWN);
        assertThat(own).isNotIn(ROOT, shared);
        assertThat(userOf("t4", OWN)).isNotIn(ROOT, shared, own);
        assertThat(userOf("t5", ADMINISTRATOR)).isEqualTo(ROOT);
    }

    @ParameterizedTest
    @CsvSource({"nonadmin, starttaskfailed", "admin, idle"})
    void aStartTaskThatNeedsAdministratorRightsHasToAskForThem(String elevation, String state) throws Exception {
        Path system = Files.createDirectory(folder.resolve("system"));
        rig.post(
                201,
                "/pools",
                ServiceRig.pool(
                        "p",
                        "'targetDedicatedNodes':1,'startTask':{'commandLine':'/bin/sh -c \\\"touch " + system
                                + "/installed\\\"','userIdentity':{'autoUser':{'elevationLevel':'" + elevation
                                + "'}}}"));

        JsonNode nodes = rig.await(
                "/pools/p/nodes",
                list -> list.get("value").size() == 1
                        && !list.at("/value/0/startTaskInfo/endTime").isMissingNode());

        String node = nodes.at("/value/0/id").textValue();
        rig.awaitState("/pools/p/nodes/" + node, state);
    }

    @Test
    void aNamedUserHasTheRightsOfItsAccount() throws Exception {
        rig.post(201, "/pools", ServiceRig.pool("p", "'targetDedicatedNodes':1," + ACCOUNTS));
        rig.withJobAlone("");

        assertThat(userOf("t1", "'userIdentity':{'username':'boss'}")).isEqualTo(ROOT);
        assertThat(userOf("t2", "'userIdentity':{'username':'clerk'}")).isNotEqualTo(ROOT);
    }

    @Test
    void thePreparationOfAJobHasTheRightsThatItAsksFor() throws Exception {
        rig.withJob(
                1,
                "'jobPreparationTask':{'commandLine':'/bin/sh -c \\\"id -u > who\\\"'," + ADMINISTRATOR
                        + "},'jobReleaseTask':{'commandLine':'/bin/sh -c \\\"id -u\\\"'}");
        rig.addTask("t", "cat $AZ_BATCH_JOB_PREP_WORKING_DIR/who; id -u", "");

        String[] users = output("t").split("\n", -1);

        assertThat(users[0]).isEqualTo(ROOT);
        assertThat(users[1]).isNotEqualTo(ROOT);
    }

    @Test
    void aRunningTaskOfAnotherUserIsTerminatedAndItsFilesAreDeleted() throws Exception {
        rig.withJob(1, "").addTask("t", "mkdir d; touch d/f; echo begun; sleep 600 & wait", OWN);
        rig.await(
                "/jobs/j/tasks/t/files?recursive=true",
                files -> files.get("value").findValuesAsText("name").contains("wd/d/f"));
        Path wd;
        try (Stream<Path> all = Files.walk(folder.resolve("state"))) {
            wd = all.filter(path -> path.endsWith("t/wd")).findFirst().orElseThrow();
        }

        rig.post(204, "/jobs/j/tasks/t/terminate", "");
        assertThat(ended("t").get("result").textValue()).isEqualTo("failure");
        rig.call(200, "DELETE", "/jobs/j/tasks/t", Map.of(), "");

        while (Files.exists(wd)) {
            Thread.onSpinWait();
        }
    }
}
