package io.twinbatch.app.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.proxy.HostName;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.portal.server.ServerOptions;
import io.twinbatch.app.report.TickingClock;
import io.twinbatch.app.runreport.ReportIndex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The portal as a browser without scripts sees it, on a provider that only pretends. */
class PortalTest {
    private static final Duration LATER = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TickingClock clock = new TickingClock();
    private final HttpClient client = HttpClient.newHttpClient();
    private BigBackend backend;

    @TempDir
    private Path folder;

    private Portal portal;
    private String cookie;

    private ReportIndex reports() {
        return new ReportIndex(folder);
    }

    @AfterEach
    void close() {
        if (portal != null) {
            portal.close();
        }
    }

    private void open(int tasks) throws IOException, InterruptedException {
        backend = new BigBackend(tasks);
        portal = Portal.open(
                new ServerOptions(HostName.LOOPBACK, Optional.of(0), Set.of()),
                "a test",
                () -> List.of(backend),
                clock,
                false,
                reports());
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(portal.address()).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/");
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + portal.address().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(address).header("Cookie", cookie).build(), BodyHandlers.ofString());
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    @Test
    void whatIsOpenedFirstIsReadBeforeAnybodyOpensIt() throws Exception {
        open(100);
        portal.prepare();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (backend.listed.get() < 100 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(backend.listed).hasValueGreaterThanOrEqualTo(100);
    }

    /** A page does not wait for a slow backend, so that what it shows may be the state of before for a moment. */
    private String pageThat(String path, Predicate<String> expected) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        String page = page(path);
        while (!expected.test(page) && System.nanoTime() < end) {
            page = page(path);
        }
        assertThat(page).matches(expected);
        return page;
    }

    /** How many questions a look takes: one page after another until no further question comes. */
    private int questionsOfALook() throws IOException, InterruptedException {
        int before = backend.questions.get();
        clock.advance(LATER);
        pageThat("/", page -> backend.questions.get() > before);
        int asked = backend.questions.get();
        for (int still = 0; still < 5; still++) {
            page("/");
            if (backend.questions.get() != asked) {
                asked = backend.questions.get();
                still = 0;
            }
        }
        return asked - before;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/jobs",
                "/runs",
                "/jobs/big",
                "/jobs/big?state=failed&q=%3Cscript%3E",
                "/jobs/big/tasks/task7",
                "/jobs/big/tasks/task7/file?path=stderr.txt",
                "/pools",
                "/pools/pool",
                "/pools/pool/node?id=tvm-%3Ci%3E1%3C/i%3E",
                "/objects"
            })
    void everyPageIsSafeAgainstHostileNamesAndHasNoSecret(String path) throws Exception {
        open(1000);

        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .doesNotContain("<script>alert", "<i>1", "\u001b", "\u202e")
                .doesNotContain("c2VjcmV0", "t0p-s3cret", "hunter2");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(Pattern.compile("<style|\\sstyle=|\\son\\w+=|<script(?! src=\"/assets/portal.js\" defer></script>)")
                        .matcher(answer.body())
                        .find())
                .as("inline style or script")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/jobs/other", "/jobs/big/tasks/nope", "/pools/other", "/objects/in-1/object?name=a"
            })
    void whatIsNotThereSaysSoAndWhatToDo(String path) throws Exception {
        open(10);

        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("class=\"notice\"", "To the overview");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/jobs/..%5c..", "/jobs/a%20b", "/objects/UPPER", "/objects/in-1/object?name=../x"})
    void whatCanBeNoNameIsRefused(String path) throws Exception {
        open(10);

        assertThat(get(path).statusCode()).isBetween(400, 404);
    }

    @Test
    void withoutItsCookieNothingIsShown() throws Exception {
        open(10);
        cookie = "twinbatch-portal-1=x";

        for (String path : List.of("/", "/jobs/big", "/assets/page.css", "/nothing")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(get(path).body())
                    .contains("Open the address that Twinbatch printed")
                    .doesNotContain("big");
        }
    }

    @Test
    void aHundredThousandTasksArePagedFilteredAndSearchedByTheServer() throws Exception {
        open(100_000);

        String first = page("/jobs/big");
        assertThat(first)
                .contains("1 to 50 of 100,000 tasks", "Page 1 of 2,000", "task49<")
                .doesNotContain(">task50<");
        assertThat(first.length()).as("bytes of the page").isLessThan(400_000);
        assertThat(page("/jobs/big?page=2000")).contains("99,951 to 100,000 of 100,000 tasks", ">task99999<");
        assertThat(page("/jobs/big?state=failed")).contains("of 1,000 tasks", ">task7<", ">task57<");
        assertThat(page("/jobs/big?q=TASK4711")).contains("1 to 11 of 11 tasks", ">task47110<");
        assertThat(page("/jobs/big?q=no-such")).contains("No task matches");
        assertThat(page("/jobs/big?sort=duration&order=down")).contains("aria-sort=\"descending\"", ">task999<");
        assertThat(backend.listed.get()).as("tasks that were listed").isLessThanOrEqualTo(2 * 101_000);
    }

    @Test
    void aRemoteListIsReadByPartsOfWhichEachLookReadsOne() throws Exception {
        open(100_000);
        backend.perLook = 5_000;

        assertThat(page("/jobs/big")).contains("5,000 of 100,000 tasks are listed so far");
        int afterFirst = backend.listed.get();
        assertThat(afterFirst).isLessThanOrEqualTo(5_000 + 1_000);
        assertThat(page("/jobs/big")).contains("10,000 of 100,000");
        for (int i = 0; i < 18; i++) {
            clock.advance(LATER);
            page("/jobs/big");
        }
        assertThat(page("/jobs/big")).doesNotContain("listed so far").contains("1 to 50 of 100,000 tasks");
    }

    @Test
    void theNumberOfRequestsDependsNeitherOnTheTasksNorOnTheOpenPages() throws Exception {
        open(100_000);
        page("/");
        int once = backend.questions.get();
        for (int i = 0; i < 20; i++) {
            page("/");
            page("/jobs");
            page("/pools");
        }
        assertThat(backend.questions.get()).as("within a second").isEqualTo(once);

        int ofALook = questionsOfALook();
        portal.close();
        open(10);
        page("/");
        assertThat(questionsOfALook()).as("with 10 tasks as with 100,000").isEqualTo(ofALook);
    }

    @Test
    void theNumbersForMachinesAreOpenMetricsAndNeedTheToken() throws Exception {
        open(1000);

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/openmetrics-text");
        assertThat(answer.body())
                .contains("# TYPE twinbatch_tasks gauge", "twinbatch_tasks{job=\"big\",state=\"succeeded\"} 490")
                .contains("twinbatch_queue_length 498", "twinbatch_backend_up 1")
                .contains("twinbatch_nodes{pool=\"pool\",state=\"running\"} 1", "twinbatch_slots_busy{pool=\"pool\"} 2")
                .contains("# TYPE twinbatch_task_duration_seconds histogram")
                .contains("twinbatch_task_duration_seconds_bucket{job=\"big\",le=\"0.5\"} 1")
                .contains("twinbatch_task_duration_seconds_bucket{job=\"big\",le=\"+Inf\"} 500")
                .contains("twinbatch_task_wait_seconds_count{job=\"big\"} 502")
                .endsWith("# EOF\n");
        cookie = "x=y";
        assertThat(get("/metrics").statusCode()).isEqualTo(401);
        HttpRequest scrape = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + portal.address().getPort() + "/metrics"))
                .header("Authorization", "Bearer " + portal.address().getQuery().replace("token=", ""))
                .build();
        assertThat(client.send(scrape, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void whileNobodyLooksNothingIsAsked() throws Exception {
        open(10);
        page("/");
        int before = backend.questions.get();

        clock.advance(Duration.ofMinutes(10));

        assertThat(backend.questions.get()).isEqualTo(before);
    }

    @Test
    void theReportOfAnOldRunIsShownWithoutAnyPowerOverThePortal() throws Exception {
        Path page = folder.resolve("results/report.html");
        Files.createDirectories(page.getParent());
        Files.writeString(page, "<!DOCTYPE html><title>old</title><script>alert(1)</script>");
        Files.writeString(page.resolveSibling("report.json"), "{}");
        Path index = Files.createDirectories(folder.resolve("reports"));
        String common = """
                backend=azure
                status=failed
                started=2026-11-22T19:00:00Z
                ended=2026-11-22T19:02:00Z
                inputs=1204
                done=1203
                """;
        Files.writeString(index.resolve("20261122-190000-aaaa.properties"), "page=" + page + "\n" + common);
        Files.writeString(
                index.resolve("20261122-190000-gone.properties"), "page=" + folder.resolve("no.html") + "\n" + common);
        Files.writeString(index.resolve("20261122-190000-bent.properties"), "page=x\nended=never\n");
        open(10);

        assertThat(page("/runs"))
                .contains("/runs/20261122-190000-aaaa/report.html", "1,203 of 1,204", "2 min", "failed", "azure")
                .doesNotContain("gone", "bent");
        HttpResponse<String> report = get("/runs/20261122-190000-aaaa/report.html");
        assertThat(report.body()).isEqualTo(Files.readString(page));
        assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "sandbox")
                .doesNotContain("script", "allow-");
        assertThat(get("/runs/20261122-190000-aaaa/report.json").headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"report-20261122-190000-aaaa.json\"");
        assertThat(get("/runs/20261122-190000-gone/report.html").statusCode()).isEqualTo(404);
        assertThat(get("/runs/..%2freports%2f20261122-190000-aaaa/report.html").statusCode())
                .isBetween(400, 404);
        cookie = "x=y";
        assertThat(get("/runs/20261122-190000-aaaa/report.html").statusCode()).isEqualTo(401);
    }

    @Test
    void aBackendThatGoesAwayIsSaidAndSeenAgainByItself() throws Exception {
        open(10);
        assertThat(page("/")).doesNotContain("does not answer");

        backend.away = true;
        clock.advance(LATER);
        assertThat(page("/"))
                .contains(
                        "The backend does not answer", "account: it cannot be reached", "shows its state of", ">big<");
        clock.advance(LATER);
        assertThat(get("/jobs/big/tasks/task1").statusCode()).isEqualTo(503);

        backend.away = false;
        clock.advance(LATER);
        pageThat("/", page -> !page.contains("does not answer"));
    }

    @Test
    void aJobThatIsDeletedIsRemembered() throws Exception {
        open(1000);
        page("/");

        backend.deleted = true;
        clock.advance(LATER);

        pageThat("/", page -> page.contains("big: when last seen, 490 of 1,000 tasks had succeeded, 10 had failed"));
        assertThat(get("/jobs/big").statusCode()).isEqualTo(404);
    }

    @Test
    void aJobThatNewerOnesPushOffTheListIsNotCalledDeleted() throws Exception {
        open(10);
        page("/");

        backend.newer = 50;
        clock.advance(LATER);

        assertThat(pageThat("/jobs", page -> page.contains("1 older job not shown")))
                .doesNotContain(">big<");
        assertThat(page("/")).doesNotContain("Ended and deleted");
    }

    @Test
    void aPortThatIsTakenIsRefusedWhenItWasAskedForAndAvoidedWhenNot() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerOptions taken = new ServerOptions(HostName.LOOPBACK, Optional.of(other.getLocalPort()), Set.of());
            assertThatThrownBy(() -> Portal.open(taken, "a test", List::of, clock, false, reports()))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("cannot listen at 127.0.0.1:" + other.getLocalPort());
        }
        ServerOptions elsewhere = new ServerOptions("203.0.113.7", Optional.of(0), Set.of());
        assertThatThrownBy(() -> Portal.open(elsewhere, "a test", List::of, clock, false, reports()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("203.0.113.7");

        try (Portal one = Portal.open(ServerOptions.DEFAULT, "a test", List::of, clock, false, reports());
                Portal two = Portal.open(ServerOptions.DEFAULT, "a test", List::of, clock, false, reports())) {
            assertThat(two.address().getPort()).isNotEqualTo(one.address().getPort());
        }
    }
}
