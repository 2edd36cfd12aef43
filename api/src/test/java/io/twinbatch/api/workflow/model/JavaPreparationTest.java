package io.twinbatch.api.workflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the preparation task in a real shell, with an archive whose Java only says its version. */
class JavaPreparationTest {
    private static final String TOOLS = "sh grep cat chmod sha256sum tar gzip mkdir rm ln head";

    @TempDir
    private Path folder;

    private Path programs;
    private Path work;

    @BeforeEach
    void makeNode() throws IOException {
        programs = Files.createDirectory(folder.resolve("programs"));
        work = Files.createDirectory(folder.resolve("work"));
        for (String tool : TOOLS.split(" ", -1)) {
            has(tool, "exec /usr/bin/" + tool + " \"$@\"");
        }
        has("uname", "echo x86_64");
        has("getconf", "echo glibc 2.39");
    }

    private void has(String name, String script) throws IOException {
        write(programs.resolve(name), script);
    }

    private static Path write(Path program, String script) throws IOException {
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String java(String version) {
        return "echo 'openjdk version \"" + version + "\" 2026-01-01' >&2";
    }

    /** An archive as it lies in the folder of the preparation task. */
    private PackedJava archive(String java) throws Exception {
        write(folder.resolve("image/bin/java"), java);
        Path archive = work.resolve("java-runtime.tar.gz");
        Process tar = new ProcessBuilder(
                        "tar",
                        "-czf",
                        archive.toString(),
                        "-C",
                        folder.resolve("image").toString(),
                        ".")
                .start();
        assertThat(tar.waitFor()).isZero();
        return new PackedJava(archive, new Sha256().add(archive).hex(), "x86_64");
    }

    private String run(JavaRuntime runtime, int expectedExitCode) throws Exception {
        runtime.applicationTexts().forEach((name, text) -> {
            try {
                Files.writeString(work.resolve(name), text);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        Path errors = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh", "./" + runtime.preparationScript().orElseThrow())
                .directory(work.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        assertThat(builder.start().waitFor()).as(Files.readString(errors)).isEqualTo(expectedExitCode);
        return Files.readString(errors);
    }

    private Path chosen() throws IOException {
        return Files.readSymbolicLink(work.resolve("java"));
    }

    @Test
    void theRuntimeThatComesAlongIsUnpackedAndPreferred() throws Exception {
        has("java", java("21.0.1"));

        assertThat(run(JavaRuntime.broughtAlong(archive(java("17.0.15"))), 0)).isEmpty();

        assertThat(chosen()).isEqualTo(Path.of("runtime/bin/java"));
        assertThat(work.resolve("java")).isExecutable();
    }

    /** The tasks are not run by the administrator who prepares the node. */
    @Test
    void otherUsersReachTheRuntimeAndTheFilesBesideIt() throws Exception {
        Path file = Files.writeString(work.resolve("node-task.jar"), "jar");
        PackedJava java = archive(java("17.0.15"));
        for (Path closed : List.of(file, work)) {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }

        run(JavaRuntime.broughtAlong(java), 0);

        for (Path reached :
                List.of(folder, work, file, work.resolve("runtime/bin"), work.resolve("runtime/bin/java"))) {
            assertThat(Files.getPosixFilePermissions(reached))
                    .as("%s", reached)
                    .contains(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);
        }
    }

    @Test
    void aPreparationThatRunsAgainEndsTheSame() throws Exception {
        JavaRuntime runtime = JavaRuntime.broughtAlong(archive(java("17.0.15")));
        run(runtime, 0);

        assertThat(run(runtime, 0)).isEmpty();

        assertThat(chosen()).isEqualTo(Path.of("runtime/bin/java"));
    }

    @Test
    void anotherArchitectureAndAnotherLibcUseTheJavaOfTheNode() throws Exception {
        has("java", java("21.0.1"));
        JavaRuntime runtime = JavaRuntime.broughtAlong(archive(java("17.0.15")));

        has("uname", "echo aarch64");
        assertThat(run(runtime, 0)).contains("it is made for x86_64, and this node is aarch64");
        assertThat(chosen()).isEqualTo(programs.resolve("java"));

        has("uname", "echo x86_64");
        has("getconf", "exit 1");
        assertThat(run(runtime, 0)).contains("it needs glibc, which this node does not have");
        assertThat(chosen()).isEqualTo(programs.resolve("java"));
    }

    @Test
    void anArchiveWithOneWrongByteIsNotUnpacked() throws Exception {
        has("java", java("21.0.1"));
        PackedJava packed = archive(java("17.0.15"));
        byte[] bytes = Files.readAllBytes(packed.archive());
        bytes[bytes.length / 2]++;
        Files.write(packed.archive(), bytes);

        assertThat(run(JavaRuntime.broughtAlong(packed), 0)).contains("not what was uploaded, by its SHA-256");

        assertThat(chosen()).isEqualTo(programs.resolve("java"));
        assertThat(work.resolve("runtime")).doesNotExist();
    }

    @Test
    void aRuntimeThatDoesNotStartSaysWhyAndTheNodeInstallsOne() throws Exception {
        has("made-by-installer", java("21.0.1"));
        has("apt-get", "case \"$*\" in *' -s '*) ;; *install*) ln -s made-by-installer " + programs + "/java;; esac");
        String broken = "echo \"java: /lib/libc.so.6: version 'GLIBC_2.99' not found\" >&2; exit 1";

        String errors = run(JavaRuntime.broughtAlong(archive(broken)), 0);

        assertThat(errors).contains("it does not start: java: /lib/libc.so.6: version 'GLIBC_2.99' not found");
        assertThat(chosen()).isEqualTo(programs.resolve("java"));
        assertThat(work.resolve("runtime")).doesNotExist();
    }

    @Test
    void whereNothingHelpsEveryReasonIsSaid() throws Exception {
        has("apt-get", "echo 'E: no network' >&2; exit 100");
        has("sleep", ":");

        String errors = run(JavaRuntime.broughtAlong(archive("exit 1")), 1);

        assertThat(errors).contains("it does not start", "E: no network", "this node has no Java 17 or later");
        assertThat(work.resolve("java")).doesNotExist();
    }

    @Test
    void aProgramWithoutARuntimeUsesTheJavaOfTheNode() throws Exception {
        has("java", java("21.0.1"));

        assertThat(run(JavaRuntime.ofNodes(), 0)).isEmpty();

        assertThat(chosen()).isEqualTo(programs.resolve("java"));
    }

    @Test
    void aJavaOfAKnownPlaceNeedsNoPreparation() {
        JavaRuntime known = JavaRuntime.at(Path.of("/opt/java"));

        assertThat(known.preparationScript()).isEmpty();
        assertThat(known.applicationTexts()).isEmpty();
        assertThat(known.applicationFiles()).isEmpty();
    }

    /** The tasks' choice, in the order in which it is made. */
    @Test
    void tasksUseTheKnownJavaThenThePreparedOneThenThatOfThePath() throws Exception {
        has("java", "echo path");
        assertThat(task("")).isEqualTo("path");
        write(work.resolve("java"), "echo prepared");
        assertThat(task("")).isEqualTo("prepared");
        assertThat(task(write(folder.resolve("known"), "echo known").toString()))
                .isEqualTo("known");
    }

    private String task(String known) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", JavaRuntime.CHOICE + " exec \"$java\"");
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("AZ_BATCH_JOB_PREP_WORKING_DIR", work.toString());
        if (!known.isEmpty()) {
            builder.environment().put(JavaRuntime.VARIABLE, known);
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }
}
