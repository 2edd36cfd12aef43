package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pools and jobs that outlive their run. */
class KeepingIT extends AppTest {
    @BeforeEach
    void writeInput() {
        bench().write("in.txt", "some words, some");
    }

    @Tag("long")
    @Test
    void aPoolThatIsKeptServesAnotherVersionOfTheProgram() throws IOException {
        bench().run("--keep-pool", "--pool-id", "shared", "--slots=2", "--output-dir=one", "in.txt")
                .endsWith(0);
        Path other = otherVersion();
        long size = Files.size(other.resolve("target/twinbatch/node-task.jar"));

        bench().useApp(other);
        AppRun second = bench().run(
                        "--keep-job",
                        "--job-id=second",
                        "--pool-id",
                        "shared",
                        "--slots=2",
                        "--output-dir=two",
                        "in.txt")
                .endsWith(0);

        assertThat(second.err()).contains("Using the existing pool [shared]");
        assertThat(ResultFile.words(bench().work().resolve("two/in_OUTPUT.txt")))
                .isEqualTo("some:\t2\nwords:\t1\n");
        assertThat(bench().onNodes())
                .filteredOn(path -> path.endsWith("node-task.jar"))
                .singleElement()
                .satisfies(jar -> assertThat(bench().stateDir().resolve("nodes").resolve(jar))
                        .hasSize(size));
    }

    /** An installation of the app whose program for the nodes differs. */
    private Path otherVersion() throws IOException {
        Path app = Workbench.project().resolve("app");
        Path other = Files.createDirectories(bench().folder().resolve("other/target/twinbatch"));
        Path home = app.resolve("target/twinbatch");
        Files.createSymbolicLink(other.resolve("twinbatch-app.jar"), home.resolve("twinbatch-app.jar"));
        Files.createSymbolicLink(other.resolve("lib"), home.resolve("lib"));
        Path jar = Files.copy(home.resolve("node-task.jar"), other.resolve("node-task.jar"));
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.writeString(zip.getPath("/version"), "another one");
        }
        Path module = bench().folder().resolve("other");
        Files.copy(app.resolve("app"), module.resolve("app"), StandardCopyOption.COPY_ATTRIBUTES);
        return module;
    }

    @Test
    void theFirstStartSaysWhatItBuildsAndRuns() throws Exception {
        Path module = Files.createDirectories(bench().folder().resolve("fresh/app"));
        Path app = Workbench.project().resolve("app");
        Files.copy(app.resolve("app"), module.resolve("app"), StandardCopyOption.COPY_ATTRIBUTES);
        Path tools = Files.createDirectories(bench().folder().resolve("tools"));
        Path maven = Files.writeString(
                tools.resolve("mvn"),
                "#!/bin/sh\n"
                        + "echo '[INFO] Building Twinbatch api 0.1.0-SNAPSHOT      [3/6]'\n"
                        + "[ -n \"${BROKEN:-}\" ] && { echo '[ERROR] it is broken'; exit 1; }\n"
                        + "mkdir -p app/target\n"
                        + "ln -s '" + app.resolve("target/twinbatch") + "' app/target/twinbatch\n"
                        + "echo '[INFO] BUILD SUCCESS'\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();

        assertThat(firstStart(module, tools, "BROKEN=yes"))
                .contains("Building Twinbatch with Maven", "  3/6 Twinbatch api\n", "[ERROR] it is broken")
                .contains("twinbatch: the build failed");
        assertThat(firstStart(module, tools, "BROKEN="))
                .contains("  3/6 Twinbatch api\nBuilt.\nTwinbatch 0.")
                .doesNotContain("Azurite");
    }

    private static String firstStart(Path module, Path tools, String variable) throws Exception {
        Process start = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "PATH='" + tools + "':$PATH; export " + variable + "; exec '" + module.resolve("app")
                                + "' --version")
                .redirectErrorStream(true)
                .start();
        String said = new String(start.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        start.waitFor();
        return said;
    }

    @Tag("long")
    @Test
    void aJobThatIsKeptIsEndedAndDeletedByTheCommandThatTheRunPrints() {
        AppRun run = bench().run("--keep-job", "--job-id=kept", "--output-dir=kept", "in.txt")
                .endsWith(0);
        String line = run.err()
                .lines()
                .filter(text -> text.startsWith("Kept job [kept]"))
                .findFirst()
                .orElseThrow();
        AppRun status = bench().start(List.of("status", "--state-dir=" + bench().stateDir(), "kept"))
                .endsWith(0);
        assertThat(status.out())
                .contains("1 succeeded")
                .containsPattern("state +end")
                .doesNotContain("active", "app/app resume");

        String advice = line.substring(line.indexOf("app/app ") + "app/app ".length());
        List<String> words = new ArrayList<>(List.of(advice.split(" ")));
        words.add("--yes");
        assertThat(bench().start(words).endsWith(0).err()).contains("Deleted job [kept].");
        assertThat(bench().start(words).endsWith(2).err()).contains("there is nothing of run ");
    }

    @Tag("long")
    @Test
    void aPoolThatIsKeptIsUsedAgainAsItIs() {
        AppRun first = bench().run(
                        "--keep-pool", "--keep-job", "--pool-id", "shared", "--slots=2", "--output-dir=one", "in.txt")
                .endsWith(0);
        assertThat(first.err())
                .contains("Kept pool [shared]", "Kept job [")
                .doesNotContain("Deleted pool", "Deleted job");
        assertThat(bench().onNodes())
                .as("the task's files")
                .anyMatch(path -> path.endsWith("topNtask0/stdout.txt"))
                .anyMatch(path -> path.endsWith("topNtask0/stderr.txt"));

        AppRun second = bench().run("--pool-id", "shared", "--slots=2", "--output-dir=two", "in.txt")
                .endsWith(0);
        assertThat(second.err())
                .contains("Using the existing pool [shared]", "Left pool [shared] as it is", "Deleted job [")
                .doesNotContain("Creating pool");
        assertThat(ResultFile.words(bench().work().resolve("two/in_OUTPUT.txt")))
                .isEqualTo("some:\t2\nwords:\t1\n");

        AppRun third = bench().run("--pool-id", "shared", "--slots=7", "--output-dir=three", "in.txt")
                .endsWith(0);
        assertThat(third.err()).contains("Using the existing pool [shared] with 1 node, 2 task slots each");
        assertThat(bench().work().resolve("three/in_OUTPUT.txt")).exists();
    }
}
