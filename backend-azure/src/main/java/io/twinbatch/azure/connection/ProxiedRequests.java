package io.twinbatch.azure.connection;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.proxy.HttpProxy;
import io.twinbatch.api.proxy.ProxyChoice;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Sends requests with another client, signs those in that go through a proxy with credentials, and reports the failures
 * of a proxy with its name, which those of the service behind it do not have.
 */
final class ProxiedRequests implements HttpClient {
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    /** What the JDK's client says of a proxy that answers and does not connect. */
    private static final String NO_TUNNEL = "Tunnel failed";

    private final HttpClient client;
    private final ProxyChoice proxies;

    ProxiedRequests(HttpClient client, ProxyChoice proxies) {
        this.client = client;
        this.proxies = proxies;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return Mono.defer(() -> {
            Optional<HttpProxy> proxy = proxy(request);
            return client.send(authorized(request, proxy), context)
                    .map(response -> accepted(response, proxy))
                    .onErrorMap(failure -> failure(failure, proxy)
                            .<Throwable>map(named -> named)
                            .orElse(failure));
        });
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        Optional<HttpProxy> proxy = proxy(request);
        HttpResponse response;
        try {
            response = client.sendSync(authorized(request, proxy), context);
        } catch (RuntimeException e) {
            throw failure(e, proxy).<RuntimeException>map(named -> named).orElse(e);
        }
        return accepted(response, proxy);
    }

    private Optional<HttpProxy> proxy(HttpRequest request) {
        return proxies.route(URI.create(request.getUrl().toString())).proxy();
    }

    /** The JDK's client shows this header to the proxy alone, not to the service behind a tunnel. */
    private static HttpRequest authorized(HttpRequest request, Optional<HttpProxy> proxy) {
        proxy.flatMap(HttpProxy::authorization)
                .ifPresent(value -> request.setHeader(HttpHeaderName.PROXY_AUTHORIZATION, value));
        return request;
    }

    private static HttpResponse accepted(HttpResponse response, Optional<HttpProxy> proxy) {
        if (response.getStatusCode() != PROXY_AUTHENTICATION_REQUIRED || proxy.isEmpty()) {
            return response;
        }
        // Not closed: where the proxy refuses a tunnel, the answer has no body, and the client cannot close it.
        String advice = proxy.get().credentials().isPresent()
                ? "check the user and password in it"
                : "put a user and a password before its host, with an @ between them";
        throw new BatchException(
                ErrorCode.UNAUTHENTICATED,
                "proxy " + proxy.get(),
                "it asks for other credentials (status 407); " + advice);
    }

    private static Optional<BatchException> failure(Throwable failure, Optional<HttpProxy> proxy) {
        if (proxy.isEmpty()) {
            return Optional.empty();
        }
        List<Throwable> causes = ConnectionFailures.causes(failure);
        Optional<IOException> refusal = ConnectionFailures.first(causes, IOException.class)
                .filter(cause -> String.valueOf(cause.getMessage()).contains(NO_TUNNEL));
        if (refusal.isPresent()) {
            return Optional.of(unavailable(
                    proxy.get(),
                    "it does not connect to the service (" + refusal.get().getMessage()
                            + "); ask for access to the service, or name the host in NO_PROXY",
                    failure));
        }
        boolean unknown =
                ConnectionFailures.first(causes, UnknownHostException.class).isPresent()
                        || ConnectionFailures.first(causes, UnresolvedAddressException.class)
                                .isPresent();
        if (unknown || ConnectionFailures.first(causes, ConnectException.class).isPresent()) {
            String what = unknown ? "its host name cannot be resolved" : "it cannot be reached";
            return Optional.of(unavailable(
                    proxy.get(), what + "; correct or unset " + proxy.get().setting(), failure));
        }
        return Optional.empty();
    }

    private static BatchException unavailable(HttpProxy proxy, String message, Throwable cause) {
        return new BatchException(ErrorCode.UNAVAILABLE, "proxy " + proxy, message, cause);
    }
}
