package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.workflow.model.InputGrouping;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.option.OptionGroups;
import io.twinbatch.app.option.OptionReader;
import io.twinbatch.app.option.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

class OptionsTest {
    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        app.make("a.txt", "a");
    }

    @Test
    void withoutOptionsTheDefaultsHold() {
        assertThat(app.run("a.txt")).isEqualTo(ExitCode.DONE);
        RunRequest request = request();
        assertThat(request.pool().nodes()).isEqualTo(1);
        assertThat(request.pool().slotsPerNode()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(request.limits()).isEqualTo(RunRequest.Limits.DEFAULT);
        assertThat(request.grouping()).isEqualTo(new InputGrouping.Auto());
        assertThat(request.wantTotal() || request.force() || request.keepJob() || request.keepPool())
                .isFalse();
        assertThat(app.session.plans.get(0).tasks().get(0).command().commandLine())
                .contains("--numwords 3 ");
        assertThat(app.started.get(0).stateDir()).isEqualTo(app.folders.state());
    }

    @Test
    void everyOptionReachesTheRequest() {
        assertThat(app.run(
                        "run",
                        "--backend=local",
                        "-n",
                        "7",
                        "--nodes=2",
                        "--slots",
                        "5",
                        "--pool-id=p",
                        "--job-id=j",
                        "--output-dir=out",
                        "--state-dir=st",
                        "--timeout=90s",
                        "--task-timeout=1m",
                        "--retries=2",
                        "--keep-job",
                        "--keep-pool",
                        "--yes",
                        "--force",
                        "--total",
                        "--files-per-task=4",
                        "--azurite=npm",
                        "--azurite-port=4000",
                        "a.txt"))
                .isEqualTo(ExitCode.DONE);
        RunRequest request = request();
        assertThat(request.pool().id())
                .hasValueSatisfying(id -> assertThat(id.value()).isEqualTo("p"));
        assertThat(request.jobId())
                .hasValueSatisfying(id -> assertThat(id.value()).isEqualTo("j"));
        assertThat(request.pool().nodes()).isEqualTo(2);
        assertThat(request.pool().slotsPerNode()).isEqualTo(5);
        assertThat(request.outputFolder()).isEqualTo(folder.resolve("out"));
        assertThat(request.limits().timeLimit()).isEqualTo(Duration.ofSeconds(90));
        assertThat(request.limits().taskTimeLimit()).contains(Duration.ofMinutes(1));
        assertThat(request.limits().maxRetries()).isEqualTo(2);
        assertThat(request.grouping()).isEqualTo(new InputGrouping.Fixed(4));
        assertThat(List.of(request.keepJob(), request.keepPool(), request.force(), request.wantTotal()))
                .containsOnly(true);
        assertThat(app.started.get(0).stateDir()).isEqualTo(folder.resolve("st"));
        assertThat(app.started.get(0).azurite()).asString().isEqualTo("npm");
        assertThat(app.started.get(0).azuritePort()).contains(4000);
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
        app.make("config/config.properties", "nodes=2\nslots=2\nretries=2\n");
        app.environment.put("TWINBATCH_NODES", "3");
        app.environment.put("TWINBATCH_SLOTS", "3");
        app.run("--nodes=4", "a.txt");
        assertThat(request().pool().nodes()).isEqualTo(4);
        assertThat(request().pool().slotsPerNode()).isEqualTo(3);
        assertThat(request().limits().maxRetries()).isEqualTo(2);
    }

    @Test
    void flagsCanBeSetElsewhereAndSwitchedOffOnTheCommandLine() throws IOException {
        Path file = app.make("my.properties", "total=true\nkeep-job = yes\n");
        app.environment.put("TWINBATCH_KEEP_POOL", "1");
        app.run("--config", file.toString(), "--total", "--no-keep-pool", "a.txt");
        assertThat(request().wantTotal()).isTrue();
        assertThat(request().keepJob()).isTrue();
        assertThat(request().keepPool()).isFalse();
    }

    @Test
    void aValueFromTheFileIsTakenLiterally() throws IOException {
        app.make("config/config.properties", "output-dir=${sys:user.home}\n");
        app.run("a.txt");
        assertThat(request().outputFolder()).isEqualTo(folder.resolve("${sys:user.home}"));
    }

    @Test
    void anUnknownKeyInTheFileIsNamedWithTheFile() throws IOException {
        Path file = app.make("config/config.properties", "node=2\n");
        refuses("twinbatch: configuration file " + file + ": there is no option 'node'", "a.txt");
    }

    @Test
    void aConfigurationFileThatIsNamedHasToBeThere() {
        refuses("twinbatch: configuration file gone.properties: no such file", "--config=gone.properties", "a.txt");
    }

    @Test
    void aWrongValueSaysWhereItCameFrom() throws IOException {
        app.environment.put("TWINBATCH_TIMEOUT", "soon");
        refuses("not 'soon' (from the environment variable TWINBATCH_TIMEOUT)", "a.txt");
        app.environment.put("TWINBATCH_TIMEOUT", "20m");
        Path file = app.make("config/config.properties", "force=perhaps\n");
        refuses("--force: true or false, not 'perhaps' (from 'force' in the configuration file " + file + ")", "a.txt");
    }

    @Test
    void aWrongValueElsewhereDoesNotMatterWhenTheCommandLineHasItsOwn() {
        app.environment.put("TWINBATCH_NODES", "many");
        assertThat(app.run("--nodes=2", "a.txt")).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @CsvSource({
        "-n0, --num-words: a whole number of at least 1",
        "--num-words=-3, --num-words: a whole number of at least 1",
        "--nodes=x, --nodes: a whole number from 1 to 1000",
        "--slots=257, --slots: a whole number from 1 to 256",
        "--retries=1.5, --retries: a whole number from 0 to 100",
        "--azurite-port=65536, --azurite-port: a whole number from 1 to 65535",
        "--timeout=20, --timeout: a duration is more than zero",
        "--files-per-task=few, '--files-per-task: auto, or a whole number'",
        "--pool-id=a b, '--pool-id: 1 to 64 letters, digits, dashes and underscores'",
        "--backend=gcp, '--backend: local or azure'",
        "--azurite=podman, '--azurite: auto, docker, npm'",
        "--nodes, --nodes needs a value (K): Number of nodes",
        "--node=2, unknown option --node (did you mean --nodes?); app/app --help lists the options",
        "--nodez, unknown option --nodez (did you mean --nodes?)",
        "--outputdir=x, unknown option --outputdir (did you mean --output-dir?)",
        "--no-keepjob, unknown option --no-keepjob (did you mean --no-keep-job?)",
        "--bakend=local, unknown option --bakend (did you mean --backend?)",
        "--xyzzy=secret, unknown option --xyzzy; app/app --help lists the options",
        "-z, unknown option -z; app/app --help lists the options",
        "--timeout=7d, a time limit is at most 6 days"
    })
    void aWrongOptionIsOneLineAndExitCodeTwo(String option, String message) {
        refuses(message, option);
    }

    @Test
    void anUnknownOptionOfACommandNamesThatCommandsOptions() {
        assertThat(app.run("status", "--bakend=local")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err())
                .contains("unknown option --bakend (did you mean --backend?); app/app status --help lists the options");
    }

    @ParameterizedTest
    @CsvSource({"statsu, status", "runn, run", "docter, doctor", "clean, cleanup", "log, logs"})
    void aWordThatResemblesACommandAndIsNoFileNamesTheCommand(String word, String command) {
        refuses("'" + word + "' is neither a command nor a file; did you mean the command '" + command + "'?", word);
    }

    @Test
    void aFileWhoseNameResemblesACommandIsAnInput() throws IOException {
        app.make("statsu", "text");
        assertThat(app.run("statsu")).isEqualTo(ExitCode.DONE);
        assertThat(app.session.plans.get(0).inputs()).hasSize(1);
    }

    @Test
    void anInputThatResemblesNoCommandIsMissing() {
        refuses("input novel: no such file or folder", "novel");
    }

    @ParameterizedTest
    @CsvSource({
        "--state-dir X logs JOB, app/app logs --state-dir X JOB",
        "--state-dir X logs JOB topNtask0 --stderr, app/app logs --state-dir X JOB topNtask0 --stderr",
        "--backend=azure status, app/app status --backend=azure",
        "--state-dir X status --help, app/app status --state-dir X --help",
        "--nodes=2 run a.txt, app/app run --nodes=2 a.txt",
        "--output-dir=x cleanup, app/app cleanup --output-dir=x"
    })
    void aCommandAfterItsOptionsIsNotTakenForAnInput(String words, String right) {
        refuses("is a command, and a command comes before its options: " + right, words.split(" "));
    }

    @Test
    void aCommandAfterItsOptionsIsQuotedForTheShell() {
        refuses("options: app/app status --state-dir 'my state'", "--state-dir", "my state", "status");
    }

    @Test
    void aCommandAfterTwoDashesIsAnInput() {
        refuses("input cleanup: no such file", "--output-dir=z", "--", "cleanup");
    }

    @Test
    void aWordThatIsTheValueOfAnOptionOrAFileIsNoCommand() throws IOException {
        app.make("a.txt", "a");
        assertThat(app.run("--output-dir", "status", "a.txt")).as(app.err()).isEqualTo(ExitCode.DONE);
        app.make("logs", "a");
        assertThat(app.run("--output-dir=y", "logs")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void wordsAfterTwoDashesAreInputs() throws IOException {
        app.make("-n", "text");
        app.make("--total", "text");
        assertThat(app.run("--", "-n", "--total")).isEqualTo(ExitCode.DONE);
        assertThat(app.session.plans.get(0).inputs()).hasSize(2);
    }

    @Test
    void filesMayBeCalledLikeCommandsAndLists() throws IOException {
        app.make("run", "text");
        app.make("doctor", "text");
        app.make("@list", "text");
        assertThat(app.run("./run", "doctor", "@list")).isEqualTo(ExitCode.DONE);
        assertThat(app.run("run", "doctor", "run")).isEqualTo(ExitCode.DONE);
        assertThat(app.session.plans.get(1).inputs()).hasSize(2);
    }

    @Test
    void theHelpListsEveryOptionUnderAHeadingWithItsDefault() {
        assertThat(app.run("--help", "--all")).isEqualTo(ExitCode.DONE);
        List<OptionSpec> options =
                OptionReader.parser(new RunOptions()).getCommandSpec().options();
        assertThat(OptionGroups.ungrouped(options)).isEmpty();
        String help = app.out();
        assertThat(options)
                .allSatisfy(option -> assertThat(help)
                        .contains(option.negatable() ? option.longestName().substring(2) : option.longestName()));
        assertThat(help).contains("Default: 20m", "Examples", "Exit codes", "130", "~/.config/twinbatch");
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(app.err()).isEmpty();
    }

    @Test
    void theFirstPageOfTheHelpFitsATerminal() {
        assertThat(app.run("--help")).isEqualTo(ExitCode.DONE);
        assertThat(app.out().lines())
                .hasSizeLessThanOrEqualTo(40)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(app.out()).contains("--output-dir", "--skip-existing", "resume", "--help --all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resume",
                "rerun",
                "wait",
                "status",
                "logs",
                "cancel",
                "cleanup",
                "doctor",
                "emulator",
                "install",
                "completion"
            })
    void theHelpOfACommandNamesItAndFits(String command) {
        assertThat(app.run(command, "--help")).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).startsWith("Usage: app/app " + command + " ");
        assertThat(app.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theHelpShowsNoValueFromTheEnvironment() {
        app.environment.put("TWINBATCH_AZURITE", "AccountName=a;AccountKey=c2VjcmV0");
        app.run("--help");
        assertThat(app.out()).doesNotContain("c2VjcmV0");
    }

    @Test
    void theVersionComesFromTheBuild() {
        assertThat(app.run("--version")).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).matches("Twinbatch \\d+\\.\\d+\\S* \\(build \\d{4}-.*, Java .*\\)\\R");
    }

    private RunRequest request() {
        return app.session.plans.get(app.session.plans.size() - 1).request();
    }

    private void refuses(String message, String... arguments) {
        assertThat(app.run(arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(app.err().lines().filter(line -> line.startsWith("twinbatch: ")))
                .singleElement()
                .asString()
                .contains(message);
        assertThat(app.out()).isEmpty();
        assertThat(app.session.plans).isEmpty();
    }
}
