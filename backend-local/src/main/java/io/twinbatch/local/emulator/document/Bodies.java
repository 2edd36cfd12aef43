package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.json.JsonProblem;
import java.io.UncheckedIOException;

/** Documents as text: those that clients send, and those that the engine keeps for them. */
public final class Bodies {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Bodies() {}

    /** A document that a request needs. */
    public static ObjectNode needed(String body, ObjectSchema shape) {
        return shape.check("", parse(body));
    }

    /** A document that a request may have. */
    public static ObjectNode optional(String body, ObjectSchema shape) {
        if (body.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        return needed(body, shape);
    }

    public static JsonNode parse(String body) {
        if (body.isBlank()) {
            throw BodyFaults.notValid("There is no body.");
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw BodyFaults.notValid("It is no JSON: " + JsonProblem.describe(e));
        }
    }

    /** A document that was kept. */
    public static ObjectNode kept(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a document that was kept is none", e);
        }
    }
}
