package io.twinbatch.app.doctor;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.app.run.LocalSettings;
import io.twinbatch.azure.AzureVariable;
import io.twinbatch.local.azurite.AzuriteLauncher;
import io.twinbatch.local.azurite.AzuriteSource;
import io.twinbatch.local.azurite.DockerEngine;
import io.twinbatch.local.azurite.DockerPlaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks at the machine with the local backend's eyes. */
public final class Doctor {
    private static final int OLDEST_NODE = 18;
    private static final Pattern FIRST_NUMBER = Pattern.compile("(\\d+)");
    private final Map<String, String> environment;
    private final LocalSettings settings;
    private final Programs programs;

    Doctor(Map<String, String> environment, LocalSettings settings, Programs programs) {
        this.environment = Map.copyOf(environment);
        this.settings = settings;
        this.programs = programs;
    }

    /** A doctor that checks this machine. */
    public static Doctor forThisMachine(Map<String, String> environment, LocalSettings settings) {
        return new Doctor(environment, settings, Programs.installed());
    }

    /** Looks at everything; takes a few seconds at most for each thing that does not answer. */
    public List<Check> examine() {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.ok("Java", Runtime.version() + " in " + System.getProperty("java.home")));
        checks.add(Check.ok("Processors", Integer.toString(Runtime.getRuntime().availableProcessors())));
        checks.addAll(azurite());
        checks.add(FolderChecks.privateFolder("State folder", settings.stateDir()));
        checks.add(FolderChecks.writableFolder("Cache folder", settings.cacheDir()));
        checks.add(FolderChecks.freeDisk(settings.stateDir()));
        checks.add(loopback());
        checks.addAll(new VariableChecks(environment, System.getProperties())
                .examine(settings.azurite().source()));
        checks.add(azureCredentials());
        return checks;
    }

    /** Docker and npm are two ways to the same thing: each alone is enough. */
    private List<Check> azurite() {
        List<DockerEngine> places = dockerPlaces();
        Optional<DockerEngine> engine = places.isEmpty() ? Optional.empty() : DockerEngine.find(environment);
        Optional<String> node = programs.version("node");
        Optional<String> npm = programs.version("npm");
        boolean nodeIsGood = node.map(Doctor::firstNumber).orElse(0) >= OLDEST_NODE;
        boolean installed = Files.isDirectory(AzuriteLauncher.installation(settings.cacheDir()));
        AzuriteSource source = settings.azurite().source();
        boolean dockerWay = engine.isPresent() && source != AzuriteSource.NPM;
        boolean npmWay = nodeIsGood && (npm.isPresent() || installed) && source != AzuriteSource.DOCKER;
        List<Check> checks = new ArrayList<>();
        checks.add(docker(engine, places, npmWay));
        DockerPlaces.of(environment)
                .overlookedContext()
                .ifPresent(context -> checks.add(dockerContext(context, engine.isPresent() || npmWay)));
        checks.add(
                nodeIsGood
                        ? Check.ok("Node.js", node.orElse(""))
                        : optional(
                                dockerWay,
                                "Node.js",
                                node.map(version -> version + " is too old").orElse("is not installed"),
                                "install Node.js, version " + OLDEST_NODE + " or later"));
        checks.add(npm.map(version -> Check.ok("npm", version))
                .orElseGet(() -> optional(
                        dockerWay || installed, "npm", "is not installed", "install npm, which comes with Node.js")));
        // The backend takes what is installed before it asks Docker.
        boolean askDocker = dockerWay && !(npmWay && installed && npm.isPresent());
        checks.add(azuriteSource(askDocker ? engine : Optional.empty(), npmWay, installed));
        return checks;
    }

    /** The engines that the backend would ask; none when DOCKER_HOST cannot be understood. */
    private List<DockerEngine> dockerPlaces() {
        try {
            return DockerPlaces.of(environment).engines();
        } catch (BatchException e) {
            return List.of();
        }
    }

    private Check docker(Optional<DockerEngine> engine, List<DockerEngine> places, boolean npmWay) {
        String name = "Docker engine";
        if (engine.isPresent()) {
            return Check.ok(name, "answers at " + engine.get().address());
        }
        if (places.isEmpty()) {
            return Check.fail(
                    name,
                    DockerPlaces.of(environment).source().orElse("DOCKER_HOST")
                            + " is not the address of a Docker engine",
                    "set it to an address such as unix:///var/run/docker.sock or tcp://127.0.0.1:2375, or unset it");
        }
        String addresses =
                places.stream().map(place -> place.address().toString()).collect(Collectors.joining(", "));
        return optional(npmWay, name, "does not answer at " + addresses, "start Docker, and see that you may use it");
    }

    private static Check dockerContext(String context, boolean otherWay) {
        String name = "Docker context";
        String finding = "'" + QuotedValue.of(context) + "' is not followed";
        String advice = "set DOCKER_HOST to its address, which docker context inspect shows";
        return otherWay ? Check.ok(name, finding + "; DOCKER_HOST would be") : Check.warn(name, finding, advice);
    }

    private Check azuriteSource(Optional<DockerEngine> engine, boolean npmWay, boolean installed) {
        String name = "Azurite";
        if (settings.azurite().source() == AzuriteSource.ENDPOINT) {
            return Check.ok(name, "at the endpoint that you name");
        }
        if (engine.isPresent()) {
            return Check.ok(
                    name,
                    engine.get().hasAzurite()
                            ? "from Docker, the image is there"
                            : "from Docker, its image is fetched at the first run");
        }
        if (npmWay) {
            return Check.ok(
                    name,
                    installed
                            ? "from npm, installed in " + settings.cacheDir()
                            : "from npm, installed at the first run (about half a minute)");
        }
        return Check.fail(
                name,
                "cannot be had: neither a Docker engine nor Node.js with npm is there",
                "install Node.js " + OLDEST_NODE
                        + " or later, or start Docker, or name a running Azurite by --azurite");
    }

    private static Check optional(boolean otherWay, String name, String finding, String advice) {
        return otherWay ? Check.ok(name, finding + " (not needed here)") : Check.warn(name, finding, advice);
    }

    private static int firstNumber(String version) {
        Matcher number = FIRST_NUMBER.matcher(version);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    private Check loopback() {
        String name = "Loopback port";
        int port = settings.azuritePort().orElse(0);
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Check.ok(name, socket.getLocalPort() + " can be listened on");
        } catch (IOException e) {
            return Check.fail(
                    name,
                    "cannot be listened on: " + FailureReason.of(e),
                    "look at the settings of the network, or name another port");
        }
    }

    /** Names alone; the values are nobody's business. */
    private Check azureCredentials() {
        List<String> set = Arrays.stream(AzureVariable.values())
                .map(AzureVariable::name)
                .filter(variable -> !environment.getOrDefault(variable, "").isEmpty())
                .toList();
        return Check.ok(
                "Azure credentials",
                set.isEmpty() ? "none in the environment (the local backend needs none)" : String.join(", ", set));
    }
}
