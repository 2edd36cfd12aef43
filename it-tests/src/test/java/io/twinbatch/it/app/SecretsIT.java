package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.it.emulator.RunningEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keys and signed URLs are nowhere but where they have to be: in the files that keep the keys, in the environment of the
 * tasks that use a URL, and where the emulator says how it is reached.
 */
class SecretsIT extends AppTest {
    private static final int GROUP_OF_TASKS = 200_000;

    private static final Set<String> KEY_FILES = Set.of("engine.key", "account.key");

    /** Every logger at its most talkative, also those that the app keeps silent. */
    private static final String TRACE = Stream.of(
                    "defaultLogLevel",
                    "log.com.azure",
                    "log.com.microsoft.aad.msal4j",
                    "log.io.twinbatch",
                    "log.io.twinbatch.azure.client",
                    "log.reactor")
            .map(name -> "-Dorg.slf4j.simpleLogger." + name + "=trace")
            .collect(Collectors.joining(" "));

    private static final Pattern SIGNATURE = Pattern.compile("[?&]sig=([^&\\s\0]+)");

    private void logEverything() {
        bench().setEnvironment("TWINBATCH_JAVA_OPTS", TRACE);
        bench().setEnvironment("AZURE_HTTP_LOG_DETAIL_LEVEL", "BODY_AND_HEADERS");
        bench().setEnvironment("AZURE_LOG_LEVEL", "VERBOSE");
    }

    /** What has to stay secret: the keys, and the signatures of the URLs that a task of this run has been given. */
    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(bench().keys());
        for (ProcessTable.Entry process : bench().processes().now()) {
            Matcher signature = SIGNATURE.matcher(environment(process.pid()));
            while (signature.find()) {
                secrets.add(signature.group(1));
            }
        }
        return secrets;
    }

    /** A task may make and overwrite outputs with its URL, for the run's time limit and an hour, and nothing else. */
    private void requireLeastRights() {
        List<String> urls = bench().processes().now().stream()
                .flatMap(process -> environment(process.pid()).lines())
                .flatMap(lines -> Stream.of(lines.split("\0", -1)))
                .filter(variable -> variable.startsWith("TWINBATCH_OUTPUT_URL="))
                .distinct()
                .toList();
        assertThat(urls).singleElement().satisfies(url -> {
            assertThat(url).contains("sp=cw&", "sr=c&", "spr=https").containsPattern("se=[^&]+");
            Matcher end = Pattern.compile("se=([^&]+)").matcher(url);
            assertThat(end.find()).isTrue();
            Instant expires = Instant.parse(URLDecoder.decode(end.group(1), StandardCharsets.UTF_8));
            assertThat(Duration.between(Instant.now(), expires))
                    .isBetween(Duration.ofMinutes(70), Duration.ofMinutes(81));
        });
    }

    private static String environment(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "environ"));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // A process that has ended meanwhile, or a file that was removed.
            return "";
        }
    }

    private static void requireNone(List<String> secrets, String what, String text) {
        assertThat(secrets).as("secrets in %s", what).noneMatch(text::contains);
        assertThat(SIGNATURE.matcher(text).results().map(found -> found.group(1)))
                .as("signatures in %s", what)
                .allMatch(value -> value.startsWith("REDACTED") || value.startsWith("*"));
    }

    private void requireNoneInFilesBelow(Path folder, List<String> secrets) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!KEY_FILES.contains(file.getFileName().toString())) {
                    requireNone(secrets, file.toString(), read(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireNoneInProcesses(List<String> secrets) {
        for (ProcessTable.Entry process : bench().processes().now()) {
            requireNone(secrets, "the command line of process " + process.pid(), process.commandLine());
            boolean mayKnow = process.commandLine().contains("azurite")
                    || environment(process.pid()).contains("AZ_BATCH_TASK_ID");
            if (!mayKnow) {
                requireNone(secrets, "the environment of " + process.commandLine(), environment(process.pid()));
            }
        }
    }

    /**
     * All folders are closed to others, and all files outside of nodes. The script that prepares a node opens its own folder to
     * the users that tasks have on a node of Azure; the folders above that one are closed. The folder that tasks share is open
     * to their group, which has no user of this machine.
     */
    private void requirePrivate(Path stateDir) {
        try (Stream<Path> paths = Files.walk(stateDir)) {
            for (Path path : paths.filter(
                            path -> !path.startsWith(stateDir.resolve("nodes")) || Files.isDirectory(path))
                    .filter(path -> !path.toString().contains("/jobpreparation"))
                    .toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .endsWith(Files.getAttribute(path, "unix:gid").equals(GROUP_OF_TASKS) ? "---" : "------");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRunOnThisMachineShowsNoneWhateverItLogs() {
        HeldTasks held = HeldTasks.on(bench());
        logEverything();
        bench().write("a.txt", "a and a");
        AppRun run = bench().run(
                        "--json",
                        "--keep-job",
                        "--keep-pool",
                        "--job-id",
                        HeldTasks.JOB,
                        "--output-dir=results",
                        "a.txt");
        held.awaitBegin(run);
        List<String> secrets = secrets();
        assertThat(secrets).as("two keys and a signature").hasSizeGreaterThanOrEqualTo(3);

        requireLeastRights();
        requireNoneInProcesses(secrets);
        requireNoneInFilesBelow(bench().stateDir(), secrets);
        requirePrivate(bench().stateDir());
        held.release();
        run.endsWith(0);

        requireNone(secrets, "standard output", run.out());
        requireNone(secrets, "standard error", run.err());
        assertThat(run.err()).as("it logs everything").contains("DEBUG");
        requireNoneInFilesBelow(bench().folder(), secrets);
    }

    @Test
    void aRunAgainstTheEmulatorAndTheEmulatorItselfShowNone() {
        HeldTasks held = HeldTasks.on(bench());
        logEverything();
        Path folder = bench().folder().resolve("emulator");
        try (RunningEmulator emulator = RunningEmulator.start(
                folder, bench().environment(), "--account=mine", "--key=bXkgb3duIGtleSBmb3IgdGhlIGVtdWxhdG9y")) {
            bench().useStateDir(RunningEmulator.stateDir(folder));
            emulator.environment().forEach(bench()::setEnvironment);
            bench().write("a.txt", "a and a");
            AppRun run = bench().start(List.of(
                    "run", "--backend=azure", "--json", "--job-id", HeldTasks.JOB, "--output-dir=results", "a.txt"));
            held.awaitBegin(run);
            List<String> secrets = secrets();

            requireNoneInFilesBelow(bench().stateDir(), secrets);
            requirePrivate(bench().stateDir());
            held.release();
            run.endsWith(0);

            secrets.add(emulator.key());
            requireNone(secrets, "standard output", run.out());
            requireNone(secrets, "standard error", run.err());
            requireNone(secrets, "what the emulator logs", emulator.said());
            assertThat(emulator.said())
                    .as("it logs everything, signed requests too")
                    .contains("HttpParser - parsedHeader(Authorization: SharedKey mine:");
            assertThat(Map.copyOf(emulator.environment())).containsKey("AZURE_STORAGE_CONNECTION_STRING");
        }
    }
}
