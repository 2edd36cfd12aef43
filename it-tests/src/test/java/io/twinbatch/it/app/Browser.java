package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The browser of this machine, without a window. */
final class Browser implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int INSTALL_SECONDS = 120;

    private final ChromeDriver driver;
    private final Path downloads;

    private Browser(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
    }

    /** Starts it, or skips the test where there is none. */
    static Browser start(Path folder) {
        Optional<Path> browser = program("chromium").or(() -> program("google-chrome"));
        Optional<Path> control = program("chromedriver");
        assumeTrue(browser.isPresent() && control.isPresent(), "this machine has no chromium with chromedriver");
        Path downloads = folder.resolve("downloads");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.get().toFile());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars");
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(control.get().toFile())
                .usingAnyFreePort()
                .build();
        try {
            Files.createDirectories(downloads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Browser(new ChromeDriver(service, options), downloads);
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void open(String address) {
        driver.get(address);
    }

    /** The address of this page. */
    String address() {
        return driver.getCurrentUrl();
    }

    /** Clicks on the link with exactly this text, when it is there. */
    void follow(String text) {
        await("link " + text, () -> {
            List<WebElement> found = driver.findElements(By.linkText(text));
            if (found.isEmpty()) {
                return false;
            }
            found.get(0).click();
            return true;
        });
    }

    /** Types into a field, and sends its form. */
    void submit(String field, String text) {
        WebElement input = driver.findElement(By.id(field));
        input.sendKeys(text);
        input.submit();
    }

    /** Presses the button with this text. */
    void press(String text) {
        await("button " + text, () -> {
            List<WebElement> found = driver.findElements(By.xpath("//button[normalize-space()='" + text + "']"));
            if (found.isEmpty()) {
                return false;
            }
            found.get(0).click();
            return true;
        });
    }

    /** Waits until an element has a text. */
    void awaitText(String selector, String text) {
        await(
                text + " in " + selector,
                () -> driver.findElements(By.cssSelector(selector)).stream()
                        .anyMatch(element -> element.getText().contains(text)));
    }

    /** Waits until there are so many elements. */
    void awaitNumber(String selector, int number) {
        await(
                number + " of " + selector,
                () -> driver.findElements(By.cssSelector(selector)).size() == number);
    }

    /** Parts of a live page are replaced at any time, also between two questions. */
    private void await(String what, Question question) {
        Deadline.await(
                LIMIT,
                () -> what + " at " + driver.getCurrentUrl() + ":\n"
                        + driver.findElement(By.tagName("body")).getText(),
                () -> {
                    try {
                        return question.isTrue();
                    } catch (StaleElementReferenceException e) {
                        return false;
                    }
                });
    }

    private interface Question {
        boolean isTrue();
    }

    /** How many elements there are. */
    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    /** Runs a script, and returns what it returns. */
    Object run(String script) {
        return driver.executeScript(script);
    }

    /** Waits for a file that the browser saves. */
    Path downloaded(String name) {
        Path file = downloads.resolve(name);
        Deadline.await(
                LIMIT,
                () -> "the download of " + name + " into " + Workbench.below(downloads),
                () -> Files.exists(file));
        return file;
    }

    void show(int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Writes a picture of the whole page. */
    void picture(Path file) {
        Object data = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(data.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problems of accessibility of this page that are serious or worse, one a line. */
    String accessibilityProblems(String checker) {
        driver.executeScript(checker);
        Object problems = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run().then(
                  (result) => done(result.violations
                    .filter((each) => each.impact === "serious" || each.impact === "critical")
                    .map((each) => each.id + ": " + each.nodes.map((node) => node.target.join(" ") + " "
                      + node.failureSummary).join("; ")).join("\\n")),
                  (error) => done("axe failed: " + error));
                """);
        return String.valueOf(problems);
    }

    /** The script of the checker, from npm. */
    static String accessibilityChecker(Path folder) throws IOException, InterruptedException {
        Path source = Workbench.project().resolve("it-tests/src/test/js/axe");
        Path target = Files.createDirectories(folder.resolve("axe"));
        for (String name : List.of("package.json", "package-lock.json")) {
            Files.copy(source.resolve(name), target.resolve(name));
        }
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(target.toFile())
                .redirectErrorStream(true)
                .redirectOutput(target.resolve("npm.log").toFile())
                .start();
        assertThat(npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS))
                .as("npm ends")
                .isTrue();
        assertThat(npm.exitValue())
                .as(Files.readString(target.resolve("npm.log")))
                .isZero();
        return Files.readString(target.resolve("node_modules/axe-core/axe.min.js"));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
