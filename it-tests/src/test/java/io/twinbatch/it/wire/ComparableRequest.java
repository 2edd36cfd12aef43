package io.twinbatch.it.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a request has a meaning for the service.
 *
 * <p>Left out, because the service acts the same with and without: {@code User-Agent}, {@code accept-language},
 * {@code x-ms-logging-context}, {@code Accept} (there is one kind of answer for each operation), the client's own names
 * for requests, the time and the signature (both are checked apart), and the content type of a request without a body,
 * which the official client sends. A content type's {@code charset} is left out too: JSON is UTF-8.
 *
 * <p>Durations are compared by their length ({@code P1D} is {@code PT24H}); names with values, and lists of ids, without
 * their order. Everything else of the body is compared as it is: a default that one side sends and the other leaves out
 * is a difference.
 *
 * @param method the verb
 * @param path the path's parts, decoded: a slash within a part stays one
 * @param query the decoded query
 * @param contentType the content type of a body, without its charset
 * @param range the part of a file that is asked for
 * @param conditions headers that make the operation depend on the resource's version
 * @param body the document
 */
record ComparableRequest(
        String method,
        List<String> path,
        Map<String, String> query,
        Optional<String> contentType,
        Optional<String> range,
        List<String> conditions,
        JsonNode body) {
    private static final Set<String> DURATIONS =
            Set.of("maxWallClockTime", "retentionTime", "resizeTimeout", "autoScaleEvaluationInterval");
    private static final Set<String> WITHOUT_ORDER = Set.of(
            "metadata", "environmentSettings", "commonEnvironmentSettings", "taskIds", "nodeList", "uploadHeaders");
    private static final List<String> CONDITIONS =
            List.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since");

    static ComparableRequest of(WireRequest request) {
        boolean hasBody = !request.body().isEmpty();
        return new ComparableRequest(
                request.method(),
                request.segments(),
                request.query(),
                hasBody ? request.header("content-type").map(ComparableRequest::withoutCharset) : Optional.empty(),
                request.header("ocp-range"),
                CONDITIONS.stream()
                        .flatMap(name -> request.header(name).map(value -> name + ": " + value).stream())
                        .toList(),
                hasBody ? normal("", request.json()) : JsonNodeFactory.instance.missingNode());
    }

    private static String withoutCharset(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace(";charset=utf-8", "");
    }

    private static JsonNode normal(String name, JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> object.set(entry.getKey(), normal(entry.getKey(), entry.getValue())));
            return object;
        }
        if (node.isArray()) {
            return normalArray(name, node);
        }
        if (DURATIONS.contains(name)) {
            return TextNode.valueOf(Duration.parse(node.asText()).toString());
        }
        return node;
    }

    private static ArrayNode normalArray(String name, JsonNode node) {
        List<JsonNode> items = new ArrayList<>();
        node.forEach(item -> items.add(normal("", item)));
        if (WITHOUT_ORDER.contains(name)) {
            items.sort(Comparator.comparing(JsonNode::toString));
        }
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }
}
