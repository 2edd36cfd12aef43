package io.twinbatch.app.portal.server;

import java.util.Map;

/** The headers of every answer: what a browser may do with it. */
final class SecurityHeaders {
    /** No script and no style but those that this server has as files; nothing from elsewhere. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** With {@code no-referrer}, browsers would not name the origin of the portal's own forms. */
    private static final String REFERRER = "same-origin";

    private static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", REFERRER,
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    private SecurityHeaders() {}

    static Map<String, String> all() {
        return ALL;
    }
}
