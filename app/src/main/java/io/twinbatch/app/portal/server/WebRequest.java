package io.twinbatch.app.portal.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, taken apart.
 *
 * @param method the HTTP method
 * @param path the parts of the path, decoded; empty for the root
 * @param query the parameters of the query, the first of each name
 * @param form the fields of the form that was sent, the first of each name; empty for none
 */
public record WebRequest(String method, List<String> path, Map<String, String> query, Map<String, String> form) {
    public WebRequest {
        path = List.copyOf(path);
        query = Map.copyOf(query);
        form = Map.copyOf(form);
    }

    /** A parameter of the query that is there and not empty. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** A whole number of the query that is 0 or more; empty when there is none. */
    public Optional<Long> number(String name) {
        return parameter(name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    /** Leaves out query and form, which may have a token. */
    @Override
    public String toString() {
        return method + " /" + String.join("/", path);
    }
}
