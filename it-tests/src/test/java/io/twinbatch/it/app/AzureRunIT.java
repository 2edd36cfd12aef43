package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.batch.protocol.models.CloudTask;
import io.twinbatch.it.emulator.OfficialClient;
import io.twinbatch.it.emulator.RunningEmulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole workflow with {@code --backend=azure}, in front of the emulator. */
class AzureRunIT extends AppTest {
    private static final String NOTHING_LEFT = "There are no leftovers of earlier runs.\n";

    private RunningEmulator emulator;
    private HeldTasks held;

    @BeforeEach
    void startEmulator() {
        held = HeldTasks.on(bench());
        Path folder = bench().folder().resolve("emulator");
        emulator = RunningEmulator.start(folder, bench().environment());
        bench().useStateDir(RunningEmulator.stateDir(folder));
        emulator.environment().forEach(bench()::setEnvironment);
    }

    /** Before the bench is looked at: the emulator is not a process that a run has left behind. */
    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    private AppRun azure(String command, String... options) {
        List<String> words = new ArrayList<>(List.of(command, "--backend=azure"));
        words.addAll(List.of(options));
        return bench().start(words);
    }

    @Test
    void theSamplesAreCountedAsOnThisMachineAndNothingStays() {
        AppRun cloud = azure("run", "--json", "--total", "-n", "5", "--output-dir=cloud")
                .endsWith(0);
        Path state = bench().folder().resolve("local-state");
        AppRun laptop = bench().start(List.of(
                        "run",
                        "--state-dir",
                        state.toString(),
                        "--azurite=npm",
                        "--json",
                        "--total",
                        "-n",
                        "5",
                        "--output-dir=laptop"))
                .endsWith(0);

        assertThat(words(cloud)).hasSize(4).isEqualTo(words(laptop));
        assertThat(cloud.err()).contains("standard_d2s_v5").contains("Deleted pool [");
        assertThat(azure("cleanup", "--all").endsWith(0).out()).isEqualTo(NOTHING_LEFT);
        assertThat(bench().onNodes()).isEmpty();
    }

    private static List<JsonNode> words(AppRun run) {
        List<JsonNode> all = new ArrayList<>();
        run.json().path("inputs").forEach(input -> all.add(input.path("words")));
        all.add(run.json().path("total").path("words"));
        return all;
    }

    @Tag("long")
    @Test
    void aRunThatIsInterruptedDeletesWhatItHasCreated() {
        AppRun run = heldRun();

        run.signal("INT");

        assertThat(run.endsWith(130).err()).contains("Deleted pool [");
        assertThat(azure("cleanup", "--all").endsWith(0).out()).isEqualTo(NOTHING_LEFT);
    }

    @Tag("long")
    @Test
    void whatAKilledRunHasLeftIsFoundByWhoeverHasTheSameAccount() {
        heldRun().kill();

        AppRun list = azure("cleanup", "--all").endsWith(0);
        assertThat(list.out()).containsPattern("pool +pool-\\S+").contains("job", "container");

        AppRun deletion = azure("cleanup", "--all", "--yes").endsWith(0);
        assertThat(deletion.err()).contains("Deleted pool [", "Deleted job [held].");
        assertThat(azure("cleanup", "--all").endsWith(0).out()).isEqualTo(NOTHING_LEFT);
    }

    @Test
    void nodesReachTheStorageAccountByTheirIdentity() throws Exception {
        String identity =
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/nodes";
        bench().setEnvironment("TWINBATCH_AZURE_NODE_IDENTITY", identity);
        bench().write("a.txt", "one two three\n");

        azure("run", "--command=wc -w < {}", "--keep-job", "--job-id=by-identity", "--output-dir=out", "a.txt")
                .endsWith(0);

        assertThat(FolderContents.of(bench().work().resolve("out"))).containsValue("3\n");
        for (CloudTask task :
                new OfficialClient(emulator).batch().taskOperations().listTasks("by-identity")) {
            assertThat(task.resourceFiles()).isNotEmpty().allSatisfy(file -> {
                assertThat(file.httpUrl()).doesNotContain("?");
                assertThat(file.identityReference().resourceId()).isEqualTo(identity);
            });
            assertThat(task.outputFiles())
                    .isNotEmpty()
                    .allSatisfy(
                            file -> assertThat(file.destination().container().containerUrl())
                                    .doesNotContain("?"));
        }
    }

    private AppRun heldRun() {
        bench().write("a.txt", "a and a");
        bench().write("b.txt", "b and b");
        AppRun run = azure("run", "--job-id", HeldTasks.JOB, "--output-dir=results", "a.txt", "b.txt");
        held.awaitBegin(run);
        return run;
    }

    @Test
    void theDoctorSaysThatTheAccountsCanBeReached() {
        AppRun doctor = azure("doctor").endsWith(0);

        assertThat(doctor.out()).contains(emulator.account());
    }

    @Test
    void aWrongKeyIsSaidBeforeAnythingIsCreated() {
        bench().setEnvironment("AZURE_BATCH_ACCESS_KEY", "d3JvbmcgYnV0IHdlbGwtZm9ybWVk");

        AppRun run = azure("run", "--output-dir=results");

        assertThat(run.endsWith(3).err())
                .contains("AuthenticationFailed", "AZURE_BATCH_ACCESS_KEY", "nothing was created")
                .doesNotContain("Container [");
    }
}
