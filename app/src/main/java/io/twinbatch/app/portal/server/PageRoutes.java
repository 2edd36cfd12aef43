package io.twinbatch.app.portal.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which page is at which address. */
public final class PageRoutes {
    private static final String ANY = "*";

    private final List<Route> routes = new ArrayList<>();

    /** Answers the requests of an address. */
    @FunctionalInterface
    public interface Page {
        /**
         * Answers a request.
         *
         * @param names the parts of the path that the address leaves open
         * @throws io.twinbatch.api.error.BatchException when what is asked for is not there, or the backend cannot be asked
         */
        Answer answer(WebRequest request, List<String> names);
    }

    private record Route(String method, List<String> pattern, Page page) {}

    /**
     * Puts a page at an address.
     *
     * @param pattern the path, such as {@code /jobs/*}; a star stands for any one part
     */
    public PageRoutes get(String pattern, Page page) {
        routes.add(new Route("GET", parts(pattern), page));
        return this;
    }

    /** Puts an action at an address. */
    public PageRoutes post(String pattern, Page page) {
        routes.add(new Route("POST", parts(pattern), page));
        return this;
    }

    private static List<String> parts(String pattern) {
        return List.of(pattern.split("/")).stream()
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Answers a request; empty when there is nothing at its address. */
    Optional<Answer> answer(WebRequest request) {
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        for (Route route : routes) {
            if (route.method().equals(method) && matches(route.pattern(), request.path())) {
                List<String> names = new ArrayList<>();
                for (int i = 0; i < route.pattern().size(); i++) {
                    if (route.pattern().get(i).equals(ANY)) {
                        names.add(request.path().get(i));
                    }
                }
                return Optional.of(route.page().answer(request, names));
            }
        }
        return Optional.empty();
    }

    private static boolean matches(List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).equals(ANY) && !pattern.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }
}
