package io.twinbatch.local.emulator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A refusal as the service writes it in the body of an answer. */
public final class ErrorResponse {
    private static final String METADATA =
            "/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element";

    private ErrorResponse() {}

    /** The body of an answer that is a refusal. */
    static ObjectNode whole(ServiceFault fault, String base, String requestId, Instant time) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("odata.metadata", base + METADATA);
        return body.setAll(part(fault, requestId, time));
    }

    /** A refusal that is a part of a body, as for one task of a collection. */
    public static ObjectNode part(ServiceFault fault, String requestId, Instant time) {
        ObjectNode error = JsonNodeFactory.instance.objectNode().put("code", fault.code());
        error.putObject("message")
                .put("lang", "en-US")
                .put(
                        "value",
                        fault.getMessage() + "\nRequestId:" + requestId + "\nTime:"
                                + time.truncatedTo(ChronoUnit.MICROS));
        if (!fault.values().isEmpty()) {
            ArrayNode values = error.putArray("values");
            fault.values()
                    .forEach((key, value) -> values.addObject().put("key", key).put("value", value));
        }
        return error;
    }
}
