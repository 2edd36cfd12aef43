package io.twinbatch.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.JavaRuntime;
import io.twinbatch.api.workflow.model.PackedJava;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.TaskCommand;
import io.twinbatch.api.workflow.model.TaskInputs;
import io.twinbatch.api.workflow.model.TotalInputs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopWordsProgramTest {
    private static final ContainerName OUTPUT = new ContainerName("output-1");
    private static final String JAVA =
            "java=\"${TWINBATCH_JAVA:-$AZ_BATCH_JOB_PREP_WORKING_DIR/java}\"; [ -x \"$java\" ] || java=java;"
                    + " exec \"$java\" -XX:-UsePerfData -XX:+DisplayVMOutputToStderr -Xshare:auto";
    private static final String JAR = " -jar \"$AZ_BATCH_JOB_PREP_WORKING_DIR/node-task.jar\"";
    private static final String QUICK_JAVA = JAVA + " -XX:TieredStopAtLevel=1" + JAR;

    private final TopWordsProgram program = new TopWordsProgram(Path.of("node-task.jar"), 5, JavaRuntime.ofNodes());

    @Test
    void oneInputIsNamedOnTheCommandLine() {
        TaskCommand command = program.command(work(List.of(input(0, "käse & brot_OUTPUT.txt")), Optional.empty()));
        assertThat(CommandLine.split(command.commandLine()))
                .containsExactly(
                        "/bin/sh",
                        "-c",
                        QUICK_JAVA + " --filepath in-0.txt --output-name k%C3%A4se%20%26%20brot_OUTPUT.txt"
                                + " --numwords 5 --manifest topNtask0.manifest --storagecontainer output-1");
        assertThat(command.files()).isEmpty();
        assertThat(command.environment()).isEmpty();
    }

    @Test
    void muchTextGetsTheBetterCompiler() {
        PlannedInput large = new PlannedInput(
                new InputFile(Path.of("/x/large"), "large", 100L << 20), "large", "in-0.txt", "large_OUTPUT", "large");
        TaskCommand command = program.command(work(List.of(large), Optional.empty()));
        assertThat(command.commandLine()).startsWith("/bin/sh -c '" + JAVA + JAR + " --filepath");
    }

    @Test
    void severalInputsAreNamedInAFile() {
        TaskCommand command =
                program.command(work(List.of(input(0, "a b"), input(1, "x/c*")), Optional.of("topNtask0.counts")));
        assertThat(command.commandLine())
                .isEqualTo("/bin/sh -c '" + QUICK_JAVA + " --filelist inputs.list --counts topNtask0.counts"
                        + " --numwords 5 --manifest topNtask0.manifest --storagecontainer output-1'");
        assertThat(command.files()).isEqualTo(Map.of("inputs.list", "in-0.txt\ta%20b\nin-1.txt\tx/c%2A\n"));
    }

    @Test
    void theTotalMergesThePartsInOrder() {
        TotalInputs work = new TotalInputs(
                "topNtaskTotal", List.of("counts-0", "counts-1"), "TOTAL_OUTPUT.txt", "total.manifest", OUTPUT);
        TaskCommand command = program.total().orElseThrow().command(work);
        assertThat(command.commandLine())
                .isEqualTo(
                        "/bin/sh -c '" + JAVA + JAR + " --merge --filelist inputs.list --output-name TOTAL_OUTPUT.txt"
                                + " --numwords 5 --manifest total.manifest --storagecontainer output-1'");
        assertThat(command.files()).isEqualTo(Map.of("inputs.list", "counts-0\ncounts-1\n"));
    }

    @Test
    void aJavaThatIsKnownTravelsInTheEnvironment() {
        TopWordsProgram local =
                new TopWordsProgram(Path.of("node-task.jar"), 5, JavaRuntime.at(Path.of("/opt/my jdk/java")));
        TaskCommand command = local.command(work(List.of(input(0, "a")), Optional.empty()));
        assertThat(command.environment()).isEqualTo(Map.of("TWINBATCH_JAVA", "/opt/my jdk/java"));
        assertThat(command.commandLine()).doesNotContain("my jdk");
    }

    @Test
    void theSignedUrlIsInTheEnvironmentAlone() {
        SignedUrl url = new SignedUrl(
                URI.create("http://127.0.0.1/output-1?sig=secret"),
                Map.of("x-ms-version", "1", "x-ms-blob-type", "BlockBlob"),
                Instant.EPOCH);
        assertThat(program.outputEnvironment(url))
                .isEqualTo(Map.of(
                        "TWINBATCH_OUTPUT_URL", "http://127.0.0.1/output-1?sig=secret",
                        "TWINBATCH_OUTPUT_HEADERS", "x-ms-blob-type: BlockBlob\nx-ms-version: 1"));
    }

    @Test
    void theStartTaskKnowsTheJavaThatTheTasksKnow() {
        TopWordsProgram local = new TopWordsProgram(Path.of("node-task.jar"), 5, JavaRuntime.at(Path.of("/opt/java")));
        StartTask known = local.startTask().orElseThrow();
        StartTask unknown = program.startTask().orElseThrow();
        assertThat(known.commandLine()).isEqualTo(unknown.commandLine());
        assertThat(known.environment()).isEqualTo(Map.of("TWINBATCH_JAVA", "/opt/java"));
        assertThat(unknown.environment()).isEmpty();
    }

    @Test
    void theNodesGetTheJar() {
        assertThat(program.applicationFiles()).isEqualTo(Map.of("node-task.jar", Path.of("node-task.jar")));
        assertThat(program.applicationNames()).containsExactly("node-task.jar", "prepare-java.sh");
    }

    @Test
    void aRuntimeThatComesAlongTakesTheStartTasksPlace() {
        Path archive = Path.of("runtime.tgz");
        TopWordsProgram brings = new TopWordsProgram(
                Path.of("node-task.jar"),
                5,
                JavaRuntime.broughtAlong(new PackedJava(archive, "0".repeat(64), "x86_64")));

        assertThat(brings.startTask()).isEmpty();
        assertThat(brings.applicationFiles())
                .isEqualTo(Map.of("node-task.jar", Path.of("node-task.jar"), "java-runtime.tar.gz", archive));
        assertThat(brings.preparationScript()).contains("prepare-java.sh");
        assertThat(brings.fingerprint()).isEqualTo(program.fingerprint());
    }

    private static TaskInputs work(List<PlannedInput> inputs, Optional<String> counts) {
        return new TaskInputs("topNtask0", inputs, "topNtask0.manifest", counts, OUTPUT);
    }

    private static PlannedInput input(int number, String output) {
        return new PlannedInput(
                new InputFile(Path.of("/x/file-" + number), "file-" + number, 1),
                "object-" + number,
                "in-" + number + ".txt",
                output,
                output);
    }
}
