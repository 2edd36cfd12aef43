package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinbatch.local.emulator.operation.Routes.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The types of answers as the service publishes them, for two versions of its API. The data are beside this class: the
 * type of each operation's answer, and each type's properties with their types. A star marks a property that is always
 * there; passwords and keys have none, since no answer repeats them. A number of 64 bits is written as a text.
 */
final class PublishedTypes {
    private static final String ANNOTATION = "odata.";
    private static final String NEXT_PAGE = "odata.nextLink";
    private static final String LIST = "[]";
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,7})?Z");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,19}");

    private final JsonNode data;

    private PublishedTypes(JsonNode data) {
        this.data = data;
    }

    static PublishedTypes load() {
        try (InputStream stream = PublishedTypes.class.getResourceAsStream("published-types.json")) {
            return new PublishedTypes(new ObjectMapper().readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless an answer has the type that is published for it; of another version it says nothing. */
    void requireAnswer(Endpoint endpoint, Map<String, String> query, JsonNode document) {
        String version = query.get("api-version");
        if (!has(data.get("versions"), version)) {
            return;
        }
        String operation = endpoint.method() + " " + endpoint.path();
        String type = data.at("/answers").path(operation).asText();
        assertThat(type).as("the type of the answer to " + operation).isNotEmpty();
        require(operation, version, type, query.containsKey("$select"), document);
    }

    /** Fails unless a refusal has the type that is published for it. */
    void requireRefusal(JsonNode document) {
        String newest = data.get("versions").get(1).textValue();
        require("a refusal", newest, data.get("refusal").textValue(), false, document);
    }

    private void require(String what, String version, String type, boolean selected, JsonNode document) {
        List<String> problems = new ArrayList<>();
        new Check(version, selected, problems).value("", type, document);
        assertThat(problems)
                .as(what + " in version " + version + ": " + document)
                .isEmpty();
    }

    private static boolean has(JsonNode list, String text) {
        for (JsonNode each : list) {
            if (each.textValue().equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** One document being checked; where a client has selected properties, none is missing. */
    private final class Check {
        private final String version;
        private final boolean selected;
        private final List<String> problems;

        private Check(String version, boolean selected, List<String> problems) {
            this.version = version;
            this.selected = selected;
            this.problems = problems;
        }

        private void value(String path, String type, JsonNode value) {
            if (type.endsWith(LIST)) {
                require(path, value.isArray(), "a list", value);
                String element = type.substring(0, type.length() - LIST.length());
                value.forEach(each -> value(path + LIST, element, each));
            } else if (data.get("types").has(type)) {
                object(path, type, value);
            } else {
                simple(path, type, value);
            }
        }

        private void object(String path, String type, JsonNode value) {
            JsonNode properties = data.get("types").get(type);
            if (properties.has("<enum>")) {
                oneOf(path, properties.get("<enum>").textValue(), value);
                return;
            }
            require(path, value.isObject(), "an object", value);
            for (Map.Entry<String, JsonNode> property : value.properties()) {
                String name = property.getKey();
                String own =
                        properties.path(name).asText(properties.path(name + "*").asText());
                if (name.startsWith(ANNOTATION) && !name.equals(NEXT_PAGE)) {
                    continue;
                }
                if (own.isEmpty() || !isKnown(type + "." + name)) {
                    problems.add(path + "/" + name + " is no property of " + type);
                } else {
                    value(path + "/" + name, own, property.getValue());
                }
            }
            properties.fieldNames().forEachRemaining(name -> requirePresent(path, type, name, value));
        }

        private void requirePresent(String path, String type, String name, JsonNode value) {
            boolean needed = name.endsWith("*") && !selected;
            if (needed && !value.has(name.substring(0, name.length() - 1))) {
                problems.add(path + "/" + name + " of " + type + " is missing");
            }
        }

        private boolean isKnown(String property) {
            for (JsonNode each : data.get("versions")) {
                String other = each.textValue();
                String change = (version.compareTo(other) >= 0 ? "until " : "since ") + other;
                if (has(data.path(change), property)) {
                    return false;
                }
            }
            return true;
        }

        private void simple(String path, String type, JsonNode value) {
            switch (type) {
                case "string" -> require(path, value.isTextual(), "a text", value);
                case "boolean" -> require(path, value.isBoolean(), "true or false", value);
                case "integer:int32" -> require(path, value.isInt(), "a number", value);
                case "integer:int64" ->
                    require(path, INTEGER.matcher(value.asText()).matches() && value.isTextual(), "digits", value);
                case "number:double" -> require(path, value.isNumber(), "a number", value);
                case "string:date-time" -> require(path, isTime(value.asText()), "a time", value);
                case "string:duration" -> require(path, isDuration(value.asText()), "a duration", value);
                case "object map" -> {
                    require(path, value.isObject(), "an object", value);
                    value.forEach(each -> require(path, each.isTextual(), "a text", each));
                }
                case "object" -> require(path, value.isObject(), "an object", value);
                default -> oneOf(path, type.replaceFirst("^string ", ""), value);
            }
        }

        /** The service writes some values in another case than it publishes them. */
        private void oneOf(String path, String values, JsonNode value) {
            boolean known = Arrays.stream(values.split("[|]")).anyMatch(value.asText()::equalsIgnoreCase);
            require(path, known && value.isTextual(), "one of " + values, value);
        }

        private static boolean isTime(String text) {
            try {
                return TIME.matcher(text).matches() && Instant.parse(text) != null;
            } catch (DateTimeException e) {
                return false;
            }
        }

        private static boolean isDuration(String text) {
            try {
                return Duration.parse(text) != null;
            } catch (DateTimeException e) {
                return false;
            }
        }

        private void require(String path, boolean condition, String expected, JsonNode value) {
            if (!condition) {
                problems.add(path + " is to be " + expected + ", not " + value);
            }
        }
    }
}
