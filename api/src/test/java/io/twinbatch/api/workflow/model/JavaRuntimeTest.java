package io.twinbatch.api.workflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.task.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start task in a real shell, on nodes that have the programs that a test gives them and no others. */
class JavaRuntimeTest {
    private static final StartTask TASK = JavaRuntime.ofNodes().startTask().orElseThrow();

    @TempDir
    private Path folder;

    private Path programs;

    @BeforeEach
    void makeNode() throws IOException {
        programs = Files.createDirectory(folder.resolve("programs"));
        for (String name : List.of("grep", "cat", "chmod")) {
            has(name, "exec " + find(name) + " \"$@\"");
        }
        has("sleep", "echo sleep \"$@\" >>" + log());
    }

    private static Path find(String program) {
        return List.of(Path.of("/usr/bin"), Path.of("/bin")).stream()
                .map(parent -> parent.resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private void has(String name, String script) throws IOException {
        Path file = programs.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void hasJava(String version) throws IOException {
        has("java", java(version));
    }

    private static String java(String version) {
        return "echo 'openjdk version \"" + version + "\" 2026-01-01' >&2";
    }

    /** An installer that notes what it is asked for, and makes a Java of one version of which it has the package. */
    private void hasInstaller(String name, String packageName) throws IOException {
        String install = "cat >" + programs + "/java <<'END'\n#!/bin/sh\n" + java("21.0.1") + "\nEND\nchmod a+rx "
                + programs + "/java";
        has(
                name,
                "echo " + name + " \"$@\" >>" + log() + "\ncase \"$*\" in\n*' -s '*' " + packageName + "') ;;\n*'list "
                        + packageName + "') ;;\n*' " + packageName + "') " + install
                        + ";;\n*install* | *list*) exit 100;;\nesac");
    }

    private Path log() {
        return folder.resolve("log");
    }

    private String run(StartTask task, int expectedExitCode) throws IOException, InterruptedException {
        Path errors = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(CommandLine.split(task.commandLine()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().putAll(task.environment());
        assertThat(builder.start().waitFor()).as(Files.readString(errors)).isEqualTo(expectedExitCode);
        return Files.readString(errors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "17", "21.0.1", "25-ea"})
    void whereJavaIsThereNothingIsDone(String version) throws Exception {
        hasJava(version);
        hasInstaller("apt-get", "openjdk-17-jre-headless");

        assertThat(run(TASK, 0)).isEmpty();
        assertThat(log()).doesNotExist();
    }

    @Test
    void aJavaThatIsKnownIsNotEvenStarted() throws Exception {
        Path java = Files.writeString(folder.resolve("my java"), "not even a program");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        hasInstaller("apt-get", "openjdk-17-jre-headless");

        assertThat(run(JavaRuntime.at(java).startTask().orElseThrow(), 0)).isEmpty();
        assertThat(log()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.2", "1.8.0_292", "9"})
    void aJavaThatIsTooOldIsNotEnough(String version) throws Exception {
        hasJava(version);
        hasInstaller("apt-get", "openjdk-17-jre-headless");

        run(TASK, 0);

        assertThat(log())
                .content()
                .contains(" update\n")
                .endsWith(" install --no-install-recommends openjdk-17-jre-headless\n");
    }

    /** apt-get ends with exit code 0 when servers did not answer, and uses old lists or none. */
    @Test
    void listsThatCouldNotBeFetchedAreFetchedAgain() throws Exception {
        String fails = "W: Failed to fetch http://archive.example/InRelease  Temporary failure resolving";
        has(
                "apt-get",
                "echo apt-get \"$@\" >>" + log() + "; case \"$*\" in *update) echo \"" + fails
                        + "\";; *) exit 100; esac");

        String errors = run(TASK, 1);

        assertThat(calls("update")).hasSize(3);
        assertThat(calls("sleep")).containsExactly("sleep 10", "sleep 10");
        assertThat(errors).contains(fails, "twinbatch: the lists of packages could not be fetched as a whole");
    }

    @Test
    void listsThatAreFetchedAtLastLeadToAnInstallation() throws Exception {
        hasInstaller("apt-get", "openjdk-17-jre-headless");
        Files.move(programs.resolve("apt-get"), programs.resolve("apt-get-that-works"));
        has(
                "apt-get",
                "case \"$*\" in *update) [ -e " + log() + " ] || { echo update >" + log()
                        + "; echo 'E: Some index files failed to download.'; exit 0; };; esac; exec apt-get-that-works \"$@\"");

        run(TASK, 0);

        assertThat(calls("update")).hasSize(2);
    }

    @Test
    void locksAreWaitedForOnceAndOneVersionIsInstalled() throws Exception {
        has(
                "apt-get",
                "echo apt-get \"$@\" >>" + log() + "\ncase \"$*\" in\n*' -s '*) ;;\n"
                        + "*) echo 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)'; exit 100;;\n"
                        + "esac");

        assertThat(run(TASK, 1)).contains("Could not get lock", "this node has no Java 17 or later");

        assertThat(calls("sleep")).hasSize(30).containsOnly("sleep 10");
        assertThat(calls(" install ").stream().filter(call -> !call.contains(" -s ")))
                .singleElement()
                .asString()
                .contains("DPkg::Lock::Timeout=0 ");
    }

    private List<String> calls(String word) throws IOException {
        return Files.readAllLines(log()).stream()
                .filter(line -> line.contains(word))
                .toList();
    }

    @Test
    void anotherVersionIsTakenWhereTheOldestIsNotPackaged() throws Exception {
        hasInstaller("apt-get", "openjdk-21-jre-headless");

        run(TASK, 0);

        assertThat(log()).content().endsWith(" openjdk-21-jre-headless\n").contains("DPkg::Lock::Timeout=300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf java-21-openjdk-headless", "tdnf msopenjdk-17", "yum java-17-openjdk-headless"})
    void otherInstallersAreKnownToo(String installer) throws Exception {
        String[] words = installer.split(" ", -1);
        hasInstaller(words[0], words[1]);

        run(TASK, 0);

        assertThat(log()).content().endsWith(words[0] + " -q -y install " + words[1] + "\n");
    }

    @Test
    void whereNoneCanBeInstalledTheReasonIsSaid() throws Exception {
        assertThat(run(TASK, 1)).contains("twinbatch: this node has no Java 17 or later");

        has("apt-get", "echo 'E: no network' >&2; exit 100");
        assertThat(run(TASK, 1)).contains("E: no network").endsWith("whose package servers the nodes can reach\n");
    }

    @Test
    void itNamesNothingThatBelongsToOneRunAndMayInstall() {
        assertThat(TASK.resourceFiles()).isEmpty();
        assertThat(TASK.environment()).isEmpty();
        assertThat(TASK.elevated()).isTrue();
        assertThat(TASK.maxRetries()).isZero();
    }
}
