package io.twinbatch.local.emulator.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Leads requests from the server through the front door, and their answers back. */
final class Exchange extends org.eclipse.jetty.server.Handler.Abstract {
    private final RequestFilter door;
    private final Sender sender = new Sender();

    Exchange(RequestFilter door) {
        this.door = door;
    }

    @Override
    public boolean handle(org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        String id = UUID.randomUUID().toString();
        HttpExchange incoming = incoming(request);
        RequestBody body = new RequestBody(incoming, Content.Source.asInputStream(request));
        Reply reply = door.answer(id, incoming, body);
        body.discard();
        send(id, incoming, reply, response, callback);
        return true;
    }

    /**
     * Answers a request that the server itself refuses, such as one that is not HTTP.
     *
     * @param fault the refusal
     */
    void refuse(ServiceFault fault, org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        String id = UUID.randomUUID().toString();
        HttpExchange incoming = incoming(request);
        // The server closes the connection; a client that does not know would send its next request in vain.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        send(id, incoming, door.refusal(fault, id, incoming.base()), response, callback);
    }

    private void send(String id, HttpExchange incoming, Reply reply, Response response, Callback callback) {
        try {
            sender.send(id, incoming, reply, response);
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        }
    }

    private static HttpExchange incoming(org.eclipse.jetty.server.Request request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(Objects.requireNonNullElse(field.getValue(), ""));
        }
        return new HttpExchange(
                request.getMethod(),
                Objects.requireNonNullElse(request.getHttpURI().getPath(), ""),
                Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""),
                headers,
                request.isSecure(),
                org.eclipse.jetty.server.Request.getLocalAddr(request)
                        + ":"
                        + org.eclipse.jetty.server.Request.getLocalPort(request));
    }
}
