package io.twinbatch.local.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/**
 * What a request is answered with. What every answer has (its request id, the date) is added when it is sent.
 *
 * @param status the status
 * @param headers the headers that only this answer has
 * @param body the body
 */
public record Reply(int status, Map<String, String> headers, Body body) {
    public Reply {
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /** An answer without a body. */
    public static Reply empty(int status, Map<String, String> headers) {
        return new Reply(status, headers, new None());
    }

    /** An answer in JSON. */
    public static Reply json(int status, Map<String, String> headers, JsonNode content) {
        return new Reply(status, headers, new Json(content));
    }

    /** What follows the headers. */
    public sealed interface Body {}

    /** Nothing. */
    public record None() implements Body {}

    /**
     * A document.
     *
     * @param content the document
     */
    public record Json(JsonNode content) implements Body {
        public Json {
            Objects.requireNonNull(content, "content");
        }
    }

    /**
     * Bytes, such as those of a task's file.
     *
     * @param length how many
     * @param source where they come from; opened once, closed after sending; not opened for {@code HEAD}
     */
    public record Bytes(long length, Source source) implements Body {
        public Bytes {
            Objects.requireNonNull(source, "source");
        }
    }

    /** No answer at all: the connection is closed, as if the answer had been lost on its way. */
    public record Lost() implements Body {}

    /** Where bytes come from. */
    @FunctionalInterface
    public interface Source {
        /** Opens it; the caller closes it. */
        InputStream open() throws IOException;
    }
}
