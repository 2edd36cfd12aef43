package io.twinbatch.local.emulator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to every request whatever it asks for: who may ask at all, and how a refusal is answered. */
final class RequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestFilter.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final String HEALTH = "/health";

    private final HostGuard hosts;
    private final SignIn signIn;
    private final Handler handler;
    private final Clock clock;

    RequestFilter(HostGuard hosts, SignIn signIn, Handler handler, Clock clock) {
        this.hosts = hosts;
        this.signIn = signIn;
        this.handler = handler;
        this.clock = clock;
    }

    /**
     * Answers a request.
     *
     * @param id names the request in its answer and in the log
     */
    Reply answer(String id, HttpExchange request, RequestBody body) {
        try {
            hosts.check(request);
            if (request.path().equals(HEALTH)) {
                return health(request);
            }
            if (StartPage.isWanted(request)) {
                return StartPage.reply(request);
            }
            return handler.handle(admitted(id, request, body));
        } catch (ServiceFault fault) {
            return refusal(fault, id, request.base());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("Request {} ({} {}) could not be answered", id, request.method(), request.path(), e);
            return refusal(
                    new ServiceFault(500, "InternalError", "The server encountered an internal error."),
                    id,
                    request.base());
        }
    }

    /** How a refusal is written. */
    Reply refusal(ServiceFault fault, String id, String base) {
        return Reply.json(fault.status(), fault.headers(), ErrorResponse.whole(fault, base, id, clock.instant()));
    }

    private Request admitted(String id, HttpExchange request, RequestBody body) {
        RequestTarget target = RequestTarget.of(request.path(), request.query());
        signIn.check(request);
        ApiVersion unused = ApiVersion.of(target.query());
        checkMethod(request.method(), METHODS);
        return new Request(
                id,
                request.method(),
                target.path(),
                target.query(),
                request.flatHeaders(),
                body.text(),
                request.base());
    }

    private static Reply health(HttpExchange request) {
        checkMethod(request.method(), Set.of("GET", "HEAD"));
        return Reply.json(200, Map.of(), JsonNodeFactory.instance.objectNode().put("status", "ok"));
    }

    private static void checkMethod(String method, Set<String> allowed) {
        if (!allowed.contains(method)) {
            throw new ServiceFault(405, "UnsupportedHttpVerb", "The resource doesn't support the specified HTTP verb.");
        }
    }
}
