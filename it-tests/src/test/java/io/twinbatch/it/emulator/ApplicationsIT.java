package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.protocol.models.ApplicationPackageReference;
import com.microsoft.azure.batch.protocol.models.ApplicationSummary;
import com.microsoft.azure.batch.protocol.models.PoolAddParameter;
import com.microsoft.azure.batch.protocol.models.PoolInformation;
import com.microsoft.azure.batch.protocol.models.TaskAddParameter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service's own Java client uses application packages of an emulator that is killed meanwhile. */
@Timeout(180)
class ApplicationsIT {
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

    private static String output(OfficialClient client, String task) throws Exception {
        assertThat(client.ended("j", task).id()).isEqualTo(task);
        return client.file("j", task, "stdout.txt");
    }

    @Test
    void packagesOfAPoolAndATaskOutliveAKilledEmulator() throws Exception {
        makePackage();
        List<ApplicationPackageReference> references = List.of(
                new ApplicationPackageReference().withApplicationId("tool").withVersion("1.0"));
        try (RunningEmulator emulator = emulator()) {
            OfficialClient official = new OfficialClient(emulator);
            BatchClient client = official.batch();
            List<ApplicationSummary> found = client.applicationOperations().listApplications();
            assertThat(found).hasSize(1);
            assertThat(found.get(0).versions()).containsExactly("1.0");
            client.poolOperations()
                    .createPool(new PoolAddParameter()
                            .withId("p")
                            .withVmSize("standard_d2s_v5")
                            .withTargetDedicatedNodes(1)
                            .withVirtualMachineConfiguration(OfficialClient.ubuntu())
                            .withApplicationPackageReferences(references));
            client.jobOperations().createJob("j", new PoolInformation().withPoolId("p"));
            client.taskOperations()
                    .createTask("j", new TaskAddParameter().withId("a").withCommandLine(PROGRAM));
            assertThat(output(official, "a")).isEqualTo("packed\n");
            emulator.kill();
        }
        try (RunningEmulator emulator = emulator()) {
            OfficialClient official = new OfficialClient(emulator);
            BatchClient client = official.batch();
            client.taskOperations()
                    .createTask("j", new TaskAddParameter().withId("b").withCommandLine(PROGRAM));
            assertThat(output(official, "b")).isEqualTo("packed\n");
            client.taskOperations()
                    .createTask(
                            "j",
                            new TaskAddParameter()
                                    .withId("c")
                                    .withCommandLine(PROGRAM)
                                    .withApplicationPackageReferences(references));
            assertThat(output(official, "c")).isEqualTo("packed\n");
        }
    }
}
