package io.twinbatch.app.portal.server;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests: checks who asks, finds the page, and adds the headers that every answer has. */
final class PortalHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(PortalHandler.class);
    private static final int MAX_FORM_BYTES = 16 * 1024;

    private final AccessGuard guard;
    private final PageRoutes pages;
    private final FailurePage failures;
    private final AtomicLong answered = new AtomicLong();

    PortalHandler(AccessGuard guard, PageRoutes pages, FailurePage failures) {
        this.guard = guard;
        this.pages = pages;
        this.failures = failures;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Answer answer = answer(request);
        SecurityHeaders.all().forEach((name, value) -> response.getHeaders().put(name, value));
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put("Content-Type", answer.type());
        response.setStatus(answer.status());
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            if (!request.getMethod().equals("HEAD")) {
                answer.body().writeTo(out);
            }
        }
        callback.succeeded();
        if (answer.type().startsWith("text/html")) {
            answered.incrementAndGet();
        }
        return true;
    }

    /** How many pages have been sent. */
    long answered() {
        return answered.get();
    }

    /** What Jetty refuses by itself, such as a malformed request. */
    Request.Handler errors() {
        return (request, response, callback) -> {
            SecurityHeaders.all().forEach((name, value) -> response.getHeaders().put(name, value));
            response.getHeaders().put("Content-Type", "text/plain; charset=utf-8");
            Content.Sink.write(
                    response, true, "The request cannot be answered (" + response.getStatus() + ").\n", callback);
            return true;
        };
    }

    private Answer answer(Request request) {
        Map<String, String> query;
        try {
            query = firsts(Request.extractQueryParameters(request, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            return Answer.text(400, "The query of the address is malformed.\n");
        }
        AccessGuard.Decision decision = guard.decide(
                request.getMethod(),
                name -> Optional.ofNullable(request.getHeaders().get(name)),
                cookies(request),
                Optional.ofNullable(query.get(AccessGuard.TOKEN)));
        if (decision instanceof AccessGuard.Decision.Refused refused) {
            return Answer.text(refused.status(), refused.reason() + "\n");
        }
        if (decision instanceof AccessGuard.Decision.SignedIn signedIn) {
            return Answer.redirect(request.getHttpURI().getPath()).with("Set-Cookie", signedIn.cookie());
        }
        try {
            Optional<WebRequest> readable = read(request, query);
            return readable.flatMap(pages::answer)
                    .orElseGet(() -> failures.of(
                            404, "There is nothing here", "Check the address, or begin with the overview."));
        } catch (BatchException e) {
            return failed(e);
        } catch (RuntimeException e) {
            LOG.warn("The portal failed at {}", request.getHttpURI().getPath(), e);
            return failures.of(500, "The page failed", "The reason is in Twinbatch's standard error.");
        }
    }

    private Answer failed(BatchException failure) {
        ErrorCode code = failure.code();
        return switch (code) {
            case NOT_FOUND -> failures.of(404, "It is not there, or not any more", failure.getMessage() + ".");
            case INVALID -> failures.of(400, "There can be no such thing", failure.getMessage() + ".");
            case CONFLICT -> failures.of(409, "Not in its present state", failure.getMessage() + ".");
            default ->
                failures.of(
                        503, "The backend does not answer", failure.getMessage() + ". This page asks again by itself.");
        };
    }

    /** Empty for a path with parts that no address of the portal has. */
    private static Optional<WebRequest> read(Request request, Map<String, String> query) {
        List<String> path = new ArrayList<>();
        for (String part : request.getHttpURI().getPath().split("/", -1)) {
            if (!part.isEmpty()) {
                String decoded = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
                if (decoded.equals(".")
                        || decoded.equals("..")
                        || decoded.chars().anyMatch(PortalHandler::isIllegal)) {
                    return Optional.empty();
                }
                path.add(decoded);
            }
        }
        return Optional.of(new WebRequest(request.getMethod(), path, query, form(request)));
    }

    private static boolean isIllegal(int character) {
        return character == '/' || character == '\\' || Character.isISOControl(character);
    }

    private static Map<String, String> form(Request request) {
        if (!request.getMethod().equals("POST") || request.getLength() <= 0 || request.getLength() > MAX_FORM_BYTES) {
            return Map.of();
        }
        try {
            Fields fields = new Fields();
            String text = Content.Source.asString(request, StandardCharsets.UTF_8);
            UrlEncoded.decodeTo(text, fields::add, StandardCharsets.UTF_8);
            return firsts(fields);
        } catch (IOException e) {
            throw new BatchException(ErrorCode.INVALID, "form", "it did not arrive: " + FailureReason.of(e), e);
        }
    }

    private static Map<String, String> firsts(Fields fields) {
        Map<String, String> values = new HashMap<>();
        for (Fields.Field field : fields) {
            values.put(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
        return values;
    }

    private static Map<String, String> cookies(Request request) {
        Map<String, String> cookies = new HashMap<>();
        Request.getCookies(request).forEach((HttpCookie cookie) -> cookies.put(cookie.getName(), cookie.getValue()));
        return cookies;
    }
}
