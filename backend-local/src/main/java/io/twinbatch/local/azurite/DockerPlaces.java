package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The places of Docker engines: what DOCKER_HOST names, else what the user's file of Testcontainers names, else the
 * usual places. Testcontainers, which starts the container, does the same. Contexts of Docker's command line are not
 * followed, since Testcontainers does not follow them.
 */
public final class DockerPlaces {
    private static final String VARIABLE = "DOCKER_HOST";
    private static final String PROPERTY = "docker.host";
    private static final Pattern CURRENT_CONTEXT = Pattern.compile("\"currentContext\"\\s*:\\s*\"([^\"]*)\"");

    private final Map<String, String> environment;
    private final Path home;

    /**
     * The places for an environment.
     *
     * @param home the home folder as Java has it, the folder of the file of Testcontainers
     */
    DockerPlaces(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    /** The places for an environment and the user of this process. */
    public static DockerPlaces of(Map<String, String> environment) {
        return new DockerPlaces(environment, Path.of(System.getProperty("user.home", "")));
    }

    /**
     * The engines that are asked in turn.
     *
     * @throws BatchException {@code INVALID} when a setting is not the address of an engine
     */
    public List<DockerEngine> engines() {
        String named = setting(VARIABLE, PROPERTY);
        return named.isEmpty() ? usualPlaces() : List.of(new DockerEngine(address(named)));
    }

    /** The setting that names the engine; empty when the usual places count. */
    public Optional<String> source() {
        if (!value(VARIABLE).isEmpty()) {
            return Optional.of(VARIABLE);
        }
        return setting(VARIABLE, PROPERTY).isEmpty() ? Optional.empty() : Optional.of(PROPERTY + " in " + file());
    }

    /** The context that Docker's own command line would use; empty when that is the default, or a setting comes before. */
    public Optional<String> overlookedContext() {
        if (source().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(value("DOCKER_CONTEXT"))
                .filter(context -> !context.isEmpty())
                .or(this::currentContext)
                .filter(context -> !context.isEmpty() && !context.equals("default"));
    }

    /** Whether the engine is to be reached with certificates, so that it does not answer to plain HTTP. */
    boolean isWithCertificates() {
        return List.of("1", "true").contains(setting("DOCKER_TLS_VERIFY", "docker.tls.verify"));
    }

    private Optional<String> currentContext() {
        String folder = value("DOCKER_CONFIG");
        Optional<Path> file = folder.isEmpty()
                ? below(value("HOME"), ".docker/config.json").findFirst()
                : below(folder, "config.json").findFirst();
        try {
            Matcher context = CURRENT_CONTEXT.matcher(
                    file.filter(Files::isRegularFile).isPresent() ? Files.readString(file.get()) : "");
            return context.find() ? Optional.of(context.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private URI address(String named) {
        try {
            URI address = new URI(named);
            boolean socket = "unix".equals(address.getScheme())
                    && address.getPath() != null
                    && !address.getPath().isEmpty();
            boolean remote = List.of("tcp", "http", "https", "ssh").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null;
            if ((socket && address.getAuthority() == null) || remote) {
                return address;
            }
        } catch (URISyntaxException e) {
            // The message below says what is right; the exception repeats the value.
        }
        throw new BatchException(
                ErrorCode.INVALID,
                source().orElse(VARIABLE),
                "'" + QuotedValue.of(named) + "' is not the address of a Docker engine; an address is such as"
                        + " unix:///var/run/docker.sock or tcp://127.0.0.1:2375, or remove the setting");
    }

    private List<DockerEngine> usualPlaces() {
        Stream<Path> own = Stream.concat(
                below(value("XDG_RUNTIME_DIR"), "docker.sock"), below(value("HOME"), ".docker/run/docker.sock"));
        return Stream.concat(Stream.of(Path.of("/var/run/docker.sock")), own.filter(Files::exists))
                .map(socket ->
                        new DockerEngine(URI.create("unix://" + socket.toUri().getRawPath())))
                .toList();
    }

    /** A file below a folder that a variable names; none when the variable is unset or is no absolute path. */
    private static Stream<Path> below(String folder, String file) {
        try {
            return !Path.of(folder).isAbsolute() ? Stream.empty() : Stream.of(Path.of(folder, file));
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }

    /** A variable, else a property of the file. */
    private String setting(String variable, String property) {
        String value = value(variable);
        return value.isEmpty() ? properties().getProperty(property, "").strip() : value;
    }

    private Properties properties() {
        Properties properties = new Properties();
        if (Files.isRegularFile(file())) {
            try (Reader reader = Files.newBufferedReader(file(), StandardCharsets.ISO_8859_1)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                // Testcontainers goes on without it too.
                properties.clear();
            }
        }
        return properties;
    }

    private Path file() {
        return home.resolve(".testcontainers.properties");
    }

    private String value(String variable) {
        return environment.getOrDefault(variable, "");
    }
}
