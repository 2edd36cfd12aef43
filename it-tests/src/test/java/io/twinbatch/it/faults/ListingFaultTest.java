package io.twinbatch.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.it.wire.WireReply;
import io.twinbatch.it.wire.WireReply.Delivery;
import io.twinbatch.it.wire.WireServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists are told whole and once, and files to their end, whatever happens on the way. */
class ListingFaultTest {
    private static final String FILE = "/jobs/job/tasks/t0/files/stdout.txt";
    private static final TaskKey TASK = new TaskKey(Bench.JOB, "t0");

    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        bench = Bench.start();
        bench.service().account().withPages(1).job("job").with(List.copyOf(Bench.ids(Bench.tasks(30))));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void listsInPagesOfOneAreTold() {
        bench.service().account().withPool("a").withPool("b").withPool("c").job("other");

        assertThat(bench.jobs()
                        .tasks(Bench.JOB, TaskFilter.ALL)
                        .map(task -> task.key().task()))
                .containsExactlyInAnyOrderElementsOf(Bench.ids(Bench.tasks(30)));
        assertThat(bench.pools().list().map(pool -> pool.id().value())).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(bench.jobs().list().map(job -> job.id().value())).containsExactlyInAnyOrder("job", "other");
        assertThat(bench.pools().nodes(new PoolId("a"))).hasSize(3);
    }

    @Test
    void aPageIsAskedForWhenItIsNeeded() {
        try (Stream<?> tasks = bench.jobs().tasks(Bench.JOB, TaskFilter.ALL)) {
            assertThat(tasks.limit(2)).hasSize(2);
        }

        assertThat(bench.service().requests("GET", "/jobs/job/tasks")).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void everyPageThatFailsAtFirstIsAskedForAgain() {
        List<Fault> faults = List.of(
                Fault.throttled(1),
                Fault.refused(500, "InternalError"),
                Fault.refused(503, "ServerBusy"),
                Fault.brokenBefore(),
                Fault.brokenAfter(),
                Fault.cutOff());
        for (int page = 0; page < 30; page++) {
            bench.service().next("GET", "/jobs/job/tasks", faults.get(page % faults.size()), Fault.none());
        }

        assertThat(bench.jobs()
                        .tasks(Bench.JOB, TaskFilter.ALL)
                        .map(task -> task.key().task()))
                .containsExactlyInAnyOrderElementsOf(Bench.ids(Bench.tasks(30)));
        bench.requireAllFaultsMet();
    }

    @Test
    void aListThatFailsInTheMiddleIsNotTakenForAWholeOne() {
        bench.service().next("GET", "/jobs/job/tasks", Fault.none(), Fault.none());
        bench.service().always(request -> Fault.refused(500, "InternalError"));
        Set<String> seen = new HashSet<>();

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> bench.jobs()
                        .tasks(Bench.JOB, TaskFilter.ALL)
                        .forEach(task -> seen.add(task.key().task())))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(seen).hasSize(2);
    }

    @Test
    void aListDoesNotFollowALinkToAnotherServer() throws Exception {
        try (WireServer stranger = WireServer.start(request -> WireReply.json(200, "{\"value\": []}"))) {
            String page = "{\"odata.nextLink\": \"%s/jobs?api-version=1\", \"value\": [%s]}"
                    .formatted(stranger.url(), Answers.job("a"));
            bench.service().always(request -> service -> WireReply.json(200, page));

            assertThatExceptionOfType(BatchException.class)
                    .isThrownBy(() -> bench.jobs().list().toList());

            // A request there would be signed with the account's key.
            assertThat(stranger.requests()).isEmpty();
        }
    }

    @Test
    void aFileIsReadAfterPassingFaults() throws Exception {
        bench.service().next("GET", FILE, Fault.throttled(1), Fault.refused(503, "ServerBusy"), Fault.brokenBefore());

        try (InputStream file = bench.jobs().readFile(TASK, "stdout.txt", 0)) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).startsWith("a file's content");
        }
        bench.requireAllFaultsMet();
    }

    @Test
    void aFileThatBreaksOffIsNotTakenForAShorterOne() {
        bench.service().always(request -> service -> service.get().delivered(Delivery.CUT));

        assertThatIOException().isThrownBy(() -> {
            try (InputStream file = bench.jobs().readFile(TASK, "stdout.txt", 0)) {
                file.readAllBytes();
            }
        });
    }
}
