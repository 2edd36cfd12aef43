package io.twinbatch.local.emulator.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Authenticates requests by the key of the account, by a token of Microsoft Entra ID, or by the token of a task. */
final class SignIn {
    /** How old a request may be, or how far its sender's clock may be ahead. */
    private static final Duration MAX_DIFFERENCE = Duration.ofMinutes(15);

    private static final String FAILED =
            "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly"
                    + " including the signature.";

    private final SharedKey key;
    private final JobTokens tokens;
    private final Clock clock;

    SignIn(SharedKey key, JobTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Lets a request pass.
     *
     * @throws ServiceFault 401 when it does not say who sends it, or with a token that is not accepted; 403 when its
     *     signature is wrong or its time is not now, or its token is that of a task and it is not about the task's job
     */
    void check(HttpExchange request) {
        List<String> values = request.headers().getOrDefault("authorization", List.of());
        if (values.isEmpty()) {
            throw unknown("The request has no Authorization header.");
        }
        String value = values.get(0).strip();
        int blank = value.indexOf(' ');
        String scheme = (blank < 0 ? value : value.substring(0, blank)).toLowerCase(Locale.ROOT);
        String credential = blank < 0 ? "" : value.substring(blank + 1).strip();
        if (values.size() > 1) {
            throw refused("The request has more than one Authorization header.");
        }
        switch (scheme) {
            case "sharedkey" -> checkKey(request, credential);
            case "bearer" -> checkToken(request, credential);
            default ->
                throw refused(
                        "The Authorization header is neither 'SharedKey account:signature' nor 'Bearer" + " token'.");
        }
    }

    private void checkKey(HttpExchange request, String credential) {
        Instant sent = time(request);
        if (Duration.between(sent, clock.instant()).abs().compareTo(MAX_DIFFERENCE) > 0) {
            throw refused("The request is dated " + sent + ", more than " + MAX_DIFFERENCE.toMinutes()
                    + " minutes from the emulator's time.");
        }
        if (!key.signed(request, credential)) {
            throw refused("The signature is not that of this request made with the account's key, or the account is"
                    + " not the emulator's.");
        }
    }

    private static Instant time(HttpExchange request) {
        String name = request.header("ocp-date").isPresent() ? "ocp-date" : "date";
        Optional<String> text = request.header(name);
        try {
            return ZonedDateTime.parse(
                            text.orElseThrow(() -> refused("The request has neither a Date nor an ocp-date header."))
                                    .strip(),
                            DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            throw refused("The " + name + " header is not a time as RFC 1123 writes it.");
        }
    }

    private void checkToken(HttpExchange request, String token) {
        Optional<String> job = tokens.job(token);
        if (job.isPresent()) {
            requireAbout(job.get(), request);
            return;
        }
        if (!request.secure()) {
            throw unknown("Tokens are accepted over HTTPS only; start the emulator with --https.");
        }
        BearerToken.fault(token, clock.instant()).ifPresent(fault -> {
            throw unknown(fault);
        });
    }

    /**
     * A task may do everything with its job (<a
     * href="https://learn.microsoft.com/rest/api/batchservice/task/add#authenticationtokensettings">what tokens
     * allow</a>), and nothing else.
     */
    private static void requireAbout(String job, HttpExchange request) {
        List<String> path = RequestTarget.of(request.path(), "").path();
        boolean isOwn =
                path.size() >= 2 && path.get(0).equals("jobs") && path.get(1).equalsIgnoreCase(job);
        if (!isOwn) {
            throw new ServiceFault(
                    403,
                    "InsufficientAccountPermissions",
                    "The token of a task of job " + job + " allows the operations on this job and no others.");
        }
    }

    private static ServiceFault refused(String detail) {
        return new ServiceFault(403, "AuthenticationFailed", FAILED, Map.of("AuthenticationErrorDetail", detail));
    }

    private static ServiceFault unknown(String detail) {
        return new ServiceFault(401, "AuthenticationFailed", FAILED, Map.of("AuthenticationErrorDetail", detail))
                .withHeaders(Map.of("WWW-Authenticate", "Bearer resource=\"https://batch.core.windows.net/\""));
    }
}
