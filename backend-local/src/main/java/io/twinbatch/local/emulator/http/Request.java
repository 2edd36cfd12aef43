package io.twinbatch.local.emulator.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request of a client that has signed in.
 *
 * @param id the id that the answer carries, for the person who reads it and for the log
 * @param method the method, in upper case
 * @param path the parts of the path, decoded; an escaped slash is part of its part
 * @param query the parameters, decoded, their names in the case in which they came
 * @param headers the headers, their names in lower case
 * @param body the body as text; empty when there is none
 * @param base the beginning of the service's own URLs as the client wrote it, without a slash at its end
 */
public record Request(
        String id,
        String method,
        List<String> path,
        Map<String, String> query,
        Map<String, String> headers,
        String body,
        String base) {
    public Request {
        path = List.copyOf(path);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** The version of the protocol. */
    public ApiVersion version() {
        return ApiVersion.of(query);
    }

    /** The same request with other parameters and another body. */
    public Request with(Map<String, String> newQuery, String newBody) {
        return new Request(id, method, path, newQuery, headers, newBody, base);
    }

    /** A header; empty when it was not sent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** A parameter; empty when it was not sent. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** Leaves out query, headers and body, which have signatures and signed URLs. */
    @Override
    public String toString() {
        return "request " + id + ": " + method + " /" + String.join("/", path);
    }
}
