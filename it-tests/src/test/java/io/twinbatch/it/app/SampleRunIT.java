package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a newcomer sees first. */
class SampleRunIT extends AppTest {
    /** In the order of the tutorial; the lines between them may differ. */
    private static final List<String> STEPS = List.of(
            "Run \\S+ on the local backend, started \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.",
            "Container \\[application-\\S+] created\\.",
            "Container \\[input-\\S+] created\\.",
            "Container \\[output-\\S+] created\\.",
            "Uploading 4 files .*",
            "Uploaded in .*",
            "Creating pool \\[pool-\\S+] .*",
            "Creating job \\[job-\\S+] .*",
            "Added 3 tasks to the job.*",
            "All tasks have ended, after .*",
            "Downloading .*",
            "Downloaded to .* in .*",
            "Deleted job \\[job-\\S+]\\.",
            "Deleted pool \\[pool-\\S+]\\.",
            "Deleted container \\[application-\\S+]\\.",
            "Deleted container \\[input-\\S+]\\.",
            "Deleted container \\[output-\\S+]\\.",
            "Ended \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d, after [\\d.]+ s: 3 of 3 inputs done, results in .*");

    @Test
    void withoutInputTheThreeSamplesAreCountedAndNothingOfTheRunStays() {
        AppRun run = bench().run().endsWith(0);

        assertThat(run.out().lines().filter(line -> line.contains("->")))
                .satisfiesExactly(
                        line -> assertThat(line).matches("bread\\.txt  ->  twinbatch-output/\\S+/bread_OUTPUT\\.txt"),
                        line -> assertThat(line)
                                .matches("lighthouses\\.txt  ->  twinbatch-output/\\S+/lighthouses_OUTPUT\\.txt"),
                        line -> assertThat(line)
                                .matches("rivers\\.txt  ->  twinbatch-output/\\S+/rivers_OUTPUT\\.txt"));
        assertThat(run.out().lines().filter(line -> line.matches(" {4}\\S+ +\\d+")))
                .hasSize(9);
        assertThat(run.out().lines().filter(line -> !line.isBlank())).hasSize(12);
        assertThat(run.err()).matches(steps());
        assertThat(bench().onNodes()).isEmpty();
        assertThat(Workbench.below(bench().work()).stream().map(Path::getFileName))
                .map(Path::toString)
                .contains("bread_OUTPUT.txt", "lighthouses_OUTPUT.txt", "rivers_OUTPUT.txt", ".twinbatch-results")
                .contains("report.html", "report.json")
                .hasSize(8);
    }

    private static Pattern steps() {
        return Pattern.compile("(?s).*^" + String.join("\n(?:[^\n]*\n)*?", STEPS) + "\n", Pattern.MULTILINE);
    }

    @Test
    void machinesGetOneDocumentAndNoProcessShowsASecret() {
        Set<String> commandLines;
        AppRun run;
        try (ProcessSampler sampler = ProcessSampler.start(bench().processes())) {
            run = bench().run("--json", "--total", "-n", "2", "--output-dir", "results")
                    .endsWith(0);
            commandLines = sampler.seen();
        }

        JsonNode document = run.json();
        assertThat(document.path("status").textValue()).isEqualTo("done");
        assertThat(document.path("exitCode").intValue()).isZero();
        assertThat(document.path("inputs")).hasSize(3).allSatisfy(input -> {
            assertThat(input.path("status").textValue()).isEqualTo("done");
            assertThat(input.path("words")).hasSize(2);
            assertThat(Path.of(input.path("output").textValue())).isRegularFile();
        });
        assertThat(document.path("total").path("words")).hasSize(2);
        assertThat(commandLines)
                .as("the command lines of the app, of Azurite and of tasks")
                .anyMatch(line -> line.contains("io.twinbatch.app.Main"))
                .anyMatch(line -> line.contains("azurite"))
                .anyMatch(line -> line.contains("node-task.jar"));
        commandLines.forEach(line -> bench().requireNoSecret("a command line", line));
    }
}
