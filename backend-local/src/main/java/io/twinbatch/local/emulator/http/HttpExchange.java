package io.twinbatch.local.emulator.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as it came over the wire, before anything is known about its sender.
 *
 * @param method the method as it was sent
 * @param path the path with its escapes
 * @param query what follows the question mark, with its escapes; empty when there is none
 * @param headers the values of each header in the order in which they came, by its name in lower case
 * @param secure whether it came over HTTPS
 * @param localAddress where it came in, as {@code address:port}
 */
record HttpExchange(
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        boolean secure,
        String localAddress) {
    /** The value of a header; several values with commas between them; empty when it was not sent. */
    Optional<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null ? Optional.empty() : Optional.of(String.join(",", values));
    }

    /** All headers, several values with commas between them. */
    Map<String, String> flatHeaders() {
        return headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> String.join(",", entry.getValue())));
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** The beginning of the service's own URLs, as the client wrote it. */
    String base() {
        String host = header("host").filter(name -> !name.isBlank()).orElse(localAddress);
        return (secure ? "https://" : "http://") + host.toLowerCase(Locale.ROOT);
    }

    /** Leaves out query and headers, which are signed. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
