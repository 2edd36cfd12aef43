package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools and jobs that outlive their run. */
class KeepingIT extends AppTest {
    @BeforeEach
    void writeInput() {
        bench().write("in.txt", "some words, some");
    }

    @Test
    void aPoolThatIsKeptIsUsedAgainByRunsThatItFits() {
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
                .endsWith(2);
        assertThat(third.err()).containsPattern("twinbatch: .*shared.*slots.*");
        assertThat(third.out()).isEmpty();
        assertThat(bench().work().resolve("three/in_OUTPUT.txt")).doesNotExist();
    }
}
