package io.twinbatch.app.portal.server;

import io.twinbatch.api.proxy.HostName;
import io.twinbatch.api.proxy.LoopbackHost;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides who may see the portal: a browser that came with the token in the printed address, and carries it in a cookie
 * since then. Other web pages can make a browser send requests here, by a name of theirs that leads to this machine or
 * across sites; the browser says so in {@code Host}, {@code Origin} and {@code Sec-Fetch-Site}.
 */
final class AccessGuard {
    static final String TOKEN = "token";

    private static final String BEARER = "Bearer ";
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final AccessToken token;
    private final AccessToken session = AccessToken.random();
    private final Set<String> names;
    private final int port;

    /**
     * A guard.
     *
     * @param names what the server is called by clients, besides the names of the loopback address
     * @param port the port it listens on
     */
    AccessGuard(AccessToken token, Set<String> names, int port) {
        this.token = token;
        this.names = names;
        this.port = port;
    }

    /** What is to be done with a request. */
    sealed interface Decision {
        /** It may be answered. */
        record Pass() implements Decision {}

        /** It came with the token: the browser gets the cookie, and goes to the address without the token. */
        record SignedIn(String cookie) implements Decision {
            /** Leaves out the cookie, which opens the portal. */
            @Override
            public String toString() {
                return "SignedIn";
            }
        }

        /** It is refused. */
        record Refused(int status, String reason) implements Decision {}
    }

    /**
     * Decides about a request.
     *
     * @param headers the request's headers by name
     * @param cookies the request's cookies
     * @param given the token in the request's query
     */
    Decision decide(
            String method,
            Function<String, Optional<String>> headers,
            Map<String, String> cookies,
            Optional<String> given) {
        Optional<String> host = headers.apply("Host");
        if (host.filter(this::isOwn).isEmpty()) {
            return new Decision.Refused(
                    403, "The address of this request does not lead here. Open the address that Twinbatch printed.");
        }
        if (isFromElsewhere(method, headers, host.get())) {
            return new Decision.Refused(403, "Requests of other web sites are not answered.");
        }
        if (given.filter(token::matches).isPresent() && READING.contains(method)) {
            return new Decision.SignedIn(cookieName() + "=" + session.value() + "; Path=/; HttpOnly; SameSite=Strict");
        }
        boolean known = Optional.ofNullable(cookies.get(cookieName()))
                        .filter(session::matches)
                        .isPresent()
                || headers.apply("Authorization")
                        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                        .filter(value ->
                                token.matches(value.substring(BEARER.length()).strip()))
                        .isPresent();
        return known
                ? new Decision.Pass()
                : new Decision.Refused(
                        401,
                        "This page needs the token of its address, which is new at each start. Open the address that"
                                + " Twinbatch printed when it started.");
    }

    private boolean isFromElsewhere(String method, Function<String, Optional<String>> headers, String host) {
        Optional<String> origin = headers.apply("Origin");
        boolean ownOrigin = origin.isEmpty() || origin.get().equalsIgnoreCase("http://" + host);
        if (!READING.contains(method)) {
            // A browser names the origin of every form; what does not is no form of ours.
            return origin.isEmpty() || !ownOrigin;
        }
        String site = headers.apply("Sec-Fetch-Site").orElse("none");
        boolean followsLink = headers.apply("Sec-Fetch-Mode").orElse("").equals("navigate")
                && headers.apply("Sec-Fetch-Dest").orElse("").equals("document");
        boolean ownSite = site.equals("none") || site.equals("same-origin") || followsLink;
        return !ownOrigin || !ownSite;
    }

    /** Cookies do not differ by port, so that two portals need names of their own. */
    private String cookieName() {
        return "twinbatch-portal-" + port;
    }

    private boolean isOwn(String authority) {
        return HostName.of(authority)
                .filter(name -> LoopbackHost.matches(name) || names.contains(name))
                .isPresent();
    }
}
