package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The portal in a real browser, beside a run and alone. */
class PortalIT extends AppTest {
    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/\\?token=\\S+");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String JOB = HeldTasks.JOB;

    /** Fails for one input, with output that is no harmless text. */
    private static final String COMMAND = "case {} in fail*) printf '<script>document.title=\"taken\"</script>"
            + " \\033[31mcannot read the input\\n"
            + "' >&2; exit 3;; *) printf 'result of '; cat {};; esac";

    private static final int MANY = 60;

    /** The last ones, which wait until the page has been looked at. */
    private static final int WAITING = 16;

    @TempDir
    private Path browserFolder;

    private HeldTasks held;
    private Browser browser;

    @BeforeEach
    void startBrowser() {
        held = HeldTasks.on(bench());
        browser = Browser.start(browserFolder);
    }

    @AfterEach
    void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private AppRun run() {
        bench().write("first.txt", "one");
        bench().write("fail.txt", "two");
        bench().write("<img src=x onerror=alert(1)>.txt", "three");
        AppRun run = bench().run(
                        "--portal",
                        "--portal-port=0",
                        "--allow-actions",
                        "--job-id",
                        JOB,
                        "--keep-job",
                        "--slots=2",
                        "--files-per-task=1",
                        "--output-dir=results",
                        "--command",
                        COMMAND,
                        "first.txt",
                        "fail.txt",
                        "<img src=x onerror=alert(1)>.txt");
        held.awaitBegin(run);
        return run;
    }

    private static Matcher address(String text) {
        Matcher address = ADDRESS.matcher(text);
        assertThat(address.find()).as("an address in %s", text).isTrue();
        return address;
    }

    @Test
    void aRunIsWatchedToItsEndAndANewcomerFindsWhyATaskFailed() throws IOException {
        AppRun run = run();
        browser.open(address(run.err()).group());
        browser.awaitText("#overview", "failed with exit code 3");
        assertThat(browser.address()).doesNotContain("token");

        browser.follow("task1");
        browser.awaitText(
                "#log-stderr\\.txt pre", "<script>document.title=\"taken\"</script> \\u001b[31mcannot read the input");
        browser.awaitText("#state", "failed with exit code 3");
        assertThat(browser.count("main script, main img")).isZero();

        browser.follow("Job " + JOB);
        browser.awaitNumber("#table tbody tr", 3);
        browser.follow("failed 1");
        browser.awaitNumber("#table tbody tr", 1);
        browser.follow("all 3");
        browser.submit("q", "TASK2");
        browser.awaitNumber("#table tbody tr", 1);
        browser.awaitText("#table", "task2");

        browser.follow("Show all");
        browser.follow("task0");
        held.say("first line\n");
        browser.awaitText("#log-stdout\\.txt pre", "first line");
        held.say("second line\n");
        browser.awaitText("#log-stdout\\.txt pre", "first line\nsecond line");

        download(run.id());

        browser.open(address(run.err()).group(1) + "/jobs/" + JOB);
        browser.awaitText("#summary", "1 running");
        held.release();
        browser.awaitText("#summary", "2 succeeded");
        run.endsWith(1);
        browser.awaitText("#connection", "No connection to Twinbatch");
        browser.awaitText("#summary", "2 succeeded");
    }

    @Test
    void aTaskThatHangsIsTerminatedFromItsPage() {
        AppRun run = run();
        browser.open(address(run.err()).group());
        browser.open(address(run.err()).group(1) + "/jobs/" + JOB + "/tasks/task0");
        browser.follow("Terminate …");
        browser.awaitText("form", "all its processes are stopped");
        browser.press("Terminate");
        browser.awaitText("main", "Task task0 of job " + JOB + " was terminated.");
        browser.picture(SCREENSHOTS.resolve("portal-done.png"));
        run.endsWith(1);
    }

    /** The result of the task with the odd name. */
    private void download(String run) throws IOException {
        browser.follow("Objects");
        browser.follow("output-" + run);
        browser.submit("prefix", "results");
        browser.awaitNumber("#objects tbody tr", 1);
        browser.follow("results/r-3");
        browser.awaitText("#text", "result of three");
        browser.follow("Download");
        assertThat(browser.downloaded("r-3")).hasContent("result of three");
    }

    @Tag("long")
    @Test
    void everyPageIsAccessibleAndLooksWellOnEveryScreen() throws Exception {
        String checker = Browser.accessibilityChecker(browserFolder);
        AppRun run = run();
        held.say("a line\n");
        browser.open(address(run.err()).group());
        browser.awaitText("#overview", "failed with exit code 3");
        String base = address(run.err()).group(1);
        String pool = "pool-" + run.id();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "/");
        pages.put("jobs", "/jobs");
        pages.put("job", "/jobs/" + JOB);
        pages.put("task", "/jobs/" + JOB + "/tasks/task1");
        pages.put("file", "/jobs/" + JOB + "/tasks/task1/file?path=stderr.txt");
        pages.put("pools", "/pools");
        pages.put("pool", "/pools/" + pool);
        pages.put("node", "/pools/" + pool + "/node?id=tvm-1-d");
        pages.put("objects", "/objects");
        pages.put("container", "/objects/input-" + run.id());
        pages.put("object", "/objects/input-" + run.id() + "/object?name=in-0");
        pages.put("missing", "/jobs/none");
        pages.put("runs", "/runs");
        pages.put("ask", "/pools/" + pool + "/resize");

        for (Map.Entry<String, String> page : pages.entrySet()) {
            browser.open(base + page.getValue());
            for (String scheme : List.of("light", "dark")) {
                browser.show(1600, scheme);
                assertThat(browser.accessibilityProblems(checker))
                        .as("%s, %s", page.getKey(), scheme)
                        .isEmpty();
                browser.picture(SCREENSHOTS.resolve("portal-" + page.getKey() + "-1600-" + scheme + ".png"));
                browser.show(360, scheme);
                assertThat(browser.run("return document.documentElement.scrollWidth <= 360"))
                        .as("%s fits a narrow screen", page.getKey())
                        .isEqualTo(true);
                browser.picture(SCREENSHOTS.resolve("portal-" + page.getKey() + "-360-" + scheme + ".png"));
            }
        }

        held.release();
        run.endsWith(1);
    }

    @Tag("long")
    @Test
    void aJobOfManyTasksIsDrawnByStateNodeAndDuration() throws IOException {
        for (int i = 1; i <= MANY; i++) {
            bench().write("scans/page-%02d.pdf".formatted(i), "page " + i);
        }
        Path gate = bench().work().resolve("gate");
        String command =
                "sleep 0.$(( {#} * 7 % 10 )); [ {#} -ne 17 ] || { echo 'page 17: a font is missing' >&2; exit 4; };"
                        + " until [ {#} -le %d ] || [ -e %s ]; do sleep 0.1; done".formatted(MANY - WAITING, gate);
        AppRun run = bench().run(
                        "--portal",
                        "--portal-port=0",
                        "--job-id=scans",
                        "--nodes=2",
                        "--slots=4",
                        "--files-per-task=1",
                        "--output-dir=results",
                        "--command",
                        command,
                        "scans")
                .untilItSays("Creating job");
        browser.open(address(run.err()).group());
        browser.open(address(run.err()).group(1) + "/jobs/scans");
        browser.awaitText("#summary", (MANY - WAITING - 1) + " succeeded");
        browser.awaitText("#summary", "8 running");
        browser.follow("running 8");
        browser.awaitNumber("#table tbody tr", 8);
        browser.awaitText("#charts", (MANY - WAITING + 8) + " tasks on 2 nodes");
        browser.show(1600, "light");
        browser.picture(SCREENSHOTS.resolve("portal-many.png"));
        Files.createFile(gate);
        run.endsWith(1);
    }

    @Test
    void aloneItShowsWhatRunsHaveLeftAndCtrlCClosesIt() {
        AppRun run = run();
        held.release();
        run.endsWith(1);

        AppRun portal = bench().start(List.of(
                        "portal",
                        "--port",
                        "0",
                        "--state-dir",
                        bench().stateDir().toString()))
                .untilItSays("The portal is open");
        browser.open(address(portal.out()).group());
        browser.awaitText("#overview", "Nothing runs: no run and no emulator uses the state folder");
        browser.follow(JOB);
        browser.awaitText("#summary", "2 succeeded");
        browser.follow("Objects");
        browser.awaitText("#containers", "No object store answers now");
        browser.follow("Finished runs");
        browser.follow(run.id());
        browser.awaitText("h1", "Run " + run.id());
        browser.awaitText("main", "failed with exit code 3");
        browser.picture(SCREENSHOTS.resolve("portal-report.png"));
        browser.open(address(portal.out()).group(1));

        portal.signal("INT");
        assertThat(portal.exitCode()).isZero();
        browser.awaitText("#connection", "No connection to Twinbatch");
    }
}
