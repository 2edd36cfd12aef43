package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.local.program.SearchPath;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Gets an Azurite by the way that its configuration names. */
public final class AzuriteLauncher {
    private final Map<String, String> environment;
    private final NpmAzurite npm;

    /** A launcher that searches for programs and engines where this process's environment says. */
    public AzuriteLauncher() {
        this(System.getenv());
    }

    /**
     * A launcher that searches elsewhere.
     *
     * @param environment variables by name; PATH, DOCKER_HOST, XDG_RUNTIME_DIR, HOME and those of
     *     {@link DockerVariables} are used
     */
    AzuriteLauncher(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.npm = new NpmAzurite(new SearchPath(environment.getOrDefault("PATH", "")));
    }

    /** The folder that is there when Azurite from npm, in the version that this program runs, is installed. */
    public static Path installation(Path cacheDir) {
        return NpmInstallation.place(cacheDir);
    }

    /**
     * Starts an Azurite, or connects to one, and returns when it answers.
     *
     * @param progress receives a line for each slow step and for each failed attempt
     * @throws BatchException {@code UNAVAILABLE} when there is no way to get one, it does not start, or its port is
     *     taken; {@code CONFLICT} when its data folder is taken; {@code INVALID} when a folder cannot be written
     */
    public Azurite start(AzuriteConfig config, Consumer<String> progress) {
        return switch (config.source()) {
            case ENDPOINT -> EndpointAzurite.connect(config.endpoint().orElseThrow());
            case DOCKER -> startInDocker(config, requireEngine(), progress);
            case NPM -> npm.start(config, progress);
            case AUTO -> startAnyhow(config, progress);
        };
    }

    /**
     * The Azurite that another process of this user runs; empty when none answers, or its data folder has no account.
     *
     * @param port where it listens at the loopback address
     */
    public static Optional<Azurite> running(Path dataDir, int port) {
        return AzuriteAccount.existing(dataDir)
                .map(account -> new EndpointAzurite(account.at(port)))
                .filter(EndpointAzurite::isAlive)
                .map(azurite -> azurite);
    }

    /**
     * Ends an Azurite that a killed process has left on a data folder, and that would not end by itself, so that its port
     * becomes free. One from npm ends by itself.
     */
    public void endLeftover(AzuriteConfig config) {
        boolean mayBeInDocker = config.source() == AzuriteSource.DOCKER || config.source() == AzuriteSource.AUTO;
        if (mayBeInDocker && DockerEngine.find(environment).isPresent()) {
            DockerAzurite.endLeftovers(config);
        }
    }

    /**
     * The engine when it answers; empty when Testcontainers has to find out, because it wants certificates.
     *
     * @throws BatchException {@code UNAVAILABLE} when no engine is there
     */
    private Optional<DockerEngine> requireEngine() {
        DockerPlaces places = DockerPlaces.of(environment);
        Optional<DockerEngine> engine = DockerEngine.find(environment);
        boolean unknown =
                places.isWithCertificates() && places.engines().stream().anyMatch(DockerEngine::listens);
        if (engine.isEmpty() && !unknown) {
            String addresses = places.engines().stream()
                    .map(place -> QuotedValue.of(place.address().toString()))
                    .collect(Collectors.joining(", "));
            String source = places.source().map(name -> " (" + name + ")").orElse("");
            String correction = places.source().isPresent() ? ", correct or remove that setting" : "";
            String context = places.overlookedContext()
                    .map(name -> "; the Docker context '" + QuotedValue.of(name)
                            + "' is not followed: set DOCKER_HOST to its address")
                    .orElse("");
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "Docker",
                    "no engine answers at " + addresses + source + "; start it" + correction
                            + ", or take Azurite from npm" + context);
        }
        return engine;
    }

    private Azurite startAnyhow(AzuriteConfig config, Consumer<String> progress) {
        // It starts sooner than a container, needs none of the classes that talk to Docker, and saves its index at
        // once.
        if (npm.isInstalled(config.cacheDir())) {
            return npm.start(config, progress);
        }
        Optional<DockerEngine> engine = DockerEngine.find(environment);
        boolean hasImage = engine.map(this::hasImages).orElse(false);
        // An image that has to be pulled first comes last: without a network the pull fails only after minutes.
        if (hasImage || (engine.isPresent() && !npm.isPossible())) {
            try {
                return startInDocker(config, engine, progress);
            } catch (BatchException e) {
                if (!npm.isPossible() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                progress.accept(e.getMessage() + "; taking it from npm instead");
            }
        }
        if (npm.isPossible()) {
            return npm.start(config, progress);
        }
        throw new BatchException(
                ErrorCode.UNAVAILABLE,
                "Azurite",
                "there is nothing to run it with: install Node.js 20 or newer (which brings node and npm), or start"
                        + " Docker, or name the endpoint of an Azurite that runs already");
    }

    /** Whether a container can be started without pulling anything. */
    private boolean hasImages(DockerEngine engine) {
        boolean noCleaner = Boolean.parseBoolean(environment.getOrDefault("TESTCONTAINERS_RYUK_DISABLED", "false"));
        return engine.hasImage(DockerAzurite.IMAGE) && (noCleaner || engine.hasImage(DockerAzurite.CLEANER_IMAGE));
    }

    private Azurite startInDocker(AzuriteConfig config, Optional<DockerEngine> engine, Consumer<String> progress) {
        DockerVariables.require(environment);
        if (engine.isPresent() && !engine.get().hasImage(DockerAzurite.IMAGE)) {
            progress.accept("pulling the image " + DockerAzurite.IMAGE + " (once, about 100 MB)");
        }
        return DockerAzurite.start(config, engine);
    }
}
