package io.twinbatch.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeEnvironmentTest {
    private static final NodeFolder FOLDER = new NodeFolder(Path.of("/nodes/pool/tvm-1"));

    private static Map<String, String> variables(Map<String, String> inherited) {
        return new NodeEnvironment(inherited, Path.of("/java"), new NodeAccount("mybatch", "http://127.0.0.1:1"))
                .ofNode("Pool", "tvm-1", true, FOLDER);
    }

    @Test
    void nothingOfTheCallersEnvironmentReachesATaskButWhatProgramsNeed() {
        Map<String, String> variables = variables(Map.of(
                "PATH", "/caller/bin",
                "HOME", "/home/caller",
                "AZURE_STORAGE_KEY", "secret",
                "LD_PRELOAD", "/tmp/x.so",
                "JAVA_TOOL_OPTIONS", "-javaagent:x",
                "TZ", "Europe/Berlin"));
        assertThat(variables).doesNotContainKeys("AZURE_STORAGE_KEY", "LD_PRELOAD", "JAVA_TOOL_OPTIONS", "HOME");
        assertThat(variables).containsEntry("TZ", "Europe/Berlin").containsEntry("PATH", "/caller/bin:/java/bin");
    }

    @Test
    void aCallerWithoutAnEnvironmentIsEnough() {
        assertThat(variables(Map.of())).containsEntry("PATH", "/usr/local/bin:/usr/bin:/bin:/java/bin");
    }

    @Test
    void aTaskKnowsItsUserAlsoWhenTheCallerDoesNotSay() {
        String user = System.getProperty("user.name");
        assertThat(variables(Map.of())).containsEntry("USER", user).containsEntry("LOGNAME", user);
        assertThat(variables(Map.of("USER", "caller"))).containsEntry("USER", "caller");
    }

    @Test
    void theVariablesOfTheServiceAreThere() {
        Map<String, String> variables = new HashMap<>(variables(Map.of()));
        NodeEnvironment.addFolder(variables, FOLDER.task("job", "task"));
        NodeEnvironment.addTask(variables, "job", "task");
        NodeEnvironment.addPreparation(variables, FOLDER.task("job", "jobpreparation"));
        assertThat(variables)
                .containsEntry("AZ_BATCH_POOL_ID", "Pool")
                .containsEntry("AZ_BATCH_NODE_ID", "tvm-1")
                .containsEntry("AZ_BATCH_NODE_IS_DEDICATED", "true")
                .containsEntry("AZ_BATCH_NODE_ROOT_DIR", "/nodes/pool/tvm-1")
                .containsEntry("AZ_BATCH_NODE_SHARED_DIR", "/nodes/pool/tvm-1/shared")
                .containsEntry("AZ_BATCH_NODE_STARTUP_DIR", "/nodes/pool/tvm-1/startup")
                .containsEntry("AZ_BATCH_NODE_MOUNTS_DIR", "/nodes/pool/tvm-1/fsmounts")
                .containsEntry("AZ_BATCH_JOB_ID", "job")
                .containsEntry("AZ_BATCH_TASK_ID", "task")
                .containsEntry("AZ_BATCH_TASK_DIR", "/nodes/pool/tvm-1/workitems/job/job-1/task")
                .containsEntry("AZ_BATCH_TASK_WORKING_DIR", "/nodes/pool/tvm-1/workitems/job/job-1/task/wd")
                .containsEntry("AZ_BATCH_CERTIFICATES_DIR", "/nodes/pool/tvm-1/workitems/job/job-1/task/certs")
                .containsEntry("AZ_BATCH_JOB_PREP_DIR", "/nodes/pool/tvm-1/workitems/job/job-1/jobpreparation")
                .containsEntry(
                        "AZ_BATCH_JOB_PREP_WORKING_DIR", "/nodes/pool/tvm-1/workitems/job/job-1/jobpreparation/wd")
                .containsEntry("HOME", "/nodes/pool/tvm-1/workitems/job/job-1/task/wd")
                .containsEntry("AZ_BATCH_ACCOUNT_NAME", "mybatch")
                .containsEntry("AZ_BATCH_ACCOUNT_URL", "http://127.0.0.1:1")
                .containsKey("AZ_BATCH_TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES");
    }

    @Test
    void aContainerHasTheVariablesOfTheServiceAndNothingThatDescribesTheMachine() {
        NodeEnvironment onMachine = new NodeEnvironment(
                Map.of("PATH", "/caller/bin", "USER", "caller", "TMPDIR", "/caller/tmp", "TZ", "Europe/Berlin"),
                Path.of("/java"),
                NodeAccount.NONE);
        assertThat(onMachine.inContainer().ofNode("Pool", "tvm-1", true, FOLDER))
                .doesNotContainKeys("PATH", "USER", "TMPDIR")
                .containsEntry("TZ", "Europe/Berlin")
                .containsEntry("AZ_BATCH_POOL_ID", "Pool");
    }
}
