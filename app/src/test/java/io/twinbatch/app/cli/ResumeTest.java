package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.app.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going on with runs, and leaving out what is done. */
class ResumeTest {
    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        app.make("a.txt", "a");
        Files.createDirectory(folder.resolve("state"));
    }

    /** Leaves the record of a run, as its owner's client would. */
    private RunPlan leaveRecord(RunOwner owner, String... arguments) {
        app.run(arguments);
        RunPlan plan = app.session.plans.get(0);
        RunRequest request = plan.request();
        RunRecord.Asked asked = new RunRecord.Asked(
                request.outputFolder().toString(),
                request.force(),
                request.pool(),
                request.jobId(),
                request.limits(),
                request.keepJob(),
                request.keepPool(),
                request.keepLogs(),
                Optional.of(owner),
                request.notes());
        app.session.records.add(new RunRecord(
                plan.id(), plan.job().id(), asked, plan.tasks(), plan.total(), Map.of(), List.of(), Set.of()));
        return plan;
    }

    @Test
    void aRunIsResumedWithTheOptionsThatItBeganWith() throws IOException {
        RunPlan plan = leaveRecord(AppFixture.OWNER, "-n", "7", "--output-dir=out", "a.txt");

        assertThat(app.run("resume", "--json", plan.job().id().value())).isEqualTo(ExitCode.DONE);

        JsonNode document = JsonMapper.builder().build().readTree(app.out());
        assertThat(document.path("command").textValue()).isEqualTo("resume");
        assertThat(document.path("run").path("id").textValue())
                .isEqualTo(plan.id().value());
        assertThat(document.path("run").path("numWords").intValue()).isEqualTo(7);
        assertThat(document.path("run").path("outputDir").textValue()).endsWith("/out");
        assertThat(app.err()).contains("Run " + plan.id() + " on the local backend, resumed ", "results in out");
        assertThat(app.session.closed).isTrue();
    }

    @Test
    void theFolderOfAnotherMachineIsNotUsedHere() {
        RunPlan plan = leaveRecord(new RunOwner("ada@desk"), "--output-dir=out", "a.txt");

        assertThat(app.run("resume", plan.id().value())).isEqualTo(ExitCode.DONE);
        assertThat(app.err()).contains("results in twinbatch-output/" + plan.id());

        assertThat(app.run("resume", plan.id().value(), "--output-dir=here")).isEqualTo(ExitCode.DONE);
        assertThat(app.err()).contains("results in here.");
    }

    @Test
    void whatCannotBeResumedIsWrongUsage() {
        assertThat(app.run("resume", "nightly")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err())
                .contains(
                        "twinbatch: run nightly: there is nothing to resume",
                        "app/app cleanup --backend=local --dry-run lists its leftovers");
        assertThat(app.session.closed).isTrue();

        assertThat(app.run("resume")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("JOB");
        assertThat(app.run("resume", "one", "two")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withoutAStateFolderNothingIsStarted() throws IOException {
        Files.delete(folder.resolve("state"));

        assertThat(app.run("resume", "nightly")).isEqualTo(ExitCode.USAGE);
        assertThat(app.settingsUsed).isEmpty();
    }

    @Test
    void aProviderThatFailsWhileARunIsResumedIsTheProvidersFault() {
        RunPlan plan = leaveRecord(AppFixture.OWNER, "--output-dir=out", "a.txt");
        app.session.thrown = Optional.of(new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down"));

        assertThat(app.run("resume", plan.id().value())).isEqualTo(ExitCode.PROVIDER);
    }

    @Test
    void skippingNeedsAFolder() {
        assertThat(app.run("--skip-existing", "a.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--output-dir");
        assertThat(app.settingsUsed).isEmpty();
    }
}
