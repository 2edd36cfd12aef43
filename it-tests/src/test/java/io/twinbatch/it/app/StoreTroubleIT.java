package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.it.app.CuttingProxy.Fate;
import io.twinbatch.local.azurite.Azurite;
import io.twinbatch.local.azurite.AzuriteConfig;
import io.twinbatch.local.azurite.AzuriteLauncher;
import io.twinbatch.local.azurite.AzuriteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The object store dies, or cannot be reached for a while: results are whole, or not there. */
class StoreTroubleIT extends AppTest {
    private static final int WORDS = 20_000;
    private static final String RESULT = "big_OUTPUT.txt";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Azurite azurite;
    private CuttingProxy proxy;

    /** Before the bench is looked at: the store is none that a run has left behind. */
    @AfterEach
    void stopStore() {
        if (proxy != null) {
            proxy.close();
        }
        if (azurite != null) {
            azurite.close();
        }
    }

    private void storeBehindProxy(CuttingProxy.Decision decision) throws IOException {
        Path data = bench().folder().resolve("store");
        azurite = new AzuriteLauncher()
                .start(
                        AzuriteConfig.of(AzuriteSource.NPM, data, Path.of("target", "azurite-cache")),
                        System.err::println);
        proxy = CuttingProxy.before(azurite.blobConfig().endpoint(), decision);
        String direct = azurite.blobConfig().endpoint().getRawAuthority();
        // Not on the command line: it holds the account's key.
        bench().setEnvironment(
                        "TWINBATCH_AZURITE",
                        azurite.blobConfig().connectionString().replace(direct, proxy.authority()));
        String text = IntStream.range(0, WORDS).mapToObj(StoreTroubleIT::word).collect(Collectors.joining(" "));
        bench().write("big.txt", text);
    }

    /** Words of letters alone, each another one. */
    private static String word(int number) {
        return "w"
                + Integer.toString(number, 26)
                        .chars()
                        .mapToObj(c -> String.valueOf((char) (c <= '9' ? 'a' + (c - '0') : c + 10)))
                        .collect(Collectors.joining());
    }

    private AppRun run() {
        return bench().start(List.of(
                "run",
                "--state-dir",
                bench().stateDir().toString(),
                "-n",
                Integer.toString(WORDS),
                "--output-dir=results",
                "big.txt"));
    }

    private Path results() {
        return bench().work().resolve("results");
    }

    @Test
    void connectionsThatBreakInTheMiddleOfEveryFileCostTimeAndNothingElse() throws IOException {
        storeBehindProxy((request, times) -> times == 0 ? Fate.IS_CUT : Fate.PASSES);

        run().endsWith(0);

        String expected = IntStream.range(0, WORDS)
                .mapToObj(number -> word(number) + ":\t1")
                .sorted()
                .collect(Collectors.joining("\n"));
        assertThat(Files.readAllLines(results().resolve(RESULT)).stream()
                        .filter(line -> line.endsWith("\t1"))
                        .sorted()
                        .collect(Collectors.joining("\n")))
                .isEqualTo(expected);
        assertThat(proxy.broken())
                .as("the program and the input on their way up and down, and the result as well")
                .anyMatch(request -> request.matches("PUT .*/application-.*"))
                .anyMatch(request -> request.matches("GET .*/application-.*"))
                .anyMatch(request -> request.matches("PUT .*/input-.*"))
                .anyMatch(request -> request.matches("GET .*/input-.*"))
                .anyMatch(request -> request.matches("PUT .*/output-.*"))
                .anyMatch(request -> request.matches("GET .*/output-.*"));
    }

    @Tag("long")
    @Test
    void aResultThatNeverComesWholeIsNotThere() throws IOException {
        storeBehindProxy((request, times) -> isDownloadOfResult(request) ? Fate.IS_CUT : Fate.PASSES);

        AppRun run = run();

        assertThat(run.exitCode()).as("%s", run).isIn(1, 3);
        assertThat(run.err()).contains("twinbatch: no result for big.txt");
        assertThat(Workbench.below(results())).allMatch(file -> Workbench.isReport(file) || file.startsWith("logs"));
    }

    @Tag("long")
    @Test
    void aRunThatIsKilledWhileAResultComesLeavesNoHalfResult() throws IOException {
        storeBehindProxy((request, times) -> isDownloadOfResult(request) ? Fate.STALLS : Fate.PASSES);
        AppRun killed = run();
        Deadline.await(
                LIMIT,
                () -> "the download is in its middle: " + killed,
                () -> proxy.broken().stream().anyMatch(StoreTroubleIT::isDownloadOfResult));

        killed.kill();

        assertThat(Workbench.below(results()))
                .allMatch(path -> path.toString().startsWith(".twinbatch-") || Workbench.isReport(path));
        proxy.decide((request, times) -> Fate.PASSES);
        run().endsWith(0);
        assertThat(results().resolve(RESULT)).isRegularFile();
    }

    private static boolean isDownloadOfResult(String request) {
        return request.matches("GET .*/output-.*/big_OUTPUT\\.txt");
    }

    @Test
    void aRunOutlivesTheDeathOfItsStore() throws IOException {
        HeldTasks held = HeldTasks.on(bench());
        bench().write("a.txt", "a and a");
        AppRun run = bench().run("--job-id", HeldTasks.JOB, "--output-dir=results", "a.txt");
        held.awaitBegin(run);
        ProcessTable.Entry store = bench().processes().now().stream()
                .filter(process -> process.commandLine().contains("launcher.js"))
                .findFirst()
                .orElseThrow();
        assertThat(ProcessHandle.of(store.pid()).orElseThrow().destroyForcibly())
                .isTrue();
        run.untilItSays("Azurite has ended by itself; starting it again");
        held.release();

        run.endsWith(0);
        assertThat(ResultFile.words(results().resolve("a_OUTPUT.txt"))).isEqualTo("a:\t2\nand:\t1\n");
    }

    @Test
    void whatTheStoreHasLostIsMadeAgain() throws IOException {
        HeldTasks held = HeldTasks.on(bench());
        storeBehindProxy((request, times) -> Fate.PASSES);
        bench().write("a.txt", "a and a");
        bench().write("b.txt", "b and b");
        AppRun run = bench().start(List.of(
                "run",
                "--state-dir",
                bench().stateDir().toString(),
                "--slots=2",
                "--total",
                "--job-id",
                HeldTasks.JOB,
                "--output-dir=results",
                "a.txt",
                "b.txt"));
        held.awaitBegin(run);
        ObjectStore store = new BlobObjectStore(azurite.blobConfig());
        ContainerName output = container(store, "output-");
        ObjectKey manifest = new ObjectKey(output, "topNtask1.manifest");
        Deadline.await(
                LIMIT,
                () -> "the other task has ended",
                () -> store.head(manifest).isPresent());

        for (String lost : List.of("b_OUTPUT.txt", "topNtask1.counts", "topNtask1.manifest")) {
            assertThat(store.delete(new ObjectKey(output, lost))).as(lost).isTrue();
        }
        assertThat(store.delete(new ObjectKey(container(store, "input-"), "b.txt")))
                .isTrue();
        held.release();

        run.endsWith(0);
        assertThat(run.err())
                .contains("has been lost from the object store: running the missing tasks again")
                .contains("A new job replaces job [held]; 1 of 2 tasks are done already.");
        assertThat(ResultFile.words(results().resolve("a_OUTPUT.txt"))).isEqualTo("a:\t2\nand:\t1\n");
        assertThat(ResultFile.words(results().resolve("b_OUTPUT.txt"))).isEqualTo("b:\t2\nand:\t1\n");
        assertThat(ResultFile.words(results().resolve("TOTAL_OUTPUT.txt"))).contains("and:\t2\n");
    }

    @Tag("long")
    @Test
    void aKilledRunGoesOnThoughItsStoreHasLostEverything() throws IOException {
        HeldTasks held = HeldTasks.on(bench());
        storeBehindProxy((request, times) -> Fate.PASSES);
        bench().write("a.txt", "a and a");
        AppRun killed = bench().start(List.of(
                "run",
                "--state-dir",
                bench().stateDir().toString(),
                "--job-id",
                HeldTasks.JOB,
                "--output-dir=results",
                "a.txt"));
        held.awaitBegin(killed);
        killed.kill();
        ObjectStore store = new BlobObjectStore(azurite.blobConfig());
        for (String prefix : List.of("application-", "input-", "output-")) {
            assertThat(store.deleteContainer(container(store, prefix)))
                    .as(prefix)
                    .isTrue();
        }
        held.release();

        AppRun resumed = bench().start(
                        List.of("resume", "--state-dir", bench().stateDir().toString(), HeldTasks.JOB))
                .endsWith(0);

        assertThat(resumed.err()).contains("A new job replaces job [held]");
        assertThat(ResultFile.words(results().resolve("a_OUTPUT.txt"))).isEqualTo("a:\t2\nand:\t1\n");
        try (Stream<ContainerInfo> left = store.listContainers("")) {
            assertThat(left).isEmpty();
        }
    }

    private static ContainerName container(ObjectStore store, String prefix) {
        try (Stream<ContainerInfo> found = store.listContainers(prefix)) {
            return found.map(ContainerInfo::name).findFirst().orElseThrow();
        }
    }
}
