package io.twinbatch.azure.connection;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.proxy.HttpProxy;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * The one place where a failure of a proxy becomes a {@link BatchException} that names the proxy, its setting and what to
 * do.
 */
public final class ProxyFailures {
    /** Where a person reads on. */
    public static final String REMEDY =
            "check the setting of the proxy, which the parentheses name; docs/proxies.md lists all of them";

    private static final String RESOURCE = "proxy ";

    /** What the JDK's client says of a proxy that answers and does not connect. */
    private static final Pattern NO_TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

    /** What the JDK's client says of a connection that ends without an answer, in a class that says nothing. */
    private static final Pattern BROKEN = Pattern.compile(
            "(?i)connection (was )?(reset|closed)|broken pipe|header parser received no bytes|EOF reached");

    private static final int FIRST_FAILURE_OF_SERVER = 500;

    private final HttpProxy proxy;

    ProxyFailures(HttpProxy proxy) {
        this.proxy = proxy;
    }

    /** Whether a failure is that of a proxy, and not of the service behind it. */
    public static boolean matches(BatchException failure) {
        return failure.resource().startsWith(RESOURCE);
    }

    /** The failure of a proxy that asks for credentials. */
    BatchException unauthenticated() {
        String advice = proxy.credentials().isPresent()
                ? "correct the user and password in " + proxy.setting()
                : "put USER:PASSWORD@ before the host in " + proxy.setting();
        return named(ErrorCode.UNAUTHENTICATED, "it asks for other credentials (status 407); " + advice, null);
    }

    /**
     * What a request without an answer throws: the failure itself, when nothing shows that it is the proxy's.
     *
     * <p>A client tries again when an {@link IOException} is among the causes. So there is one for a failure that may
     * pass. It holds the named failure, because the storage client drops the exception and keeps its cause.
     */
    Throwable translate(Throwable failure) {
        List<Throwable> causes = ConnectionFailures.causes(failure);
        Optional<BatchException> lasting = lasting(causes);
        if (lasting.isPresent()) {
            return lasting.get();
        }
        return passing(causes)
                .<Throwable>map(message -> new UncheckedIOException(
                        new IOException(message, named(ErrorCode.UNAVAILABLE, message, failure))))
                .orElse(failure);
    }

    private Optional<BatchException> lasting(List<Throwable> causes) {
        if (has(causes, UnknownHostException.class) || has(causes, UnresolvedAddressException.class)) {
            return Optional.of(named(
                    ErrorCode.UNAVAILABLE,
                    "its host name cannot be resolved; correct or unset " + proxy.setting(),
                    null));
        }
        Optional<SSLException> tls = ConnectionFailures.first(causes, SSLException.class);
        if (tls.isPresent()) {
            return Optional.of(named(
                    ErrorCode.UNAVAILABLE,
                    "no secure connection to the service through it: " + FailureReason.of(tls.get())
                            + "; where it puts its own certificate in place of the service's, Java must trust that one"
                            + " (-Djavax.net.ssl.trustStore)",
                    null));
        }
        return refusal(causes)
                .filter(status -> status < FIRST_FAILURE_OF_SERVER)
                .map(status -> named(ErrorCode.FORBIDDEN, refused(status), null));
    }

    private Optional<String> passing(List<Throwable> causes) {
        Optional<Integer> refusal = refusal(causes);
        if (refusal.isPresent()) {
            return refusal.map(this::refused);
        }
        String advice = "; check that it is running, or correct or unset " + proxy.setting();
        if (has(causes, HttpTimeoutException.class) || has(causes, TimeoutException.class)) {
            return Optional.of("no answer came through it in time" + advice);
        }
        if (has(causes, ConnectException.class)) {
            return Optional.of("it cannot be reached" + advice);
        }
        boolean broken = has(causes, SocketException.class)
                || has(causes, EOFException.class)
                || has(causes, ClosedChannelException.class)
                || messages(causes).anyMatch(text -> BROKEN.matcher(text).find());
        return broken ? Optional.of("the connection to it or through it broke" + advice) : Optional.empty();
    }

    private String refused(int status) {
        return "it does not connect to the service (status " + status
                + "); ask its administrators for access, correct or unset " + proxy.setting()
                + ", or list the service's host in NO_PROXY";
    }

    private static Optional<Integer> refusal(List<Throwable> causes) {
        return messages(causes)
                .map(NO_TUNNEL::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.valueOf(found.group(1)))
                .findFirst();
    }

    /** The messages of failures to transfer bytes. */
    private static Stream<String> messages(List<Throwable> causes) {
        return causes.stream().filter(IOException.class::isInstance).map(cause -> String.valueOf(cause.getMessage()));
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return ConnectionFailures.first(causes, type).isPresent();
    }

    private BatchException named(ErrorCode code, String message, Throwable cause) {
        return new BatchException(code, RESOURCE + proxy, message, cause);
    }
}
