package io.twinbatch.local.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageInstallerTest {
    @TempDir
    private Path temporary;

    private Path folder;
    private Path node;
    private PackageInstaller installer;

    @BeforeEach
    void make() throws Exception {
        folder = Files.createDirectory(temporary.resolve("applications"));
        node = Files.createDirectory(temporary.resolve("node"));
        installer = new PackageInstaller(ApplicationPackages.in(folder));
    }

    private static PackageReference reference(String application, String version) {
        return new PackageReference(application, Optional.of(version));
    }

    private InstalledPackage install(PackageReference reference) throws InstallationException {
        return installer.install(node, List.of(reference)).get(0);
    }

    private void archive(String name, String content) throws IOException {
        Path file = Files.createDirectories(folder.resolve("a")).resolve("1.zip");
        try (OutputStream bytes = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String each : List.of("fine.txt", name)) {
                zip.putNextEntry(new ZipEntry(each));
                zip.write(content.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void aPackageIsUnpackedOnceWithItsPermissions() throws Exception {
        ZipFiles.program(folder, "Render", "1.0", "echo first");
        Path place = install(reference("render", "1.0")).folder(node);
        assertThat(place).isEqualTo(node.resolve("applications/Render/1.0"));
        assertThat(Files.isExecutable(place.resolve("bin/run"))).isTrue();
        assertThat(place.resolve("about.txt")).hasContent("Render 1.0");
        assertThat(Files.isExecutable(place.resolve("about.txt"))).isFalse();
        ZipFiles.program(folder, "Render", "1.0", "echo second");
        InstalledPackage again = install(reference("Render", "1.0"));
        assertThat(again.folder(node).resolve("bin/run")).content().contains("first");
    }

    @Test
    void aFileWithoutPermissionsInTheArchiveIsNotExecutable() throws Exception {
        archive("run.sh", "#!/bin/sh");
        Path place = install(reference("a", "1")).folder(node);
        assertThat(place.resolve("run.sh")).hasContent("#!/bin/sh");
        assertThat(Files.isExecutable(place.resolve("run.sh"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.txt", "sub/../../evil.txt", "../../../evil.txt"})
    void anArchiveThatLeadsOutOfItselfIsRefusedAndLeavesNothing(String name) throws Exception {
        archive(name, "evil");
        assertThatThrownBy(() -> install(reference("a", "1")))
                .isInstanceOf(InstallationException.class)
                .hasMessageStartingWith("the application package a version 1 cannot be unpacked: ");
        assertThat(node.resolve("applications")).doesNotExist();
        try (var files = Files.walk(temporary)) {
            assertThat(files.map(path -> String.valueOf(path.getFileName()))).doesNotContain("evil.txt");
        }
    }

    @Test
    void anAbsoluteNameStaysInside() throws Exception {
        archive("/etc/inside.txt", "content");
        assertThat(install(reference("a", "1")).folder(node).resolve("etc/inside.txt"))
                .hasContent("content");
    }

    @Test
    void whatAKilledProcessHasLeftIsNotTakenForThePackage() throws Exception {
        ZipFiles.program(folder, "a", "1", "true");
        Path left = Files.createDirectories(node.resolve("volatile/unpacking-a-1/bin"));
        Files.writeString(left.resolve("half"), "half");
        Path place = install(reference("a", "1")).folder(node);
        assertThat(place.resolve("bin/half")).doesNotExist();
        assertThat(place.resolve("bin/run")).exists();
        assertThat(node.resolve("volatile")).isEmptyDirectory();
    }

    @Test
    void aDamagedArchiveIsReported() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("a")).resolve("1.zip"), "no zip");
        assertThatThrownBy(() -> install(reference("a", "1")))
                .isInstanceOf(InstallationException.class)
                .hasMessageNotContaining("Exception");
        assertThat(node.resolve("applications")).doesNotExist();
    }

    @Test
    void theDefaultVersionIsTheNamedOrTheOnlyOne() throws Exception {
        PackageReference byDefault = new PackageReference("a", Optional.empty());
        ApplicationPackages packages = ApplicationPackages.in(folder);
        assertThat(packages.unknown(List.of(byDefault))).containsExactly(byDefault);
        ZipFiles.program(folder, "a", "1", "true");
        assertThat(install(byDefault)).isEqualTo(new InstalledPackage("a", "1", true));
        ZipFiles.program(folder, "a", "2", "true");
        assertThat(packages.unknown(List.of(byDefault))).containsExactly(byDefault);
        Files.writeString(folder.resolve("a/default"), "2\n");
        assertThat(install(byDefault)).isEqualTo(new InstalledPackage("a", "2", true));
        assertThat(packages.applications())
                .isEqualTo(Map.of("a", new ApplicationPackages.Application("a", List.of("1", "2"))));
    }

    @ParameterizedTest
    @CsvSource({
        "blender, 2.7, AZ_BATCH_APP_PACKAGE_blender_2_7, AZ_BATCH_APP_PACKAGE_blender_2_7",
        "Agent-linux-x64, 1.1.46.0, AZ_BATCH_APP_PACKAGE_Agent_linux_x64_1_1_46_0,"
                + " AZ_BATCH_APP_PACKAGE_agent_linux_x64_1_1_46_0",
        "FOO, , AZ_BATCH_APP_PACKAGE_FOO, AZ_BATCH_APP_PACKAGE_foo"
    })
    void variablesAreNamedAsOnLinux(String application, String version, String kept, String lower) {
        assertThat(InstalledPackage.names(application, Optional.ofNullable(version)))
                .contains(kept, lower);
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> ApplicationPackages.in(temporary.resolve("none")))
                .isInstanceOf(BatchException.class)
                .hasMessageContaining("there is no such folder");
    }
}
