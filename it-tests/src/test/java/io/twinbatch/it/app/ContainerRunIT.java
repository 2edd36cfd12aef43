package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.it.contract.ContainerContract;
import io.twinbatch.it.contract.DockerState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Runs of a command in a container image. */
class ContainerRunIT extends AppTest {
    private static final List<String> NAMES =
            List.of("a.txt", "with space.txt", "it's", "$HOME", "two\nlines", "-n", "gr\u00fc\u00dfe");
    private static final String COMMAND = "tr a-z A-Z <{}; printf \"%s\\n\" {/}";
    private static final String IMAGE = "--image=" + ContainerContract.IMAGE;

    private void writeTexts() {
        NAMES.forEach(name -> bench().write("texts/" + name, "text of " + name));
    }

    private static void requireEngine() {
        assumeTrue(DockerState.answers(), "no Docker engine; the refusal is tested instead");
        assumeTrue(
                DockerState.hasImage(ContainerContract.IMAGE),
                "the image " + ContainerContract.IMAGE + " is missing; .ci/docker-azurite builds it");
    }

    /** The results in a folder, without the report of their run. */
    private Map<String, String> results(String folder) throws IOException {
        Map<String, String> files =
                new TreeMap<>(FolderContents.of(bench().work().resolve(folder)));
        files.keySet().removeIf(name -> name.startsWith("report."));
        return files;
    }

    private void requireNoContainer() {
        assertThat(DockerState.containersBelow(bench().folder().toString())).isEmpty();
    }

    @Test
    void aCommandMakesTheSameInAContainerAsWithoutOnEveryBackend() throws Exception {
        requireEngine();
        writeTexts();

        bench().run("--command=" + COMMAND, "--output-dir=plain", "texts").endsWith(0);
        bench().run(IMAGE, "--command=" + COMMAND, "--output-dir=local", "texts")
                .endsWith(0);
        runOnAzure(IMAGE, "--command=" + COMMAND, "--output-dir=azure", "texts");

        assertThat(results("plain").keySet())
                .containsAll(NAMES.stream().map(name -> name + ".out").toList());
        assertThat(results("local")).isEqualTo(results("plain"));
        assertThat(results("azure")).isEqualTo(results("plain"));
        requireNoContainer();
    }

    @Test
    void programsAreFoundInTheImageAndBesideIt() throws Exception {
        requireEngine();
        bench().write("tool", "#!/bin/sh\necho \"brought along\"\n");
        bench().write("a.txt", "a");

        bench().run(
                        IMAGE,
                        "--program=tool",
                        "--command=only-in-image && tool && cp {} out.copy",
                        "--output=*.copy",
                        "--combine=cat {} && only-in-image",
                        "--output-dir=results",
                        "--keep-logs",
                        "a.txt")
                .endsWith(0);

        assertThat(results("results").get("COMBINED.out")).isEqualTo("aonly in the image\n");
        requireNoContainer();
    }

    @Test
    void aKilledRunLeavesNoContainerWhenItsStateFolderIsOpenedAgain() {
        requireEngine();
        bench().write("a.txt", "a");
        AppRun killed = bench().run(IMAGE, "--command=sleep 600", "a.txt");
        Deadline.await(
                Duration.ofMinutes(2),
                () -> "a container of " + killed,
                () -> !DockerState.containersBelow(bench().folder().toString()).isEmpty());
        killed.kill();

        bench().start(List.of(
                        "cleanup",
                        "--all",
                        "-y",
                        "--azurite=npm",
                        "--state-dir",
                        bench().stateDir().toString()))
                .endsWith(0);

        requireNoContainer();
    }

    @Test
    void withoutAnEngineNothingIsCreated() {
        bench().write("a.txt", "a");
        bench().setEnvironment("DOCKER_HOST", "unix:///no/such/docker.sock");

        AppRun refused = bench().run(IMAGE, "--command=cat {}", "a.txt");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("no Docker engine answers").doesNotContain("created.");
    }

    @Test
    void anImageThatCannotBeFetchedIsRefusedBeforeAnythingIsCreated() {
        requireEngine();
        bench().write("a.txt", "a");

        AppRun refused = bench().run("--image=localhost:1/no-such:1", "--command=cat {}", "a.txt");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err())
                .contains("localhost:1/no-such:1", "cannot be fetched")
                .doesNotContain("created.");
    }
}
