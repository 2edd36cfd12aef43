package io.twinbatch.azure.connection;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * The one place where a call that got no answer becomes a {@link BatchException}: the service cannot be found or
 * reached, does not answer in time, or the connection breaks.
 */
public final class ConnectionFailures {
    private final String service;

    /**
     * The failures of calls to one kind of service.
     *
     * @param service what it is called in messages, such as {@code the object store}
     */
    public ConnectionFailures(String service) {
        this.service = service;
    }

    /**
     * What a call without an answer means to the caller; empty when the failure is not of that kind.
     *
     * @param resource the kind and name of what the call was about
     * @param failure what the call threw
     */
    public Optional<BatchException> translate(String resource, Throwable failure) {
        List<Throwable> chain = causes(failure);
        if (isInterruption(chain)) {
            // The code below cleared the flag when it caught the interruption; the caller must still see it.
            Thread.currentThread().interrupt();
            return Optional.of(
                    new BatchException(ErrorCode.UNKNOWN, resource, "interrupted before it was done", failure));
        }
        return message(chain).map(text -> new BatchException(ErrorCode.UNAVAILABLE, resource, text, failure));
    }

    private Optional<String> message(List<Throwable> chain) {
        if (first(chain, UnknownHostException.class).isPresent()
                || first(chain, UnresolvedAddressException.class).isPresent()) {
            return Optional.of(service + "'s host name cannot be resolved; check the endpoint and the network");
        }
        if (first(chain, ConnectException.class).isPresent()) {
            return Optional.of(service + " cannot be reached; check the endpoint, and that it is running");
        }
        Optional<SSLException> tls = first(chain, SSLException.class);
        if (tls.isPresent()) {
            return Optional.of("no secure connection to " + service + ": " + FailureReason.of(tls.get()));
        }
        if (first(chain, HttpTimeoutException.class).isPresent()
                || first(chain, TimeoutException.class).isPresent()) {
            return Optional.of(service + " did not answer in time");
        }
        return first(chain, IOException.class)
                .map(broken -> "the connection to " + service + " broke: " + FailureReason.of(broken));
    }

    private static boolean isInterruption(List<Throwable> chain) {
        // The client's reactive core reports an interrupted wait by this text alone.
        return first(chain, InterruptedException.class).isPresent()
                || chain.stream().anyMatch(cause -> "Thread Interrupted".equalsIgnoreCase(cause.getMessage()));
    }

    /** The first failure of a kind among {@link #causes}. */
    public static <T extends Throwable> Optional<T> first(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The failure, its causes, and what was suppressed in each of them: clients hide causes in either place. */
    public static List<Throwable> causes(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> chain = new ArrayList<>();
        collect(failure, seen, chain);
        return chain;
    }

    private static void collect(Throwable failure, Set<Throwable> seen, List<Throwable> chain) {
        if (failure == null || !seen.add(failure)) {
            return;
        }
        chain.add(failure);
        collect(failure.getCause(), seen, chain);
        for (Throwable suppressed : failure.getSuppressed()) {
            collect(suppressed, seen, chain);
        }
    }
}
