package io.twinbatch.local.application;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The application packages of an account: a folder with a folder for each application, in which {@code VERSION.zip} is
 * the package of a version. It is read anew each time, so that packages may come and go. The default version of an
 * application is the one that the file {@code default} beside its packages names, or its only one.
 */
public final class ApplicationPackages {
    /** No application at all. */
    public static final ApplicationPackages NONE = new ApplicationPackages(Optional.empty());

    /** What the service allows for ids and versions. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Pattern VERSION = Pattern.compile("(?!\\.)[A-Za-z0-9._-]{1,64}");
    private static final String ARCHIVE = ".zip";
    private static final String DEFAULT = "default";

    private final Optional<Path> folder;

    private ApplicationPackages(Optional<Path> folder) {
        this.folder = folder;
    }

    /**
     * The packages of a folder.
     *
     * @throws BatchException {@code INVALID} when there is no such folder
     */
    public static ApplicationPackages in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "applications " + folder,
                    "there is no such folder; make it, with a folder ID and in it a file VERSION.zip for each package");
        }
        return new ApplicationPackages(Optional.of(folder.toAbsolutePath()));
    }

    /**
     * A package.
     *
     * @param application the id of its application, in the spelling of the folder
     * @param version its version
     * @param file its zip file
     */
    record Found(String application, String version, Path file) {}

    /**
     * An application.
     *
     * @param id its id, in the spelling of the folder
     * @param versions those of its packages
     */
    public record Application(String id, List<String> versions) {}

    /** All applications, by id. */
    public NavigableMap<String, Application> applications() {
        NavigableMap<String, Application> applications = new TreeMap<>();
        folders().forEach(place -> applications.put(name(place), new Application(name(place), versions(place))));
        return applications;
    }

    /** An application; the case of ids does not matter, as on the service. */
    public Optional<Application> application(String id) {
        return place(id).map(place -> new Application(name(place), versions(place)));
    }

    private Stream<Path> folders() {
        return folder.map(ApplicationPackages::entries).orElse(List.of()).stream()
                .filter(place -> ID.matcher(name(place)).matches() && Files.isDirectory(place));
    }

    private Optional<Path> place(String id) {
        return folders().filter(place -> name(place).equalsIgnoreCase(id)).findFirst();
    }

    /** Those references that are to no package there is. */
    public List<PackageReference> unknown(Collection<PackageReference> references) {
        return references.stream()
                .filter(reference -> find(reference).isEmpty())
                .toList();
    }

    /** The package of a reference; case does not matter in versions either. */
    Optional<Found> find(PackageReference reference) {
        return place(reference.application()).flatMap(place -> {
            List<String> versions = versions(place);
            return reference
                    .version()
                    .or(() -> defaultVersion(place, versions))
                    .flatMap(version ->
                            versions.stream().filter(version::equalsIgnoreCase).findFirst())
                    .map(version -> new Found(name(place), version, place.resolve(version + ARCHIVE)));
        });
    }

    private static List<String> versions(Path application) {
        return entries(application).stream()
                .map(ApplicationPackages::name)
                .filter(name -> name.endsWith(ARCHIVE))
                .map(name -> name.substring(0, name.length() - ARCHIVE.length()))
                .filter(version -> VERSION.matcher(version).matches())
                .filter(version -> Files.isRegularFile(application.resolve(version + ARCHIVE)))
                .toList();
    }

    private static Optional<String> defaultVersion(Path application, List<String> versions) {
        Path file = application.resolve(DEFAULT);
        if (Files.isRegularFile(file)) {
            try {
                return Optional.of(Files.readString(file).strip());
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return versions.size() == 1 ? Optional.of(versions.get(0)) : Optional.empty();
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static BatchException unreadable(Path path, IOException cause) {
        return new BatchException(
                ErrorCode.UNAVAILABLE, "applications " + path, "it cannot be read: " + FailureReason.of(cause), cause);
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName(), "a name").toString();
    }
}
