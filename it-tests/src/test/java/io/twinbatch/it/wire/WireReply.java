package io.twinbatch.it.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers the headers, besides those of every answer
 * @param body the body
 * @param delivery how much of it the client gets to see
 */
public record WireReply(int status, Map<String, String> headers, String body, Delivery delivery) {
    /** How much of an answer reaches the client. */
    public enum Delivery {
        /** All of it. */
        WHOLE,
        /** Half of the body that its length promises, then the connection breaks. */
        CUT,
        /** Nothing: the connection breaks. */
        DROPPED
    }

    /** An answer without a body. */
    public static WireReply empty(int status) {
        return new WireReply(status, Map.of(), "", Delivery.WHOLE);
    }

    /** A JSON document. */
    public static WireReply json(int status, String document) {
        return new WireReply(
                status, Map.of("Content-Type", "application/json; odata=minimalmetadata"), document, Delivery.WHOLE);
    }

    /** A file's bytes. */
    public static WireReply file(String text) {
        return new WireReply(200, Map.of("Content-Type", "text/plain"), text, Delivery.WHOLE);
    }

    /** A failure as the service reports it. */
    public static WireReply error(int status, String code, String message) {
        return json(status, """
                {"odata.metadata": "http://batch/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element",
                 "code": "%s",
                 "message": {"lang": "en-US",
                             "value": "%s\\nRequestId:5aa3b1c0-0000-4000-8000-000000000001\\nTime:2026-11-22T10:00:00.0000000Z"}}
                """.formatted(code, message));
    }

    /** The same with one more header. */
    public WireReply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new WireReply(status, more, body, delivery);
    }

    /** The same, of which this much is seen. */
    public WireReply delivered(Delivery how) {
        return new WireReply(status, headers, body, how);
    }
}
