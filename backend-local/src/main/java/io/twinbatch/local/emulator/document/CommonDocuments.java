package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.NodePath;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.local.application.PackageReference;
import io.twinbatch.local.node.AccountUrl;
import io.twinbatch.local.record.ContainerSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Parts that several documents have, as the engine understands them, and back. */
public final class CommonDocuments {
    /** How the service writes that there is no limit. */
    public static final String UNLIMITED = "P10675199DT2H48M5.4775807S";

    /** How long the folder of a task is kept, as the service writes it. */
    public static final String DEFAULT_RETENTION =
            Period.ofDays((int) TaskSpec.DEFAULT_RETENTION.toDays()).toString();

    private static final Duration MAX_DURATION = Duration.ofDays(10_675_199);

    /** When a URL does not say when it expires; what is refused in the end is the signature. */
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    /** What an upload to Blob Storage has to say. */
    private static final Map<String, String> BLOCK_BLOB = Map.of("x-ms-blob-type", "BlockBlob");

    /** How the field of a signed URL begins that says when it expires. */
    private static final String EXPIRY = "se=";

    private CommonDocuments() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode list() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** A property as text; empty when it is missing. */
    public static Optional<String> text(JsonNode document, String name) {
        return Optional.ofNullable(document.get(name)).map(JsonNode::textValue);
    }

    /** A property as a part; a part without properties when it is missing. */
    static JsonNode part(JsonNode document, String name) {
        return document.has(name) ? document.get(name) : object();
    }

    /** A bound of time; empty when it is missing or so long that it is none. */
    public static Optional<Duration> limit(JsonNode document, String name) {
        return text(document, name).map(Duration::parse).filter(length -> length.compareTo(MAX_DURATION) < 0);
    }

    /** A time limit, which is more than nothing. */
    public static Optional<Duration> timeLimit(JsonNode document, String part, String name) {
        Optional<Duration> limit = limit(part(document, part), name);
        if (limit.isPresent() && limit.get().isZero()) {
            throw BodyFaults.invalid(part + "." + name, limit.get().toString(), "It is more than zero.");
        }
        return limit;
    }

    /** A number of retries; -1 is any number. */
    public static int retries(JsonNode document, String name) {
        int retries = document.path(name).asInt(0);
        return retries < 0 ? Integer.MAX_VALUE : retries;
    }

    /** How the service writes a number of retries. */
    public static int retries(int number) {
        return number == Integer.MAX_VALUE ? -1 : number;
    }

    public static Map<String, String> environment(JsonNode settings) {
        Map<String, String> variables = new LinkedHashMap<>();
        settings.forEach(each ->
                variables.put(each.get("name").textValue(), each.path("value").asText("")));
        return variables;
    }

    public static Map<String, String> metadata(JsonNode items) {
        return environment(items);
    }

    public static ArrayNode namedValues(Map<String, String> values) {
        ArrayNode items = list();
        new TreeMap<>(values)
                .forEach((name, value) -> items.addObject().put("name", name).put("value", value));
        return items;
    }

    public static List<ResourceFile> resourceFiles(JsonNode files) {
        List<ResourceFile> found = new ArrayList<>();
        for (JsonNode file : files) {
            if (!file.has("httpUrl")) {
                continue;
            }
            String path = text(file, "filePath").orElseThrow(() -> BodyFaults.missing("resourceFiles.filePath"));
            SignedUrl source = link("resourceFiles.httpUrl", file, "httpUrl", Map.of());
            try {
                found.add(new ResourceFile(source, path));
            } catch (BatchException e) {
                throw BodyFaults.invalid(
                        "resourceFiles.filePath", path, "It is relative and stays in the working directory.");
            }
        }
        return found;
    }

    /** The containers among the resource files. */
    public static List<ContainerSource> containers(JsonNode files) {
        List<ContainerSource> found = new ArrayList<>();
        for (JsonNode file : files) {
            if (!file.has("httpUrl")) {
                String folder = text(file, "filePath").orElse("");
                requireInside(folder);
                found.add(new ContainerSource(
                        container(file), text(file, "blobPrefix").orElse(""), folder));
            }
        }
        return found;
    }

    private static SignedUrl container(JsonNode file) {
        return text(file, "autoStorageContainerName")
                .map(CommonDocuments::autoStorage)
                .orElseGet(() -> link("resourceFiles.storageContainerUrl", file, "storageContainerUrl", Map.of()));
    }

    private static SignedUrl autoStorage(String name) {
        try {
            return AccountUrl.ofAutoStorage(new ContainerName(name));
        } catch (BatchException e) {
            throw BodyFaults.invalid(
                    "resourceFiles.autoStorageContainerName", name, "It is not the name of a container.");
        }
    }

    /** The application packages that a pool or a task refers to. */
    public static List<PackageReference> applications(JsonNode document) {
        List<PackageReference> found = new ArrayList<>();
        for (JsonNode reference : document.path("applicationPackageReferences")) {
            found.add(new PackageReference(reference.get("applicationId").textValue(), text(reference, "version")));
        }
        return found;
    }

    private static void requireInside(String folder) {
        try {
            if (!folder.isEmpty()) {
                NodePath.requireInside("resource file", folder);
            }
        } catch (BatchException e) {
            throw BodyFaults.invalid(
                    "resourceFiles.filePath", folder, "It is relative and stays in the working directory.");
        }
    }

    public static List<OutputFile> outputFiles(JsonNode files) {
        List<OutputFile> found = new ArrayList<>();
        for (JsonNode file : files) {
            JsonNode container = file.get("destination").get("container");
            Map<String, String> headers = new LinkedHashMap<>(environment(container.path("uploadHeaders")));
            headers.putAll(BLOCK_BLOB);
            SignedUrl target =
                    link("outputFiles.destination.container.containerUrl", container, "containerUrl", headers);
            OutputFile.Condition condition =
                    switch (file.get("uploadOptions").get("uploadCondition").textValue()) {
                        case "tasksuccess" -> OutputFile.Condition.SUCCESS;
                        case "taskfailure" -> OutputFile.Condition.FAILURE;
                        default -> OutputFile.Condition.COMPLETION;
                    };
            found.add(outputFile(
                    file.get("filePattern").textValue(),
                    target,
                    text(container, "path").orElse(""),
                    condition));
        }
        return found;
    }

    private static OutputFile outputFile(
            String pattern, SignedUrl target, String path, OutputFile.Condition condition) {
        try {
            return new OutputFile(pattern, target, path, condition);
        } catch (BatchException e) {
            throw BodyFaults.invalid(
                    "outputFiles",
                    QuotedValue.of(pattern) + " to " + QuotedValue.of(path),
                    "The pattern stays in the task's directory, and the path in its container.");
        }
    }

    /** A container that objects are written to. */
    public static SignedUrl uploadTarget(JsonNode document) {
        return link("containerUrl", document, "containerUrl", BLOCK_BLOB);
    }

    /** A URL with what gives access to it: its own signature, or the identity beside it. */
    private static SignedUrl link(String shownName, JsonNode part, String name, Map<String, String> headers) {
        URI url = url(shownName, part.get(name));
        return part.has("identityReference")
                ? new SignedUrl(AccountUrl.byIdentity(url), headers, NEVER)
                : new SignedUrl(url, headers, expiry(url));
    }

    private static Instant expiry(URI url) {
        try {
            return Stream.of(Objects.requireNonNullElse(url.getQuery(), "").split("&", -1))
                    .filter(field -> field.startsWith(EXPIRY))
                    .findFirst()
                    .map(field -> Instant.parse(field.substring(EXPIRY.length())))
                    .orElse(NEVER);
        } catch (DateTimeParseException e) {
            return NEVER;
        }
    }

    private static URI url(String name, JsonNode value) {
        try {
            URI url = new URI(value.textValue());
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw BodyFaults.invalid(name, value, "It is no URL.");
        }
        throw BodyFaults.invalid(name, value, "It is no URL of HTTP.");
    }

    /** What the service shows of a user when nothing is said. */
    public static ObjectNode userIdentity(boolean elevated) {
        ObjectNode identity = object();
        identity.putObject("autoUser").put("scope", "pool").put("elevationLevel", elevated ? "admin" : "nonadmin");
        return identity;
    }

    /** Whether a task asks for administrator rights. */
    public static boolean isElevated(JsonNode task) {
        return task.path("userIdentity")
                .path("autoUser")
                .path("elevationLevel")
                .asText("")
                .equals("admin");
    }

    public static ArrayNode toResourceFiles(List<ResourceFile> files) {
        ArrayNode documents = list();
        files.forEach(file -> documents
                .addObject()
                .put("httpUrl", file.source().url().toString())
                .put("filePath", file.path()));
        return documents;
    }

    public static ArrayNode toOutputFiles(List<OutputFile> files) {
        ArrayNode documents = list();
        for (OutputFile file : files) {
            ObjectNode document = documents.addObject().put("filePattern", file.pattern());
            ObjectNode container = document.putObject("destination")
                    .putObject("container")
                    .put("containerUrl", file.container().url().toString());
            if (!file.path().isEmpty()) {
                container.put("path", file.path());
            }
            String condition = switch (file.condition()) {
                case SUCCESS -> "tasksuccess";
                case FAILURE -> "taskfailure";
                case COMPLETION -> "taskcompletion";
            };
            document.putObject("uploadOptions").put("uploadCondition", condition);
        }
        return documents;
    }

    /** Adds a list when it is not empty. */
    public static void putUnlessEmpty(ObjectNode document, String name, ArrayNode list) {
        if (!list.isEmpty()) {
            document.set(name, list);
        }
    }

    /** Adds what is missing; parts are completed too. */
    public static void complete(ObjectNode document, ObjectNode defaults) {
        defaults.properties().forEach(property -> {
            JsonNode present = document.get(property.getKey());
            if (present == null) {
                document.set(property.getKey(), property.getValue());
            }
        });
    }
}
