package io.twinbatch.azure;

import static io.twinbatch.azure.AzureVariable.AZURE_REGISTRY_IDENTITY;
import static io.twinbatch.azure.AzureVariable.AZURE_REGISTRY_PASSWORD;
import static io.twinbatch.azure.AzureVariable.AZURE_REGISTRY_PASSWORD_FILE;
import static io.twinbatch.azure.AzureVariable.AZURE_REGISTRY_SERVER;
import static io.twinbatch.azure.AzureVariable.AZURE_REGISTRY_USERNAME;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.azure.AzureConfig.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the settings of the registry of container images. */
final class RegistrySettings {
    private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?");

    private final Map<String, String> settings;
    private final Consumer<String> problems;

    /**
     * A reader.
     *
     * @param problems hears each problem, in a sentence without values
     */
    RegistrySettings(Map<String, String> settings, Consumer<String> problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** The registry; empty when none is named, or its settings have a problem. */
    Optional<Registry> read() {
        Optional<String> server = get(AZURE_REGISTRY_SERVER);
        Optional<String> user = get(AZURE_REGISTRY_USERNAME);
        Optional<String> identity = get(AZURE_REGISTRY_IDENTITY);
        Optional<Secret> password = password();
        boolean others = Stream.of(user, identity, get(AZURE_REGISTRY_PASSWORD), get(AZURE_REGISTRY_PASSWORD_FILE))
                .anyMatch(Optional::isPresent);
        if (server.isEmpty()) {
            if (others) {
                problems.accept(AZURE_REGISTRY_SERVER + " is missing; set it to the registry's host, such as"
                        + " myregistry.azurecr.io");
            }
            return Optional.empty();
        }
        if (!SERVER.matcher(server.get()).matches()) {
            problems.accept(AZURE_REGISTRY_SERVER + " is malformed; a host such as myregistry.azurecr.io is expected");
            return Optional.empty();
        }
        if (identity.isPresent()) {
            return byIdentity(server.get(), identity.get(), user.isPresent() || password.isPresent());
        }
        if (user.isEmpty() || password.isEmpty()) {
            problems.accept(AZURE_REGISTRY_SERVER + " needs " + AZURE_REGISTRY_USERNAME + " with "
                    + AZURE_REGISTRY_PASSWORD + " or " + AZURE_REGISTRY_PASSWORD_FILE + ", or "
                    + AZURE_REGISTRY_IDENTITY);
            return Optional.empty();
        }
        return Optional.of(new Registry(
                server.get(), Optional.of(new Registry.Login(user.get(), password.get())), Optional.empty()));
    }

    private Optional<Registry> byIdentity(String server, String identity, boolean alsoLogin) {
        if (alsoLogin) {
            problems.accept(
                    AZURE_REGISTRY_IDENTITY + " and " + AZURE_REGISTRY_USERNAME + " exclude each other; unset one");
            return Optional.empty();
        }
        Optional<ManagedIdentity> known = ManagedIdentity.of(identity);
        if (known.isEmpty()) {
            problems.accept(AZURE_REGISTRY_IDENTITY + " is malformed; " + ManagedIdentity.EXPECTED);
            return Optional.empty();
        }
        return Optional.of(new Registry(server, Optional.empty(), known));
    }

    private Optional<Secret> password() {
        Optional<String> file = get(AZURE_REGISTRY_PASSWORD_FILE);
        Optional<String> direct = get(AZURE_REGISTRY_PASSWORD);
        if (file.isEmpty() || direct.isPresent()) {
            return direct.map(Secret::new);
        }
        try {
            List<String> lines = Files.readAllLines(Path.of(file.get()));
            if (!lines.isEmpty() && !lines.get(0).isBlank()) {
                return Optional.of(new Secret(lines.get(0).strip()));
            }
            problems.accept("the file of " + AZURE_REGISTRY_PASSWORD_FILE + " is empty");
        } catch (IOException | InvalidPathException e) {
            problems.accept("the file of " + AZURE_REGISTRY_PASSWORD_FILE + " cannot be read: " + FailureReason.of(e));
        }
        return Optional.empty();
    }

    private Optional<String> get(AzureVariable variable) {
        return Optional.ofNullable(settings.get(variable.name()))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
