package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong is said in one line, before anything has been made. */
class RefusalsIT extends AppTest {
    @BeforeEach
    void writeInput() {
        bench().write("in.txt", "some words, some");
    }

    @Test
    void wrongOptionsAreRefused() {
        refuses("--num-words", "-n", "0", "in.txt");
        refuses("'x'", "-n", "x", "in.txt");
        refuses("--nodes", "--nodes", "0", "in.txt");
        refuses("--wrong", "--wrong", "in.txt");
        refuses("AZURE_BATCH_ACCOUNT is not set", "--backend=azure", "in.txt");
    }

    @Test
    void inputsThatAreNotThereAreRefused() throws Exception {
        Files.createDirectories(bench().work().resolve("no-files/inside"));
        refuses("missing.txt", "in.txt", "missing.txt");
        refuses("no-files", "no-files");
        refuses("no*match", "no*match");
    }

    @Test
    void anInputThatCannotBeReadIsRefused() throws Exception {
        Path secret = bench().write("secret.txt", "words");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        if (Files.isReadable(secret)) {
            // Root may read everything, but it cannot read a pipe, a device or a link to nothing as a file either.
            Files.createSymbolicLink(bench().work().resolve("nowhere.txt"), Path.of("gone.txt"));
            refuses("nowhere.txt", "nowhere.txt");
            refuses("/dev/null", "/dev/null");
            return;
        }
        refuses("secret.txt", "secret.txt");
    }

    @Test
    void anOutputFolderThatCannotBeOneIsRefused() {
        bench().write("file", "not a folder");
        refuses("file", "--output-dir", "file", "in.txt");
        refuses("file", "--output-dir", "file/below", "in.txt");
        refuses("file", "--output-dir", "file/../below", "in.txt");
    }

    @Test
    void anOutputFolderThatCannotBeWrittenIsRefusedForRootToo() throws Exception {
        refuses("/proc", "--output-dir", "/proc/results", "in.txt");
        Files.createSymbolicLink(bench().work().resolve("dangling"), Path.of("gone"));
        refuses("which does not exist", "--output-dir", "dangling", "in.txt");
    }

    @Test
    void anInputIsReadToItsEndWhateverItsListedSize() {
        AppRun run = bench().run("--json", "--output-dir", "results", "/proc/version")
                .endsWith(0);
        assertThat(run.json().path("inputs").path(0).path("size").longValue()).isPositive();
        assertThat(ResultFile.words(bench().work().resolve("results/version_OUTPUT.txt")))
                .containsIgnoringCase("linux");
    }

    @Test
    void whatAFolderHoldsAndIsNoInputIsNamed() throws Exception {
        bench().write("texts/a.txt", "words");
        Files.createSymbolicLink(bench().work().resolve("texts/unfetched"), Path.of("gone"));
        AppRun run = bench().run("--dry-run", "--json", "texts").endsWith(0);
        assertThat(run.err()).contains("texts/unfetched is a link to gone, which does not exist");
        assertThat(run.json().path("plan").path("leftOut").path(0).path("path").textValue())
                .isEqualTo("texts/unfetched");
    }

    @Test
    void aStateFolderThatCannotBeOneIsRefusedByEveryCommand() {
        Path file = bench().write("file", "not a folder");
        String state = file + "/state";
        for (String command : List.of("run", "status", "cleanup")) {
            AppRun run = bench().start(List.of(command, "--state-dir", state)).endsWith(2);
            assertThat(run.err()).contains("state folder " + state + ": " + file + " is not a folder");
        }
    }

    private void refuses(String naming, String... arguments) {
        Set<Path> before = Workbench.below(bench().work());
        AppRun run = bench().run(arguments).endsWith(2);
        assertThat(run.err().lines())
                .as("standard error of %s", run)
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("twinbatch: ").contains(naming));
        assertThat(run.out()).isEmpty();
        requireNothingMade(before);
    }

    private void requireNothingMade(Set<Path> before) {
        assertThat(bench().stateDir()).doesNotExist();
        assertThat(bench().folder().resolve("state-home")).doesNotExist();
        assertThat(Workbench.below(bench().work())).isEqualTo(before);
    }

    @Test
    void anOutputThatExistsIsKeptUnlessItMayBeOverwritten() {
        Path output = bench().write("results/in_OUTPUT.txt", "precious");
        refuses("in_OUTPUT.txt", "--output-dir", "results", "in.txt");
        assertThat(output).hasContent("precious");

        bench().run("--force", "--output-dir", "results", "in.txt").endsWith(0);
        assertThat(ResultFile.words(output)).isEqualTo("some:\t2\nwords:\t1\n");
    }

    @Test
    void aDryRunShowsThePlanAndMakesNothing() {
        Set<Path> before = Workbench.below(bench().work());

        AppRun run = bench().run("--dry-run", "--total", "--output-dir", "results", "in.txt")
                .endsWith(0);

        assertThat(run.out()).contains("in.txt", "topNtask0", "in_OUTPUT.txt", "--numwords 3");
        assertThat(run.err()).isEmpty();
        requireNothingMade(before);
        assertThat(bench().run("--dry-run", "--json", "in.txt")
                        .endsWith(0)
                        .json()
                        .path("status")
                        .textValue())
                .isEqualTo("planned");
        requireNothingMade(before);
    }

    @Test
    void aWrongCommandLineIsToldToMachinesAsADocument() {
        AppRun run = bench().run("--json", "missing.txt").endsWith(2);

        assertThat(run.json().path("exitCode").intValue()).isEqualTo(2);
        assertThat(run.json().path("error").path("message").textValue()).contains("missing.txt");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void helpVersionAndDoctorAnswer() {
        AppRun help = bench().start(List.of("--help")).endsWith(0);
        assertThat(help.out()).contains("--output-dir", "--help --all");
        assertThat(help.err()).isEmpty();
        assertThat(bench().start(List.of("--version")).endsWith(0).out()).matches("(?i)twinbatch \\d+\\.\\d+.*\\s");

        AppRun doctor = bench().start(List.of(
                        "doctor",
                        "--azurite=npm",
                        "--state-dir",
                        bench().stateDir().toString()))
                .endsWith(0);
        assertThat(doctor.out()).contains("Java", "Node", "Azurite", "can run here.");
        assertThat(doctor.out()).containsPattern("(?i)disk|space");
        assertThat(bench().stateDir()).doesNotExist();
    }
}
