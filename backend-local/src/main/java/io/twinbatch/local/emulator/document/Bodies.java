package io.twinbatch.local.emulator.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.json.JsonFault;
import java.io.UncheckedIOException;

/** Documents as text: those that clients send, and those that the engine keeps for them. */
final class Bodies {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Bodies() {}

    /** A document that a request needs. */
    static ObjectNode needed(String body, ObjectShape shape) {
        return shape.check("", parse(body));
    }

    /** A document that a request may have. */
    static ObjectNode optional(String body, ObjectShape shape) {
        if (body.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        return needed(body, shape);
    }

    static JsonNode parse(String body) {
        if (body.isBlank()) {
            throw BodyFaults.notValid("There is no body.");
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw BodyFaults.notValid("It is no JSON: " + JsonFault.describe(e));
        }
    }

    /** A document that was kept. */
    static ObjectNode kept(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a document that was kept is none", e);
        }
    }
}
