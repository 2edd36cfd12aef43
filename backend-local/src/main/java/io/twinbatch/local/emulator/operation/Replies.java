package io.twinbatch.local.emulator.operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.http.Reply;
import io.twinbatch.local.emulator.http.UrlText;
import io.twinbatch.local.record.ETags;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The forms that answers have. */
public final class Replies {
    private Replies() {}

    /** The headers of an answer about something in a version. */
    public static Map<String, String> version(Instant lastModified) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", ETags.of(lastModified));
        headers.put("Last-Modified", WireTimes.header(lastModified));
        return headers;
    }

    /** Something has been made. */
    public static Reply created(String url, Instant lastModified) {
        Map<String, String> headers = version(lastModified);
        headers.put("DataServiceId", url);
        headers.put("Location", url);
        return Reply.empty(201, headers);
    }

    /** An order about something has been taken. */
    public static Reply ordered(int status, Call call, Instant lastModified) {
        Map<String, String> headers = version(lastModified);
        headers.put("DataServiceId", ownUrl(call));
        return Reply.empty(status, headers);
    }

    /** An order about something without a version has been taken. */
    public static Reply ordered(int status, Call call) {
        return Reply.empty(status, Map.of("DataServiceId", ownUrl(call)));
    }

    /** A document that answers an order and is not kept. */
    public static Reply evaluated(Call call, String collection, ObjectNode document) {
        return element(call, collection, document, Map.of("DataServiceId", ownUrl(call)));
    }

    private static String ownUrl(Call call) {
        return call.base()
                + call.request().path().stream().map(UrlText::encode).collect(Collectors.joining("/", "/", ""));
    }

    /** The answer to a reader who has this version already. */
    public static Reply notModified(Instant lastModified) {
        return Reply.empty(304, version(lastModified));
    }

    /** A document about one thing. */
    public static Reply element(Call call, String collection, ObjectNode document, Map<String, String> headers) {
        return Reply.json(
                200, headers, annotated(call, collection + "/@Element").setAll(document));
    }

    /** The beginning of a document. */
    public static ObjectNode annotated(Call call, String kind) {
        return JsonNodeFactory.instance.objectNode().put("odata.metadata", call.base() + "/$metadata#" + kind);
    }
}
