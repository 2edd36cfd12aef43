package io.twinbatch.it.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it arrived.
 *
 * @param method the verb
 * @param rawPath the path with its percent-encoding
 * @param rawQuery the query with its percent-encoding; empty for none
 * @param headers the values by the header's name in lower case
 * @param body the body as text; empty for none
 */
public record WireRequest(
        String method, String rawPath, String rawQuery, Map<String, List<String>> headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static WireRequest read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        String query = exchange.getRequestURI().getRawQuery();
        return new WireRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** The header's first value. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(values -> values.get(0));
    }

    /** The query's decoded names and values, sorted by name. */
    public Map<String, String> query() {
        Map<String, String> parameters = new TreeMap<>();
        if (rawQuery.isEmpty()) {
            return parameters;
        }
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(decoded(name), decoded(value));
        }
        return parameters;
    }

    /** The body as a JSON document; a missing one for an empty body. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("the body is no JSON: " + body, e);
        }
    }

    /** Whether this is the verb and the path, the latter percent-encoded. */
    public boolean is(String verb, String path) {
        return method.equals(verb) && rawPath.equals(path);
    }

    /** The path's parts, decoded; {@code /jobs/a/tasks} has three. */
    public List<String> segments() {
        return List.of(rawPath.substring(1).split("/", -1)).stream()
                .map(WireRequest::decoded)
                .toList();
    }

    /** A plus sign in a query is a plus sign here: only forms make it a space. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + rawPath + (rawQuery.isEmpty() ? "" : "?" + rawQuery) + (body.isEmpty() ? "" : " " + body);
    }
}
