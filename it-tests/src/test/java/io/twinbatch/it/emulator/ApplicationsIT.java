package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.auth.BatchSharedKeyCredentials;
import com.microsoft.azure.batch.protocol.models.ApplicationPackageReference;
import com.microsoft.azure.batch.protocol.models.ApplicationSummary;
import com.microsoft.azure.batch.protocol.models.ImageReference;
import com.microsoft.azure.batch.protocol.models.PoolAddParameter;
import com.microsoft.azure.batch.protocol.models.PoolInformation;
import com.microsoft.azure.batch.protocol.models.TaskAddParameter;
import com.microsoft.azure.batch.protocol.models.TaskState;
import com.microsoft.azure.batch.protocol.models.VirtualMachineConfiguration;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service's own Java client uses application packages of an emulator that is killed meanwhile. */
@Timeout(180)
class ApplicationsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROGRAM = "/bin/sh -c \"$AZ_BATCH_APP_PACKAGE_tool_1_0/run\"";

    @TempDir
    private Path folder;

    private void makePackage() throws Exception {
        Path file = Files.createDirectories(folder.resolve("applications/tool")).resolve("1.0.zip");
        try (FileSystem zip =
                FileSystems.newFileSystem(file, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
            Path program = Files.writeString(zip.getPath("run"), "#!/bin/sh\necho packed\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private RunningEmulator emulator() {
        return RunningEmulator.start(folder, "--applications=" + folder.resolve("applications"));
    }

    private static BatchClient client(RunningEmulator emulator) {
        return BatchClient.open(
                new BatchSharedKeyCredentials(emulator.endpoint().toString(), emulator.account(), emulator.key()));
    }

    private static String output(BatchClient client, String task) throws Exception {
        boolean unused = new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await("task " + task, Deadline.after(Clock.systemUTC(), PATIENCE), () -> {
                    try {
                        boolean ended =
                                client.taskOperations().getTask("j", task).state() == TaskState.COMPLETED;
                        return ended ? Optional.of(true) : Optional.empty();
                    } catch (Exception e) {
                        throw new AssertionError("the task could not be looked at", e);
                    }
                });
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        client.fileOperations().getFileFromTask("j", task, "stdout.txt", content);
        return content.toString(StandardCharsets.UTF_8);
    }

    @Test
    void packagesOfAPoolAndATaskOutliveAKilledEmulator() throws Exception {
        makePackage();
        List<ApplicationPackageReference> references = List.of(
                new ApplicationPackageReference().withApplicationId("tool").withVersion("1.0"));
        try (RunningEmulator emulator = emulator()) {
            BatchClient client = client(emulator);
            List<ApplicationSummary> found = client.applicationOperations().listApplications();
            assertThat(found).hasSize(1);
            assertThat(found.get(0).versions()).containsExactly("1.0");
            client.poolOperations()
                    .createPool(new PoolAddParameter()
                            .withId("p")
                            .withVmSize("standard_d2s_v5")
                            .withTargetDedicatedNodes(1)
                            .withVirtualMachineConfiguration(new VirtualMachineConfiguration()
                                    .withNodeAgentSKUId("batch.node.ubuntu 24.04")
                                    .withImageReference(new ImageReference()
                                            .withPublisher("canonical")
                                            .withOffer("ubuntu-24_04-lts")
                                            .withSku("server")))
                            .withApplicationPackageReferences(references));
            client.jobOperations().createJob("j", new PoolInformation().withPoolId("p"));
            client.taskOperations()
                    .createTask("j", new TaskAddParameter().withId("a").withCommandLine(PROGRAM));
            assertThat(output(client, "a")).isEqualTo("packed\n");
            emulator.kill();
        }
        try (RunningEmulator emulator = emulator()) {
            BatchClient client = client(emulator);
            client.taskOperations()
                    .createTask("j", new TaskAddParameter().withId("b").withCommandLine(PROGRAM));
            assertThat(output(client, "b")).isEqualTo("packed\n");
            client.taskOperations()
                    .createTask(
                            "j",
                            new TaskAddParameter()
                                    .withId("c")
                                    .withCommandLine(PROGRAM)
                                    .withApplicationPackageReferences(references));
            assertThat(output(client, "c")).isEqualTo("packed\n");
        }
    }
}
