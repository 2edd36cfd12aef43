package io.twinbatch.app.doctor;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.file.WritableFolder;
import io.twinbatch.local.azurite.AzuriteSource;
import io.twinbatch.local.azurite.DockerVariables;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Checks of environment variables whose wrong values no other check shows. What is right is not mentioned. */
final class VariableChecks {
    private static final List<String> XDG_FOLDERS =
            List.of("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR");

    private final Map<String, String> environment;
    private final Properties properties;

    VariableChecks(Map<String, String> environment, Properties properties) {
        this.environment = environment;
        this.properties = properties;
    }

    /** The variables with wrong values, one check each. */
    List<Check> examine(AzuriteSource azurite) {
        List<Check> checks = new ArrayList<>();
        for (String variable : XDG_FOLDERS) {
            if (!value(variable).isEmpty() && !value(variable).startsWith("/")) {
                checks.add(ignored(variable, "is not an absolute path", "set it to an absolute path"));
            }
        }
        home().ifPresent(checks::add);
        temporaryFolder().ifPresent(checks::add);
        if (!value("COLUMNS").strip().matches("0*[1-9][0-9]{0,5}|")) {
            checks.add(ignored("COLUMNS", "is not a number of columns", "set it to a number"));
        }
        encoding().ifPresent(checks::add);
        boolean needsDocker = azurite == AzuriteSource.DOCKER;
        DockerVariables.problems(environment)
                .forEach((variable, problem) -> checks.add(
                        needsDocker
                                ? Check.fail(variable, problem, "correct or unset it")
                                : Check.warn(variable, problem + "; Docker cannot be used", "correct or unset it")));
        return checks;
    }

    private Optional<Check> home() {
        String home = value("HOME");
        if (!home.startsWith("/")) {
            String finding = home.isEmpty() ? "is not set" : "'" + QuotedValue.of(home) + "' is not an absolute path";
            String taken = properties.getProperty("user.home");
            return Optional.of(Check.warn("HOME", finding + "; " + taken + " is used", "set it to your home folder"));
        }
        return new File(home).isDirectory()
                ? Optional.empty()
                : Optional.of(
                        Check.warn("HOME", QuotedValue.of(home) + " is not a folder", "set it to your home folder"));
    }

    /** Tasks on this machine get the variable; Java itself does not read it. */
    private Optional<Check> temporaryFolder() {
        String folder = value("TMPDIR");
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> problem = new File(folder).isDirectory()
                ? new WritableFolder(Path.of(folder)).problem()
                : Optional.of(QuotedValue.of(folder) + " is not a folder");
        return problem.map(found -> Check.warn(
                "TMPDIR", found + "; tasks get it", "set it to a folder that you may write to, or unset it"));
    }

    /** The script that starts the program replaces such a locale when the system has one with UTF-8. */
    private Optional<Check> encoding() {
        String encoding = properties.getProperty("sun.jnu.encoding", "UTF-8");
        return encoding.startsWith("ANSI_X3.4") || encoding.equals("US-ASCII")
                ? Optional.of(Check.warn(
                        "LC_ALL",
                        "names a locale with ASCII alone, or none that is installed; files with other names cannot be"
                                + " opened",
                        "set it to a locale with UTF-8 that 'locale -a' lists"))
                : Optional.empty();
    }

    private static Check ignored(String variable, String finding, String advice) {
        return Check.warn(variable, finding + " and is ignored", advice + ", or unset it");
    }

    private String value(String variable) {
        return environment.getOrDefault(variable, "");
    }
}
