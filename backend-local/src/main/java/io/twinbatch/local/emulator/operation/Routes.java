package io.twinbatch.local.emulator.operation;

import io.twinbatch.local.emulator.http.Request;
import io.twinbatch.local.emulator.http.ServiceFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which operation answers which method and path. */
public final class Routes {
    private static final String NAME = "{}";

    /** At the end of a pattern: the rest of the path, however many parts it has. */
    private static final String REST = "{rest}";

    private final List<Pattern> patterns = new ArrayList<>();

    private record Pattern(List<String> parts, Map<String, Operation> operations) {
        Endpoint endpoint(String method) {
            return new Endpoint(method, "/" + String.join("/", parts));
        }

        /** The names in a path; empty when the path is not of this pattern. */
        Optional<List<String>> match(List<String> path) {
            boolean open = parts.get(parts.size() - 1).equals(REST);
            if (open ? path.size() < parts.size() : path.size() != parts.size()) {
                return Optional.empty();
            }
            List<String> names = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.get(i);
                if (part.equals(REST)) {
                    names.add(String.join("/", path.subList(i, path.size())));
                } else if (part.equals(NAME)) {
                    names.add(path.get(i));
                } else if (!part.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(names);
        }
    }

    /** Has an operation answer. */
    public Routes on(String method, String path, Operation operation) {
        List<String> parts = List.of(path.substring(1).split("/"));
        Pattern known = patterns.stream()
                .filter(pattern -> pattern.parts().equals(parts))
                .findFirst()
                .orElseGet(() -> {
                    Pattern added = new Pattern(parts, new LinkedHashMap<>());
                    patterns.add(added);
                    return added;
                });
        known.operations().put(method, operation);
        return this;
    }

    /** An operation as the service's documentation names it: its method, and its path with {@code {}} for each name. */
    public record Endpoint(String method, String path) {}

    /** All operations that there are. */
    public List<Endpoint> endpoints() {
        return patterns.stream()
                .flatMap(pattern -> pattern.operations().keySet().stream().map(pattern::endpoint))
                .toList();
    }

    /** The call of an operation that a request is. */
    public record Match(Endpoint endpoint, Operation operation, Call call) {}

    /**
     * Finds the operation of a request.
     *
     * @throws ServiceFault 404 for an unknown path, 405 for a method that it does not have
     */
    public Match find(Request request) {
        boolean known = false;
        for (Pattern pattern : patterns) {
            Optional<List<String>> names = pattern.match(request.path());
            if (names.isEmpty()) {
                continue;
            }
            Operation operation = pattern.operations().get(request.method());
            if (operation != null) {
                return new Match(pattern.endpoint(request.method()), operation, new Call(request, names.get()));
            }
            known = true;
        }
        if (known) {
            throw new ServiceFault(
                    405, "UnsupportedHttpVerb", "The resource does not support the specified HTTP verb.");
        }
        throw new ServiceFault(404, "ResourceNotFound", "The specified resource does not exist.");
    }
}
