package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.workflow.model.InputGrouping;
import io.twinbatch.app.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table of tasks on the command line. */
class TableOptionsTest {
    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        app.make("a.txt", "a");
        app.make("t.tsv", "x\tinput\n1\ta.txt\n2\ta.txt\n");
    }

    @Test
    void eachRowIsATaskOfItsOwnUnlessANumberIsGiven() throws IOException {
        StringBuilder rows = new StringBuilder("x\n");
        for (int i = 0; i < 5000; i++) {
            rows.append(i).append('\n');
        }
        app.make("many.tsv", rows.toString());

        assertThat(app.run("--tasks=many.tsv", "--command=echo {x}", "--all")).isEqualTo(ExitCode.DONE);
        assertThat(app.run("--tasks=many.tsv", "--command=echo {x}", "--files-per-task=100"))
                .isEqualTo(ExitCode.DONE);

        assertThat(app.session.plans.get(0).request().grouping()).isEqualTo(InputGrouping.ONE_PER_TASK);
        assertThat(app.session.plans.get(0).tasks()).hasSize(5000);
        assertThat(app.session.plans.get(1).tasks()).hasSize(50);
    }

    @Test
    void aTableOnStandardInputIsRead() {
        app.answers = "x\ny\n";

        assertThat(app.run("--tasks=-", "--dry-run", "--command=echo {x}")).isEqualTo(ExitCode.DONE);

        assertThat(app.out()).contains("  $ echo y\n", "row 1 (0 bytes)", "/row-1.out");
    }

    @Test
    void aDryRunShowsTheCommandsOfTheRows() {
        assertThat(app.run("--tasks=t.tsv", "--dry-run", "--json", "--command=echo {x} {}"))
                .isEqualTo(ExitCode.DONE);

        assertThat(app.out())
                .contains(
                        "\"command\" : \"echo 2 a.txt\"",
                        "\"row\" : 2",
                        "\"x\" : \"2\"",
                        "\"input\" : \"a.txt\"",
                        "/a.txt-2.out\"");
        assertThat(app.session.plans).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.txt|--tasks and INPUT exclude each other",
                "--files-from=a.txt|--tasks and --files-from exclude each other",
                "--include=*.txt|--include and --exclude choose among the files of folders",
                "--num-words=3|--num-words is an option of the program that counts words",
                "--total|--total adds up words"
            })
    void whatCannotGoWithATableIsRefusedWithAReason(String option, String message) {
        assertThat(app.run("--tasks=t.tsv", "--command=echo {x}", option)).isEqualTo(ExitCode.USAGE);

        assertThat(app.err()).contains(message);
        assertThat(app.started).isEmpty();
    }

    @Test
    void aTableNeedsACommand() {
        assertThat(app.run("--tasks=t.tsv")).isEqualTo(ExitCode.USAGE);

        assertThat(app.err()).contains("--tasks needs --command or --script");
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingStarts() {
        for (String command : List.of("echo {y}", "echo \"{y}\"")) {
            assertThat(app.run("--tasks=t.tsv", "--command=" + command)).isEqualTo(ExitCode.USAGE);
            assertThat(app.err()).contains("{y} is no placeholder; there are {}, {.}, {/}, {/.}, {#}, {x}");
        }
        assertThat(app.run("--tasks=gone.tsv", "--command=echo")).isEqualTo(ExitCode.USAGE);
        assertThat(app.started).isEmpty();
    }
}
