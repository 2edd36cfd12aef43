package io.twinbatch.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.local.faults.Faults;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyNodesTest {
    @TempDir
    private Path folder;

    @Test
    void aPoolGetsFewerNodesThanItWants() throws IOException {
        try (LocalRig rig = rig("{\"fault\": \"resizeError\", \"granted\": 1, \"code\": \"AccountCoreQuotaReached\","
                + " \"times\": 1}")) {
            rig.pools().create(PoolSpec.of(LocalRig.POOL, 3));

            Pool pool = rig.pools().find(LocalRig.POOL).orElseThrow();
            assertThat(pool.resizeErrors()).extracting(ResizeError::code).containsExactly("AccountCoreQuotaReached");
            assertThat(rig.pools().nodes(LocalRig.POOL)).hasSize(1);
        }
    }

    @Test
    void theStartTaskOfSomeNodesFails() throws Exception {
        try (LocalRig rig = rig("{\"fault\": \"startTaskFailure\", \"node\": \"tvm-2-*\", \"exitCode\": 7}")) {
            StartTask startTask = new StartTask("/bin/true", List.of(), Map.of(), false, 0);
            rig.pools().create(PoolSpec.of(LocalRig.POOL, 2).withStartTask(startTask));

            LocalRig.await("one node to fail", () -> states(rig).contains(NodeState.START_TASK_FAILED));
            LocalRig.await("the other one to be ready", () -> states(rig).contains(NodeState.IDLE));
        }
    }

    @Test
    void aTaskWhoseNodeIsPreemptedRunsAgainOnAnotherOne() throws Exception {
        try (LocalRig rig = rig("{\"fault\": \"preemption\", \"times\": 1}").withJob(2, 1)) {
            TaskKey key = rig.submit(TaskSpec.builder("t", "/bin/sleep 1").build());

            Task ended = rig.ended(key);

            assertThat(ended.status()).isInstanceOf(TaskStatus.Succeeded.class);
            assertThat(ended.requeues()).isEqualTo(1);
            assertThat(states(rig)).contains(NodeState.PREEMPTED);
        }
    }

    @Test
    void aTaskWhoseUploadFailsSaysSo() throws Exception {
        try (LocalRig rig = rig("{\"fault\": \"uploadFailure\", \"task\": \"t\", \"code\": \"FileUploadAccessDenied\"},"
                        + "{\"fault\": \"slowNode\", \"delaySeconds\": 0.1}")
                .withJob(1, 1)) {
            SignedUrl nowhere = new SignedUrl(URI.create("http://127.0.0.1:1/c?sig=x"), Map.of(), Instant.MAX);
            OutputFile output = new OutputFile("../stdout.txt", nowhere, "out", OutputFile.Condition.SUCCESS);
            TaskKey key = rig.submit(TaskSpec.builder("t", "/bin/true")
                    .outputFiles(List.of(output))
                    .build());

            Task ended = rig.ended(key);

            assertThat(ended.status())
                    .isInstanceOfSatisfying(
                            TaskStatus.UploadFailed.class,
                            failed -> assertThat(failed.failure().code()).isEqualTo("FileUploadAccessDenied"));
        }
    }

    private static List<NodeState> states(LocalRig rig) {
        return rig.pools().nodes(LocalRig.POOL).stream()
                .map(node -> node.state())
                .toList();
    }

    private LocalRig rig(String rules) throws IOException {
        Path file = Files.writeString(folder.resolve("faults.json"), "{\"faults\": [" + rules + "]}");
        return new LocalRig(folder.resolve("state"), System.getenv(), Faults.read(file));
    }
}
