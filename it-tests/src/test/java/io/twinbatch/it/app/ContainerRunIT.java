package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.it.contract.ContainerContract;
import io.twinbatch.it.contract.DockerState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
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

    @Tag("long")
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

    @Tag("long")
    @Test
    void theRowsOfATableRunInTheImageOnEveryBackend() throws Exception {
        requireEngine();
        writeTexts();
        bench().write("models/small model", "of the model\n");
        StringBuilder table = new StringBuilder("word\tinput\tinput:model\n");
        List.of("two words", "it's", "$HOME", "-n")
                .forEach(word -> table.append(word).append("\ttexts/with space.txt\tmodels/small model\n"));
        bench().write("t.tsv", table.toString());
        String command = "--command=only-in-image && printf \"%s|\" {word} {#} {/} && cat {} {model}";

        bench().run(IMAGE, "--tasks=t.tsv", command, "--output-dir=local").endsWith(0);
        runOnAzure(IMAGE, "--tasks=t.tsv", command, "--output-dir=azure");

        assertThat(results("local"))
                .hasSize(4)
                .containsEntry(
                        "with space.txt-2.out",
                        "only in the image\nit's|2|with space.txt|text of with space.txtof the model\n");
        assertThat(results("azure")).isEqualTo(results("local"));
        requireNoContainer();
    }

    @Tag("long")
    @Test
    void thePiecesOfAnInputRunInTheImageAndFollowEachOther() throws Exception {
        requireEngine();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            lines.append("line ").append(i).append(i % 7 == 0 ? " gr\u00fc\u00dfe\n" : "\n");
        }
        bench().write("big.txt", lines.toString());
        String command = "--command=only-in-image >/dev/null && cat {} && echo end of $TWINBATCH_PIECE >&2";

        bench().run(IMAGE, "--split=8k", command, "--output-dir=local", "big.txt")
                .endsWith(0);
        runOnAzure(IMAGE, "--split=8k", command, "--output-dir=azure", "big.txt");

        assertThat(bench().work().resolve("local/big.txt.out"))
                .hasSameBinaryContentAs(bench().work().resolve("big.txt"));
        assertThat(results("azure")).isEqualTo(results("local"));
        requireNoContainer();
    }

    @Tag("long")
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

    @Tag("long")
    @Test
    void anImageOfAPrivateRegistryIsFetchedWithTheLoginOfThisMachine() throws Exception {
        requireEngine();
        assumeTrue(PrivateRegistry.isInstalled(), "docker-registry is missing; .ci/run installs it");
        bench().write("a.txt", "of a");
        try (PrivateRegistry registry =
                PrivateRegistry.with(ContainerContract.IMAGE, bench().folder().resolve("registry"))) {
            String[] options = {"--image=" + registry.image(), "--command=only-in-image; cat {}", "a.txt"};
            bench().setEnvironment("DOCKER_CONFIG", bench().folder().toString());

            AppRun refused = bench().run(options);
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.err())
                    .contains(registry.image(), "cannot be fetched", "docker login")
                    .doesNotContain("created.");

            Files.writeString(bench().folder().resolve("config.json"), registry.loginFile());
            AppRun run = bench().run(options).endsWith(0);
            assertThat(run.out()).contains("only in the image", "of a");
            assertThat(run.err() + run.out()).doesNotContain(PrivateRegistry.PASSWORD);
        }
    }

    @Test
    void aPoolFetchesAnImageOfAPrivateRegistryWithTheLoginOfTheSettings() throws Exception {
        requireEngine();
        assumeTrue(PrivateRegistry.isInstalled(), "docker-registry is missing; .ci/run installs it");
        bench().write("a.txt", "of a");
        try (PrivateRegistry registry =
                PrivateRegistry.with(ContainerContract.IMAGE, bench().folder().resolve("registry"))) {
            bench().setEnvironment("DOCKER_CONFIG", bench().folder().toString());
            bench().setEnvironment("AZURE_REGISTRY_SERVER", registry.address());
            bench().setEnvironment("AZURE_REGISTRY_USERNAME", PrivateRegistry.USER);
            bench().setEnvironment("AZURE_REGISTRY_PASSWORD", PrivateRegistry.PASSWORD);

            AppRun run = runOnAzure("--image=" + registry.image(), "--command=only-in-image; cat {}", "a.txt");

            assertThat(run.out()).contains("only in the image", "of a");
            assertThat(run.err() + run.out()).doesNotContain(PrivateRegistry.PASSWORD);
        }
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
