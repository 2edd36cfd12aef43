package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables that the Docker client reads by itself. What it makes of a wrong value is a failure that does
 * not name the variable, or a wait for an image that nobody asked for.
 */
public final class DockerVariables {
    private static final String CERTIFICATES = "DOCKER_CERT_PATH";
    private static final String VERIFY = "DOCKER_TLS_VERIFY";

    private DockerVariables() {}

    /** The problems by the variables that have them, each a sentence without the variable's name. */
    public static Map<String, String> problems(Map<String, String> environment) {
        Map<String, String> problems = new LinkedHashMap<>();
        wordProblem(environment, "TESTCONTAINERS_RYUK_DISABLED", List.of("true", "false"))
                .ifPresent(problem -> problems.put("TESTCONTAINERS_RYUK_DISABLED", problem));
        hostProblem(environment).ifPresent(problem -> problems.put("TESTCONTAINERS_HOST_OVERRIDE", problem));
        wordProblem(environment, VERIFY, List.of("0", "1", "true", "false"))
                .ifPresent(problem -> problems.put(VERIFY, problem));
        certificateProblem(environment).ifPresent(problem -> problems.put(CERTIFICATES, problem));
        return problems;
    }

    /**
     * Refuses wrong values.
     *
     * @throws BatchException {@code INVALID} that names the first variable with a problem
     */
    static void require(Map<String, String> environment) {
        problems(environment).forEach((variable, problem) -> {
            throw new BatchException(ErrorCode.INVALID, variable, problem + "; correct or unset it");
        });
    }

    private static Optional<String> wordProblem(Map<String, String> environment, String variable, List<String> words) {
        String value = environment.getOrDefault(variable, "");
        return value.isEmpty() || words.contains(value)
                ? Optional.empty()
                : Optional.of("'" + QuotedValue.of(value) + "' is none of " + String.join(", ", words));
    }

    private static Optional<String> hostProblem(Map<String, String> environment) {
        String value = environment.getOrDefault("TESTCONTAINERS_HOST_OVERRIDE", "");
        return value.matches("[A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+]")
                ? Optional.empty()
                : Optional.of("'" + QuotedValue.of(value) + "' is not the name or address of a host");
    }

    /** The certificates count for an engine that is reached over TCP. */
    private static Optional<String> certificateProblem(Map<String, String> environment) {
        String folder = environment.getOrDefault(CERTIFICATES, "");
        boolean verify = List.of("1", "true").contains(environment.getOrDefault(VERIFY, ""));
        boolean remote = !environment.getOrDefault("DOCKER_HOST", "unix:").startsWith("unix:");
        return folder.isEmpty() || !verify || !remote || new File(folder).isDirectory()
                ? Optional.empty()
                : Optional.of("'" + QuotedValue.of(folder) + "' is not a folder with certificates");
    }
}
