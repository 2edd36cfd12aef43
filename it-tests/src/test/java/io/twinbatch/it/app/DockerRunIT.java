package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run whose Azurite is a container; skipped, and reported so, where no engine has its image. */
class DockerRunIT extends AppTest {
    private static final String IMAGE = "mcr.microsoft.com/azure-storage/azurite:3.37.0";

    @Test
    void azuriteFromDockerServesARunAndIsGoneAfterIt() throws InterruptedException {
        Optional<String> before = containers();
        bench().useAzurite("docker");

        AppRun run = bench().run("--total", "--output-dir=results").endsWith(0);

        assertThat(run.out()).contains("bread.txt  ->  results/bread_OUTPUT.txt", "All inputs together");
        assertThat(containers()).isEqualTo(before);
    }

    @Tag("long")
    @Test
    void aKilledRunGoesOnWithTheUrlsThatItsTasksHave() throws InterruptedException {
        Optional<String> before = containers();
        bench().useAzurite("docker");
        bench().write("a.txt", "a and a");
        bench().write("b.txt", "b and b");
        HeldTasks held = HeldTasks.on(bench());
        AppRun killed = bench().run("--job-id", HeldTasks.JOB, "--output-dir=results", "a.txt", "b.txt");
        held.awaitBegin(killed);
        killed.kill();
        held.release();
        assertThat(containers()).as("what the killed run has left").isNotEqualTo(before);

        AppRun resumed = bench().start(List.of(
                        "resume",
                        "--azurite=docker",
                        "--state-dir",
                        bench().stateDir().toString(),
                        HeldTasks.JOB))
                .endsWith(0);

        assertThat(resumed.err()).contains("Resuming job [held]").doesNotContain("taken by another program");
        assertThat(ResultFile.words(bench().work().resolve("results/b_OUTPUT.txt")))
                .isEqualTo("b:\t2\nand:\t1\n");
        assertThat(containers()).isEqualTo(before);
    }

    /** What it has acknowledged in its last five seconds is not on its disk, the record of the run among it. */
    private void killStore() throws InterruptedException {
        String data = bench().stateDir().resolve("azurite").toString();
        String container = docker("ps", "--quiet", "--filter", "label=io.twinbatch.azurite.data=" + data)
                .orElseThrow()
                .strip();
        String process = docker("inspect", "--format={{.State.Pid}}", container).orElseThrow();
        boolean killed = ProcessHandle.of(Long.parseLong(process.strip()))
                .map(ProcessHandle::destroyForcibly)
                .orElse(false);
        assumeTrue(killed, "the user of the tests may not kill processes of the Docker engine");
    }

    @Tag("long")
    @Test
    void aRunThatIsKilledTogetherWithItsStoreGoesOn() throws InterruptedException {
        Optional<String> before = containers();
        bench().useAzurite("docker");
        bench().write("a.txt", "a and a");
        HeldTasks held = HeldTasks.on(bench());
        AppRun run = bench().run("--job-id", HeldTasks.JOB, "--output-dir=results", "a.txt");
        held.awaitBegin(run);
        killStore();
        run.kill();
        held.release();

        bench().start(List.of(
                        "resume",
                        "--azurite=docker",
                        "--state-dir",
                        bench().stateDir().toString(),
                        HeldTasks.JOB))
                .endsWith(0);

        assertThat(ResultFile.words(bench().work().resolve("results/a_OUTPUT.txt")))
                .isEqualTo("a:\t2\nand:\t1\n");
        assertThat(containers()).isEqualTo(before);
    }

    @Test
    void aRunOutlivesTheDeathOfItsStore() throws InterruptedException {
        Optional<String> before = containers();
        bench().useAzurite("docker");
        bench().write("a.txt", "a and a");
        bench().write("b.txt", "b and b");
        HeldTasks held = HeldTasks.on(bench());
        AppRun run = bench().run("--slots=2", "--job-id", HeldTasks.JOB, "--output-dir=results", "a.txt", "b.txt");
        held.awaitBegin(run);
        killStore();
        held.release();

        run.endsWith(0);
        assertThat(ResultFile.words(bench().work().resolve("results/a_OUTPUT.txt")))
                .isEqualTo("a:\t2\nand:\t1\n");
        assertThat(ResultFile.words(bench().work().resolve("results/b_OUTPUT.txt")))
                .isEqualTo("b:\t2\nand:\t1\n");
        assertThat(containers()).isEqualTo(before);
    }

    private static Optional<String> containers() throws InterruptedException {
        assumeTrue(
                docker("image", "inspect", IMAGE).isPresent(), "no Docker engine answers, or it has no image " + IMAGE);
        return docker("ps", "--all", "--quiet");
    }

    /** What docker prints; nothing when it fails or is not there. */
    private static Optional<String> docker(String... arguments) throws InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process docker = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(docker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return docker.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
