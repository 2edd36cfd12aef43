package io.twinbatch.app.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.proxy.HostName;
import io.twinbatch.app.portal.server.ServerOptions;
import io.twinbatch.app.report.TickingClock;
import io.twinbatch.app.runreport.ReportIndex;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages of the portal change, and for whom. */
class PortalActionsTest {
    private static final String JOB = "/jobs/big";

    private final HttpClient client = HttpClient.newHttpClient();
    private final BigBackend backend = new BigBackend(1000);

    @TempDir
    private Path folder;

    private Portal portal;
    private String origin;
    private String cookie;

    @AfterEach
    void close() {
        portal.close();
    }

    private void open(boolean actions) throws IOException, InterruptedException {
        portal = Portal.open(
                new ServerOptions(HostName.LOOPBACK, Optional.of(0), Set.of()),
                "a test",
                () -> List.of(backend),
                new TickingClock(),
                actions,
                new ReportIndex(folder));
        origin = "http://127.0.0.1:" + portal.address().getPort();
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(portal.address()).build(), BodyHandlers.ofString());
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path)).header("Cookie", cookie);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String form)
            throws IOException, InterruptedException {
        return client.send(
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return send(request(path).header("Origin", origin), form);
    }

    @ParameterizedTest
    @CsvSource({
        "/jobs/big, /terminate, '', terminate big, Job big is being terminated",
        "/jobs/big, /delete, '', delete big, Job big is being deleted with its tasks",
        "/jobs/big/tasks/task999, /terminate, '', terminateTask big/task999, Task task999 of job big was terminated",
        "/jobs/big/tasks/task7, /reactivate, '', reactivateTask big/task7, Task task7 of job big is queued again",
        "/pools/pool, /resize, dedicated=3&spot=2, resize pool 3 2, resized to 3 dedicated and 2 spot nodes",
        "/pools/pool, /delete, '', delete pool, Pool pool is being deleted with its nodes"
    })
    void anActionAsksOnceAndSaysWhatItHasDone(String page, String verb, String form, String order, String message)
            throws Exception {
        open(true);

        assertThat(get(page).body()).contains("href=\"" + page + verb + "\"");
        HttpResponse<String> question = get(page + verb);
        assertThat(question.headers().firstValue("Referrer-Policy"))
                .as("lets the browser name the origin of a form")
                .hasValue("same-origin");
        assertThat(question.body()).contains("<form class=\"ask\" method=\"post\" action=\"" + page + verb);
        assertThat(backend.orders).as("before the answer").isEmpty();

        HttpResponse<String> answer = post(page + verb, form);

        assertThat(backend.orders).containsExactly(order);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(message, "role=\"status\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs/big/terminate",
                "/jobs/big/delete",
                "/jobs/big/tasks/task999/terminate",
                "/jobs/big/tasks/task7/reactivate",
                "/pools/pool/resize",
                "/pools/pool/delete"
            })
    void withoutAllowActionsNothingIsOfferedAndNothingDone(String action) throws Exception {
        open(false);

        assertThat(get(action.substring(0, action.lastIndexOf('/'))).body())
                .doesNotContain(action, "method=\"post\"", "aria-label=\"Actions\"");
        for (HttpResponse<String> answer : List.of(post(action, "dedicated=1&spot=1"), get(action))) {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("--allow-actions").doesNotContain("<form");
        }
        assertThat(backend.orders).isEmpty();
    }

    @Test
    void aRequestThatIsNoFormOfThePortalOrdersNothing() throws Exception {
        open(true);
        String action = JOB + "/delete";
        HttpRequest.Builder stranger = HttpRequest.newBuilder(URI.create(origin + action));

        assertThat(send(request(action), "").statusCode()).as("no origin").isEqualTo(403);
        assertThat(send(request(action).header("Origin", "http://evil.example"), "")
                        .statusCode())
                .as("of another site")
                .isEqualTo(403);
        assertThat(send(stranger.header("Origin", origin), "").statusCode())
                .as("no cookie")
                .isEqualTo(401);
        String token = portal.address().getQuery();
        assertThat(send(
                                HttpRequest.newBuilder(URI.create(origin + action + "?" + token))
                                        .header("Origin", origin),
                                "")
                        .statusCode())
                .as("the token in the address")
                .isEqualTo(401);
        assertThat(get(action).statusCode()).isEqualTo(200);
        assertThat(backend.orders).isEmpty();
    }

    @Test
    void aRefusalIsShownWithTheCodeOfTheService() throws Exception {
        open(true);
        backend.refusal = Optional.of(new BatchException(
                ErrorCode.CONFLICT,
                "pool pool",
                "it is being resized",
                new ServiceError("OngoingResizeOperation", "The pool <b>resizes</b>.", "request-1", Map.of()),
                null));

        HttpResponse<String> answer = post("/pools/pool/resize", "dedicated=3&spot=0");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body())
                .contains(
                        "pool pool: it is being resized", "Code: OngoingResizeOperation", "request-1", "role=\"alert\"")
                .doesNotContain("<b>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "dedicated=3", "dedicated=-1&spot=0", "dedicated=1.5&spot=0", "dedicated=9999999&spot=0"})
    void aNumberOfNodesThatIsNoneIsRefused(String form) throws Exception {
        open(true);

        HttpResponse<String> answer = post("/pools/pool/resize", form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("is no whole number");
        assertThat(backend.orders).isEmpty();
    }

    @Test
    void whereOnlyAnotherProcessCanActThePageSaysSo() throws Exception {
        open(true);
        backend.controllable = false;

        for (String page : List.of(JOB, JOB + "/tasks/task999", "/pools/pool")) {
            assertThat(get(page).body())
                    .contains("Nothing can be changed here: no process works on this state folder")
                    .doesNotContain("aria-label=\"Actions\"");
        }
        HttpResponse<String> answer = post(JOB + "/delete", "");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("Code: conflict", "no process works on this state folder");
        assertThat(backend.orders).isEmpty();
    }

    @Test
    void theRunOfAnotherProcessIsCancelledAsByCtrlC() throws Exception {
        open(true);
        Process run = new ProcessBuilder("sleep", "600").start();
        backend.controllable = false;
        backend.process = Optional.of(run.pid());
        try {
            assertThat(get(JOB).body())
                    .contains(">Cancel …<", "Nothing else can be changed here: only process " + run.pid())
                    .doesNotContain(JOB + "/delete");
            assertThat(get(JOB + "/terminate").body()).contains("The run ends as by Ctrl-C");
            assertThat(run.isAlive()).isTrue();

            assertThat(post(JOB + "/terminate", "").body())
                    .contains("Process " + run.pid() + " of the run was asked to stop.");

            assertThat(run.waitFor()).as("128 and the number of SIGTERM").isEqualTo(143);
        } finally {
            run.destroyForcibly();
        }
    }
}
