package io.twinbatch.local.application;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application package that a node has.
 *
 * @param application the id of the application
 * @param version the version
 * @param byDefault whether the default version was asked for
 */
public record InstalledPackage(String application, String version, boolean byDefault) {
    private static final String VARIABLE = "AZ_BATCH_APP_PACKAGE_";

    /** Where it is on a node. */
    Path folder(Path nodeRoot) {
        return nodeRoot.resolve("applications").resolve(application).resolve(version);
    }

    /** The variables by which tasks of a node find it. */
    public Map<String, String> variables(Path nodeRoot) {
        String folder = folder(nodeRoot).toString();
        return names(application, byDefault ? Optional.empty() : Optional.of(version)).stream()
                .collect(Collectors.toMap(name -> name, name -> folder));
    }

    /**
     * The names of the variable of a package on Linux. The service's pages disagree about the case: one says that that of
     * the id is kept (<a href="https://learn.microsoft.com/azure/batch/batch-application-packages">application
     * packages</a>), and one has an example all in lower case (<a
     * href="https://learn.microsoft.com/azure/batch/batch-compute-node-environment-variables">variables</a>). So there
     * are both.
     */
    static List<String> names(String application, Optional<String> version) {
        String name = (application + version.map(text -> "_" + text).orElse("")).replaceAll("[.#-]", "_");
        return Stream.of(name, name.toLowerCase(Locale.ROOT))
                .distinct()
                .map(VARIABLE::concat)
                .toList();
    }
}
