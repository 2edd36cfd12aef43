package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.azure.AzureVariable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Every environment variable that is read has a value that means nothing: one sentence names it, and nothing is made. */
class HostileEnvironmentIT extends AppTest {
    private static final Duration WITHOUT_WAITING = Duration.ofSeconds(30);
    private static final Pattern JAVA_WORDS = Pattern.compile(
            "Exception|java\\.(lang|nio|util|net|io\\.(?!tmpdir))|io\\.twinbatch|^\\s+at ", Pattern.MULTILINE);
    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern READ =
            Pattern.compile("\"((?:AZURE|AZURITE|DOCKER|TESTCONTAINERS|TWINBATCH|XDG)_[A-Z_]+)\""
                    + "|(?:environment|inherited)\\.getOrDefault\\(\"([A-Z_]+)\"|\\bvalue\\(\"([A-Z_]+)\"\\)");
    private static final Pattern READ_BY_SCRIPT = Pattern.compile("\\$\\{([A-Z_]+):-");

    private static final String LOCAL = "--azurite=npm";
    private static final String DOCKER = "--azurite=docker";
    private static final String AZURE = "--backend=azure";

    /** The variable, a value, the backend, the exit code, and what standard error says. */
    static final List<Arguments> VALUES = List.of(
            Arguments.of("JAVA_HOME", "/dev/null/none", LOCAL, 2, "JAVA_HOME is /dev/null/none, but"),
            Arguments.of("PATH", "/dev/null/none", LOCAL, 2, "PATH does not lead to"),
            Arguments.of("TWINBATCH_JAVA_OPTS", "-Xnonsense", LOCAL, 2, "TWINBATCH_JAVA_OPTS holds options that Java"),
            Arguments.of("TWINBATCH_JAVA_OPTS", "nonsense", LOCAL, 2, "TWINBATCH_JAVA_OPTS holds options that Java"),
            Arguments.of(
                    "TWINBATCH_JAVA_OPTS", "-XX:+UseG1GC", LOCAL, 2, "TWINBATCH_JAVA_OPTS holds options that Java"),
            Arguments.of(
                    "TWINBATCH_JAVA_OPTS", "-Dok=1 no=hush", LOCAL, 2, "TWINBATCH_JAVA_OPTS holds options that Java"),
            Arguments.of(
                    "TWINBATCH_JAVA_OPTS", "-Xmx2m", LOCAL, 2, "TWINBATCH_JAVA_OPTS limits Java to 2 MiB of memory"),
            Arguments.of("_JAVA_OPTIONS", "-XX:MaxHeapSize=10m", LOCAL, 2, "_JAVA_OPTIONS limits Java to 10 MiB of"),
            Arguments.of(
                    "TWINBATCH_JAVA_OPTS",
                    "-Djava.io.tmpdir=/dev/null",
                    LOCAL,
                    2,
                    "TWINBATCH_JAVA_OPTS=-Djava.io.tmpdir"),
            Arguments.of(
                    "TWINBATCH_JAVA_OPTS", "-Djava.io.tmpdir=/dev/shm/none", LOCAL, 2, "/none: no such file or folder"),
            Arguments.of("JAVA_TOOL_OPTIONS", "-Djava.home=/x", LOCAL, 2, "JAVA_TOOL_OPTIONS sets java.home"),
            Arguments.of("JAVA_TOOL_OPTIONS", "-Da=b -Duser.dir=/x", LOCAL, 2, "JAVA_TOOL_OPTIONS sets user.dir"),
            Arguments.of("JDK_JAVA_OPTIONS", "-Dfile.separator=x", LOCAL, 2, "JDK_JAVA_OPTIONS sets file.separator"),
            Arguments.of("_JAVA_OPTIONS", "-Dpath.separator=x", LOCAL, 2, "_JAVA_OPTIONS sets path.separator"),
            Arguments.of("TWINBATCH_JAVA_OPTS", "-Dline.separator=", LOCAL, 2, "TWINBATCH_JAVA_OPTS sets line.sep"),
            Arguments.of("JAVA_TOOL_OPTIONS", "-Xnonsense", LOCAL, 2, "JAVA_TOOL_OPTIONS holds options that Java"),
            Arguments.of("JDK_JAVA_OPTIONS", "-Xnonsense", LOCAL, 2, "JDK_JAVA_OPTIONS holds options that Java"),
            Arguments.of("_JAVA_OPTIONS", "-Xss1k", LOCAL, 2, "_JAVA_OPTIONS holds options that Java"),
            Arguments.of("XDG_CONFIG_HOME", "/dev/null", LOCAL, 2, "(from the environment variable XDG_CONFIG_HOME)"),
            Arguments.of("XDG_STATE_HOME", "/dev/null", LOCAL, 2, "(from the environment variable XDG_STATE_HOME)"),
            Arguments.of("XDG_STATE_HOME", "/proc/x", LOCAL, 2, "(from the environment variable XDG_STATE_HOME)"),
            Arguments.of("XDG_CACHE_HOME", "/dev/null", LOCAL, 2, "(from the environment variable XDG_CACHE_HOME)"),
            Arguments.of("XDG_CACHE_HOME", "/proc/x", LOCAL, 2, "(from the environment variable XDG_CACHE_HOME)"),
            Arguments.of("HOME", "/dev/null", LOCAL, 2, "(from the environment variable HOME)"),
            Arguments.of("DOCKER_HOST", "nonsense", DOCKER, 2, "DOCKER_HOST: 'nonsense' is not the address"),
            Arguments.of(
                    "DOCKER_HOST",
                    "tcp://127.0.0.1:1",
                    DOCKER,
                    3,
                    "Docker: no engine answers at tcp://127.0.0.1:1 (DOCKER_HOST); start it, correct or remove"),
            Arguments.of("DOCKER_TLS_VERIFY", "perhaps", DOCKER, 2, "DOCKER_TLS_VERIFY: 'perhaps' is none of"),
            Arguments.of(
                    "TESTCONTAINERS_RYUK_DISABLED", "perhaps", DOCKER, 2, "TESTCONTAINERS_RYUK_DISABLED: 'perhaps'"),
            Arguments.of(
                    "TESTCONTAINERS_HOST_OVERRIDE", "no host", DOCKER, 2, "TESTCONTAINERS_HOST_OVERRIDE: 'no host'"),
            Arguments.of("TWINBATCH_SLOTS", "several", LOCAL, 2, "(from the environment variable TWINBATCH_SLOTS)"),
            Arguments.of("AZURE_BATCH_ACCOUNT", "no/name", AZURE, 2, "AZURE_BATCH_ACCOUNT"),
            Arguments.of("AZURE_BATCH_ACCESS_KEY", "hush!", AZURE, 2, "AZURE_BATCH_ACCESS_KEY"),
            Arguments.of("AZURE_BATCH_ENDPOINT", "http://[", AZURE, 2, "AZURE_BATCH_ENDPOINT"),
            Arguments.of("AZURE_STORAGE_ACCOUNT", "no/name", AZURE, 2, "AZURE_STORAGE_ACCOUNT"),
            Arguments.of("AZURE_STORAGE_KEY", "hush!", AZURE, 2, "AZURE_STORAGE_KEY"),
            Arguments.of("AZURE_STORAGE_CONNECTION_STRING", "hush", AZURE, 2, "AZURE_STORAGE_CONNECTION_STRING"),
            Arguments.of("AZURE_SUBSCRIPTION_ID", "no/id", AZURE, 2, "AZURE_SUBSCRIPTION_ID"),
            Arguments.of("AZURE_RESOURCE_GROUP", "no/group", AZURE, 2, "AZURE_RESOURCE_GROUP"),
            Arguments.of("AZURE_REGISTRY_SERVER", "hush hush", AZURE, 2, "AZURE_REGISTRY_SERVER is malformed"),
            Arguments.of("AZURE_REGISTRY_IDENTITY", "hush", AZURE, 2, "AZURE_REGISTRY_SERVER is missing"),
            Arguments.of("AZURE_REGISTRY_USERNAME", "hush", AZURE, 2, "AZURE_REGISTRY_SERVER is missing"),
            Arguments.of("AZURE_REGISTRY_PASSWORD", "hush", AZURE, 2, "AZURE_REGISTRY_SERVER is missing"),
            Arguments.of("AZURE_REGISTRY_PASSWORD_FILE", "/no/such/file", AZURE, 2, "AZURE_REGISTRY_PASSWORD_FILE"),
            Arguments.of("TWINBATCH_AZURE_API_VERSION", "new & better", AZURE, 2, "TWINBATCH_AZURE_API_VERSION"),
            Arguments.of("TWINBATCH_AZURE_IMAGE_ID", "hush", AZURE, 2, "TWINBATCH_AZURE_IMAGE_ID"),
            Arguments.of("TWINBATCH_AZURE_NODE_AGENT", "hush", AZURE, 2, "TWINBATCH_AZURE_NODE_AGENT"),
            Arguments.of("TWINBATCH_AZURE_SUBNET_ID", "hush", AZURE, 2, "TWINBATCH_AZURE_SUBNET_ID"),
            Arguments.of("TWINBATCH_AZURE_PUBLIC_ADDRESSES", "hush", AZURE, 2, "TWINBATCH_AZURE_PUBLIC_ADDRESSES"),
            Arguments.of("TWINBATCH_AZURE_PLACEMENT", "hush", AZURE, 2, "TWINBATCH_AZURE_PLACEMENT"),
            Arguments.of("TWINBATCH_AZURE_DISK_GIB", "hush", AZURE, 2, "TWINBATCH_AZURE_DISK_GIB"),
            Arguments.of("TWINBATCH_AZURE_DISK_TYPE", "hush", AZURE, 2, "TWINBATCH_AZURE_DISK_TYPE"),
            Arguments.of("TWINBATCH_AZURE_DISK_EPHEMERAL", "hush", AZURE, 2, "TWINBATCH_AZURE_DISK_EPHEMERAL"),
            Arguments.of("TWINBATCH_AZURE_TAGS", "hush", AZURE, 2, "TWINBATCH_AZURE_TAGS"),
            Arguments.of("TWINBATCH_AZURE_NODE_IDENTITY", "hush", AZURE, 2, "TWINBATCH_AZURE_NODE_IDENTITY"),
            Arguments.of("TWINBATCH_NODE_JAVA", "hush", AZURE, 2, "TWINBATCH_NODE_JAVA is wrong: packed or installed"),
            Arguments.of("HTTPS_PROXY", "http://user:hush@", AZURE, 2, "HTTPS_PROXY"),
            Arguments.of("ALL_PROXY", "socks5://user:hush@h", AZURE, 2, "ALL_PROXY"));

    /** Variables whose wrong values change nothing, or whose values are all right, or that count with others alone. */
    private static final Set<String> WITHOUT_REFUSAL = Set.of(
            "COLUMNS",
            "DOCKER_CERT_PATH",
            "DOCKER_CONFIG",
            "DOCKER_CONTEXT",
            "HTTP_PROXY",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "NO_COLOR",
            "NO_PROXY",
            "TERM",
            "TMPDIR",
            "TWINBATCH_OPTION",
            "XDG_RUNTIME_DIR");

    @ParameterizedTest
    @FieldSource("VALUES")
    void oneSentenceNamesTheVariable(String variable, String value, String backend, int exitCode, String says) {
        if (backend.equals(AZURE)) {
            bench().setEnvironment("AZURE_BATCH_ACCOUNT", "mybatch");
            bench().setEnvironment("AZURE_BATCH_ENDPOINT", "https://mybatch.westeurope.batch.azure.com");
            bench().setEnvironment("AZURE_BATCH_ACCESS_KEY", "a2V5");
            bench().setEnvironment("AZURE_STORAGE_ACCOUNT", "mystorage");
            bench().setEnvironment("AZURE_STORAGE_KEY", "a2V5");
        }
        if (variable.equals("HOME")) {
            // Else the folder for Azurite does not depend on it.
            bench().setEnvironment("XDG_CACHE_HOME", "");
        }
        bench().setEnvironment(variable, value);

        AppRun run = bench().start(List.of(backend, "--output-dir=results"));

        assertThat(run.exitCodeWithin(WITHOUT_WAITING))
                .as("exit code of %s", run)
                .isEqualTo(exitCode);
        assertThat(run.err()).contains(says).doesNotContain("hush").doesNotContainPattern(JAVA_WORDS);
        if (exitCode != 0) {
            assertThat(run.err().lines().filter(line -> line.startsWith("twinbatch: ")))
                    .hasSize(1);
            assertThat(bench().work().resolve("results")).doesNotExist();
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void whatIsIgnoredChangesNothing() {
        bench().setEnvironment("COLUMNS", "wide");
        bench().setEnvironment("NO_COLOR", "nonsense");
        bench().setEnvironment("TERM", "nonsense");
        bench().setEnvironment("XDG_RUNTIME_DIR", "/dev/null");
        bench().setEnvironment("LC_ALL", "nonsense");
        bench().setEnvironment("NO_PROXY", "[::");
        bench().setEnvironment("HTTP_PROXY", "nonsense");
        bench().write("naïve.txt", "words");

        assertThat(bench().run("--output-dir=results", "naïve.txt").endsWith(0).err())
                .doesNotContain("nonsense");
    }

    @Test
    void theTableOfVariablesIsComplete() throws IOException {
        String page = Files.readString(Workbench.project().resolve("docs/environment.md"));
        Set<String> documented = new TreeSet<>(names(DOCUMENTED, page));
        assertThat(documented).containsAll(readBySources());

        Set<String> read = new TreeSet<>(names(DOCUMENTED, page.substring(0, page.indexOf("## Set"))));
        Set<String> tried = VALUES.stream().map(row -> (String) row.get()[0]).collect(Collectors.toSet());
        read.removeAll(WITHOUT_REFUSAL);
        read.removeAll(tried);
        assertThat(read).as("variables without a hostile value").isEmpty();
    }

    private static Set<String> readBySources() throws IOException {
        Set<String> names = new TreeSet<>();
        Stream.of(AzureVariable.values()).map(Enum::name).forEach(names::add);
        names.addAll(names(READ_BY_SCRIPT, Files.readString(Workbench.project().resolve("app/app"))));
        for (String module : List.of("api", "app", "backend-azure", "backend-local")) {
            Path sources = Workbench.project().resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    names.addAll(names(READ, Files.readString(file)));
                }
            }
        }
        return names;
    }

    private static List<String> names(Pattern pattern, String text) {
        List<String> names = new ArrayList<>();
        pattern.matcher(text).results().forEach(result -> {
            for (int group = 1; group <= result.groupCount(); group++) {
                if (result.group(group) != null) {
                    names.add(result.group(group));
                }
            }
        });
        return names;
    }
}
