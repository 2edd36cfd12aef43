package io.twinbatch.app.portal.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status the HTTP status
 * @param type the content type
 * @param headers headers beside those that every answer has
 * @param body writes the content
 */
public record Answer(int status, String type, Map<String, String> headers, Body body) {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Writes the content of an answer. */
    @FunctionalInterface
    public interface Body {
        /** Writes it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** A page. */
    public static Answer page(int status, String html) {
        return of(status, HTML, html);
    }

    /** Text, which no browser takes for a page. */
    public static Answer text(int status, String text) {
        return of(status, TEXT, text);
    }

    /** Text of another type. */
    public static Answer of(int status, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Answer(
                status, type, Map.of("Content-Length", Integer.toString(bytes.length)), out -> out.write(bytes));
    }

    /** Leads to another page of this server. */
    public static Answer redirect(String location) {
        return new Answer(303, TEXT, Map.of("Location", location), out -> {});
    }

    /** The same answer with another header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, type, more, body);
    }

    /** Leaves out the headers, which may set a token. */
    @Override
    public String toString() {
        return "answer " + status + " with " + type;
    }
}
