package io.twinbatch.azure.client;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.DateTimeRfc1123;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.Sleeper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import reactor.core.publisher.Mono;

/**
 * The only place where a request is sent again: after a passing failure of the service, after a broken connection, and
 * after an answer whose body broke off. A time that the service names in {@code Retry-After} is kept.
 */
final class RetryPolicy implements HttpPipelinePolicy {
    /** Set on a call whose answer is handed on as a stream; its body is not read here. */
    static final String STREAMED = "twinbatch-streamed";

    private static final String MAY_HAVE_BEEN_DONE = "twinbatch-may-have-been-done";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int DEEPEST_CAUSE = 20;
    private static final Set<Integer> PASSING = Set.of(408, TOO_MANY_REQUESTS, 500, 502, 503, 504);

    /** A refusal to sign in is an answer, too, and the tokens' own client has tried again by itself. */
    private static final Set<Class<? extends Throwable>> LASTING = Set.of(
            HttpResponseException.class,
            InterruptedException.class,
            UnknownHostException.class,
            UnresolvedAddressException.class,
            SSLHandshakeException.class,
            SSLPeerUnverifiedException.class);

    private final RetryLimits limits;
    private final Clock clock;
    private final Sleeper sleeper;

    RetryPolicy(RetryLimits limits, Clock clock, Sleeper sleeper) {
        this.limits = limits;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Whether an earlier try of this call may have had its effect. */
    static boolean mayHaveBeenDone(HttpPipelineCallContext call) {
        return call.getData(MAY_HAVE_BEEN_DONE).isPresent();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.error(new UnsupportedOperationException("the client makes calls that block"));
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext call, HttpPipelineNextSyncPolicy next) {
        Deadline deadline = Deadline.after(clock, limits.total());
        HttpRequest request = call.getHttpRequest();
        for (int attempt = 1; ; attempt++) {
            // Each try is signed anew; the next one must not find this one's signature.
            call.setHttpRequest(request.copy());
            Try made = send(call, next.clone());
            Duration wait = retryAfter(made.response()).orElse(jittered(limits.after(attempt)));
            boolean last = attempt >= limits.tries() || wait.compareTo(deadline.remaining()) > 0;
            if (last || !made.isPassing()) {
                return made.result();
            }
            if (made.mayHaveBeenDone()) {
                call.setData(MAY_HAVE_BEEN_DONE, true);
            }
            sleep(wait);
        }
    }

    /** Reads the body within the try, so that one that breaks off is asked for again. */
    private static Try send(HttpPipelineCallContext call, HttpPipelineNextSyncPolicy next) {
        try {
            HttpResponse response = next.processSync();
            boolean streamed =
                    call.getData(STREAMED).isPresent() && response.getStatusCode() < ServiceFailures.FIRST_ERROR_STATUS;
            return new Try(streamed ? response : response.buffer(), null);
        } catch (RuntimeException e) {
            return new Try(null, e);
        }
    }

    private Optional<Duration> retryAfter(HttpResponse response) {
        String named = response == null ? null : response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
        if (named == null || named.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(named.strip()))));
        } catch (NumberFormatException e) {
            return untilDate(named.strip());
        }
    }

    private Optional<Duration> untilDate(String date) {
        try {
            Duration until = Duration.between(
                    clock.instant(), new DateTimeRfc1123(date).getDateTime().toInstant());
            return Optional.of(until.isNegative() ? Duration.ZERO : until);
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Between half of it and all of it, so that clients that failed together do not come back together. */
    private static Duration jittered(Duration delay) {
        long millis = delay.toMillis();
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    private void sleep(Duration time) {
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted before a further try"));
        }
    }

    /** What came of one try: an answer, or a failure to get one. */
    private record Try(HttpResponse response, RuntimeException failure) {
        HttpResponse result() {
            if (failure != null) {
                throw failure;
            }
            return response;
        }

        boolean isPassing() {
            return failure == null ? PASSING.contains(response.getStatusCode()) : isPassingFailure();
        }

        /** A service that throttles has done nothing, and so has one that was not reached. */
        boolean mayHaveBeenDone() {
            return failure == null
                    ? response.getStatusCode() != TOO_MANY_REQUESTS
                    : !hasCause(Set.of(ConnectException.class));
        }

        private boolean isPassingFailure() {
            return hasCause(Set.of(IOException.class)) && !hasCause(LASTING);
        }

        private boolean hasCause(Set<Class<? extends Throwable>> types) {
            Throwable cause = failure;
            for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
                Throwable candidate = cause;
                if (types.stream().anyMatch(type -> type.isInstance(candidate))) {
                    return true;
                }
                cause = cause.getCause();
            }
            return false;
        }
    }
}
