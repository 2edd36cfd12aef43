package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How nodes of the Azure backend come by Java, in front of the emulator. */
class NodeJavaIT extends AppTest {
    /** On the nodes, no other Java than the one that the run brings along would start, and none could be installed. */
    @Tag("long")
    @Test
    void theRuntimeThatComesAlongRunsTheTasks() {
        bench().setEnvironment("JAVA_HOME", System.getProperty("java.home"));
        Path asked = bench().folder().resolve("asked");
        for (String name : List.of("java", "apt-get", "dnf", "tdnf", "yum")) {
            bench().addProgram(name, "echo " + name + " >>'" + asked + "'; exit 1");
        }
        bench().write("a.txt", "one two two");

        AppRun run = runOnAzure("--json", "--output-dir=results", "a.txt");

        assertThat(run.json()
                        .path("inputs")
                        .path(0)
                        .path("words")
                        .path(0)
                        .path("word")
                        .asText())
                .isEqualTo("two");
        assertThat(asked).doesNotExist();
    }

    @Test
    void nodesThatHaveJavaNeedNoRuntimeFromHere() {
        bench().setEnvironment("TWINBATCH_NODE_JAVA", "installed");
        bench().write("a.txt", "one two two");

        AppRun run = runOnAzure("--output-dir=results", "a.txt");

        assertThat(run.err()).doesNotContain("runtime");
        assertThat(bench().work().resolve("results/a_OUTPUT.txt")).content().contains("two:\t2\n");
    }
}
