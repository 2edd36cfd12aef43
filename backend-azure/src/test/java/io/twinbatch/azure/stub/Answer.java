package io.twinbatch.azure.stub;

import com.sun.net.httpserver.HttpExchange;
import io.twinbatch.azure.stub.StubBatchService.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** An answer of the {@link StubBatchService}: fixed, or made for the request. */
public final class Answer {
    static final int BROKEN = 0;

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final int announced;
    private final Function<Asked, Answer> made;

    private Answer(int status, Map<String, String> headers, byte[] body, int announced, Function<Asked, Answer> made) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.announced = announced;
        this.made = made;
    }

    private static Answer of(int status, Map<String, String> headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Answer(status, headers, bytes, bytes.length, null);
    }

    /** An answer without a body. */
    public static Answer empty(int status) {
        return of(status, Map.of(), "");
    }

    /** A document, written with single quotes for double ones. */
    public static Answer json(int status, String body) {
        return verbatim(status, body.replace('\'', '"'));
    }

    /** A document as it is. */
    public static Answer verbatim(int status, String body) {
        return of(
                status,
                Map.of("Content-Type", "application/json; odata=minimalmetadata", "request-id", "request-1"),
                body);
    }

    /** An error as the service writes it. */
    public static Answer error(int status, String code, String message) {
        return json(status, """
                {'odata.metadata':'x','code':'%s','message':{'lang':'en-US',\
                'value':'%s\\nRequestId:request-1\\nTime:2026-11-22T10:00:00.1234567Z'}}""".formatted(code, message));
    }

    /** Anything else. */
    public static Answer text(int status, String body) {
        return of(status, Map.of("Content-Type", "text/plain"), body);
    }

    /** A connection that breaks before the answer. */
    public static Answer broken() {
        return of(BROKEN, Map.of(), "");
    }

    /** An answer that depends on the request. */
    public static Answer made(Function<Asked, Answer> made) {
        return new Answer(200, Map.of(), new byte[0], 0, made);
    }

    /** The same answer with one more header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body, announced, made);
    }

    /** The same answer, broken off in the middle of its body. */
    public Answer cutOff() {
        byte[] half = new byte[body.length / 2];
        System.arraycopy(body, 0, half, 0, half.length);
        return new Answer(status, headers, half, announced, made);
    }

    int status() {
        return status;
    }

    Answer using(Asked request) {
        return made == null ? this : made.apply(request);
    }

    void send(HttpExchange exchange, boolean headersAlone) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean none = headersAlone || announced == 0;
        exchange.sendResponseHeaders(status, none ? -1 : announced);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
    }
}
