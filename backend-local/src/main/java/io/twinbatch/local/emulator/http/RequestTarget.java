package io.twinbatch.local.emulator.http;

import io.twinbatch.api.error.QuotedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request asks for.
 *
 * @param path the parts of the path, decoded; an escaped slash is part of its part
 * @param query the parameters, decoded
 */
record RequestTarget(List<String> path, Map<String, String> query) {
    /**
     * Takes a path and a query apart. A slash at the end of a path means nothing.
     *
     * @throws ServiceFault 400 when an escape is not one, or a parameter is given twice
     */
    static RequestTarget of(String path, String query) {
        if (!path.startsWith("/")) {
            throw unreadable();
        }
        String inner = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<String> parts = new ArrayList<>();
        if (!inner.isEmpty()) {
            for (String part : inner.substring(1).split("/", -1)) {
                parts.add(UrlText.decode(part).orElseThrow(RequestTarget::unreadable));
            }
        }
        return new RequestTarget(parts, parameters(query));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (RawParameter parameter : RawParameter.of(query)) {
            String name = decoded(parameter.name());
            String value = decoded(parameter.value());
            if (parameters.put(name, value) != null) {
                throw ServiceFault.invalidQuery(QuotedValue.of(name), value, "The parameter is given more than once.");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return UrlText.decodeForm(text).orElseThrow(RequestTarget::unreadable);
    }

    private static ServiceFault unreadable() {
        return new ServiceFault(400, "InvalidUri", "The requested URI does not represent any resource on the server.");
    }

    /** Leaves out the query, which may have a signature. */
    @Override
    public String toString() {
        return "/" + String.join("/", path);
    }
}
