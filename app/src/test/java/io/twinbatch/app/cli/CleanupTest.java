package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinbatch.api.cleanup.Leftover;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.report.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanupTest {
    private static final RunId OLD = new RunId("20261122-070000-aaaa");
    private static final RunId YOUNG = new RunId("20261122-095500-bbbb");
    private static final RunOwner BOB = new RunOwner("bob@desk");

    @TempDir
    private Path folder;

    private AppFixture app;
    private Instant now;

    @BeforeEach
    void leaveThings() throws IOException {
        app = new AppFixture(folder);
        now = app.clock.instant();
        Files.createDirectory(folder.resolve("state"));
        Duration hours = Duration.ofHours(3);
        leave(Resource.JOB, OLD, BOB, hours, Optional.of(now.minusSeconds(3600)), 0);
        leave(Resource.POOL, OLD, BOB, hours, Optional.of(now.minusSeconds(3600)), 2);
        leave(Resource.POOL, YOUNG, AppFixture.OWNER, Duration.ofMinutes(5), Optional.of(now.plusSeconds(4500)), 3);
        leave(Resource.CONTAINER, YOUNG, AppFixture.OWNER, Duration.ofMinutes(5), Optional.empty(), 0);
    }

    private void leave(Resource kind, RunId run, RunOwner owner, Duration age, Optional<Instant> lease, int nodes) {
        RunTags tags = new RunTags(run, Optional.of(owner), lease);
        app.session.left.add(new Leftover(kind, kind.label() + "-" + run, tags, now.minus(age), nodes, false));
    }

    private List<String> left() {
        return app.session.left.stream().map(Leftover::id).toList();
    }

    @Test
    void withoutATerminalWhatIsLeftIsListedAndNothingDeleted() {
        assertThat(app.run("cleanup")).isEqualTo(ExitCode.DONE);
        assertThat(app.out().lines())
                .containsExactly(
                        "Run 20261122-070000-aaaa of bob@desk, 3 h ago",
                        "  * job        job-20261122-070000-aaaa   lease ended 1 h ago",
                        "  * pool       pool-20261122-070000-aaaa  2 nodes, lease ended 1 h ago",
                        "Run 20261122-095500-bbbb of ada@laptop, 5 min ago",
                        "    pool       pool-20261122-095500-bbbb       3 nodes, lease ends in 1 h 15 min",
                        "    container  container-20261122-095500-bbbb  kept",
                        "2 pools with 5 nodes in all.");
        assertThat(app.err()).contains("Nothing is deleted, because there is no terminal to ask on; add --yes");
        assertThat(left()).hasSize(4);
        assertThat(app.session.closed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 120})
    void theListFitsTheWindow(int columns) {
        app.terminal = new Terminal(true, true, true, true, false, () -> columns);

        app.run("cleanup", "--dry-run");

        assertThat(app.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        assertThat(app.out().replaceAll("\\s+", " "))
                .contains("* pool pool-20261122-070000-aaaa 2 nodes, lease ended 1 h ago");
    }

    @Test
    void onATerminalTheUserDecides() {
        app.terminal = new Terminal(true, true, true, () -> 80);
        app.answers = "\n";
        assertThat(app.run("cleanup")).isEqualTo(ExitCode.DONE);
        assertThat(app.err()).contains("Delete the 2 things marked with *? [y/N]");
        assertThat(left()).hasSize(4);

        app.answers = "y\n";
        assertThat(app.run("cleanup")).isEqualTo(ExitCode.DONE);
        assertThat(app.err())
                .contains("Deleted job [job-20261122-070000-aaaa].", "Deleted pool [pool-20261122-070000-aaaa].");
        assertThat(left()).hasSize(2);
    }

    @Test
    void yesDeletesWhatIsPastItsLease() {
        assertThat(app.run("cleanup", "--yes")).isEqualTo(ExitCode.DONE);
        assertThat(left()).containsExactly("pool-20261122-095500-bbbb", "container-20261122-095500-bbbb");
    }

    @Test
    void aRunIsDeletedWhateverItsLease() {
        assertThat(app.run("cleanup", "-y", "--run", YOUNG.value())).isEqualTo(ExitCode.DONE);
        assertThat(left()).containsExactly("job-20261122-070000-aaaa", "pool-20261122-070000-aaaa");
    }

    @Test
    void allIsWhatThisUserHasLeft() {
        assertThat(app.run("cleanup", "-y", "--all", "--older-than=1h")).isEqualTo(ExitCode.DONE);
        assertThat(left()).hasSize(4);
        assertThat(app.run("cleanup", "-y", "--all")).isEqualTo(ExitCode.DONE);
        assertThat(left()).containsExactly("job-20261122-070000-aaaa", "pool-20261122-070000-aaaa");
    }

    @Test
    void aDryRunDeletesNothingEvenWithYes() {
        assertThat(app.run("cleanup", "--dry-run", "--yes")).isEqualTo(ExitCode.DONE);
        assertThat(app.err()).contains("Nothing is deleted (--dry-run)");
        assertThat(left()).hasSize(4);
    }

    @Test
    void whatCannotBeDeletedIsSaidAndStopsNothingElse() {
        app.session.thrown = Optional.of(new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down"));
        assertThat(app.run("cleanup", "--yes")).isEqualTo(ExitCode.PROVIDER);
        assertThat(app.err().lines().filter(line -> line.contains("service: it is down")))
                .hasSize(2);
    }

    @Test
    void whereNothingIsLeftThatIsSaid() {
        app.session.left.clear();
        assertThat(app.run("cleanup")).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).isEqualTo("There are no leftovers of earlier runs.\n");
    }

    @Test
    void aRunThatHasLeftNothingIsNamed() {
        assertThat(app.run("cleanup", "--yes", "--run", "20261122-000000-none")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err())
                .isEqualTo("twinbatch: there is nothing of run 20261122-000000-none: no job, pool or container is"
                        + " marked with that id; app/app cleanup --backend=local --dry-run lists what there is\n");
        assertThat(app.out()).isEmpty();
        assertThat(left()).hasSize(4);
        assertThat(app.run("cleanup", "--state-dir", "none", "--run", OLD.value()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("there is nothing of run 20261122-070000-aaaa");
        assertThat(app.out()).isEmpty();
    }

    @Test
    void anUnknownRunIsAnErrorInJsonToo() throws Exception {
        assertThat(app.run("cleanup", "--json", "--yes", "--run", "20261122-000000-none"))
                .isEqualTo(ExitCode.USAGE);
        JsonNode document = JsonMapper.builder().build().readTree(app.out());
        assertThat(document.at("/exitCode").asInt()).isEqualTo(2);
        assertThat(document.at("/status").asText()).isEqualTo("error");
        assertThat(document.at("/error/code").asText()).isEqualTo("USAGE");
        assertThat(document.at("/error/message").asText()).contains("there is nothing of run 20261122-000000-none");
    }

    @Test
    void aStateFolderThatIsNotThereIsNotMade() {
        assertThat(app.run("cleanup", "--state-dir", "none")).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).isEqualTo("There are no leftovers of earlier runs.\n");
        assertThat(app.started).isEmpty();
    }

    @Test
    void theJsonDocumentSaysWhatWasLeftAndWhatBecameOfIt() throws IOException {
        assertThat(app.run("cleanup", "--json", "--yes")).isEqualTo(ExitCode.DONE);
        JsonNode document = JsonMapper.builder().build().readTree(app.out());
        assertThat(document.at("/command").asText()).isEqualTo("cleanup");
        assertThat(document.at("/status").asText()).isEqualTo("done");
        assertThat(document.at("/leftovers")).hasSize(4);
        JsonNode pool = document.at("/leftovers/1");
        assertThat(pool.at("/run").asText()).isEqualTo(OLD.value());
        assertThat(pool.at("/owner").asText()).isEqualTo("bob@desk");
        assertThat(pool.at("/resource").asText()).isEqualTo("pool");
        assertThat(pool.at("/nodes").asInt()).isEqualTo(2);
        assertThat(pool.at("/lease").asText()).isEqualTo("past");
        assertThat(pool.at("/leaseEnds").asText()).isEqualTo("2026-11-22T09:00:00Z");
        assertThat(pool.at("/status").asText()).isEqualTo("deleted");
        assertThat(document.at("/leftovers/3/lease").asText()).isEqualTo("none");
        assertThat(document.at("/leftovers/3/status").asText()).isEqualTo("left");
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertThat(app.run("cleanup", "--all", "--run", OLD.value())).isEqualTo(ExitCode.USAGE);
        assertThat(app.run("cleanup", "--run", "Not A Run")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--run: the id of a run");
        assertThat(app.run("cleanup", "--older-than=x")).isEqualTo(ExitCode.USAGE);
        assertThat(app.started).isEmpty();
    }

    @Test
    void theHelpTellsWhatALeaseIs() {
        assertThat(app.run("cleanup", "--help")).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).contains("--older-than", "lease", "Exit codes");
    }
}
