package io.twinbatch.azure.connection;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.twinbatch.api.proxy.HttpProxy;
import io.twinbatch.api.proxy.ProxyChoice;
import java.net.URI;
import java.util.Optional;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * Sends requests with another client, signs those in that go through a proxy with credentials, and reports the failures
 * of a proxy with its name, which those of the service behind it do not have.
 */
final class ProxiedRequests implements HttpClient {
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

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
                    .onErrorMap(failure -> named(failure, proxy));
        });
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        Optional<HttpProxy> proxy = proxy(request);
        HttpResponse response;
        try {
            response = client.sendSync(authorized(request, proxy), context);
        } catch (RuntimeException e) {
            throw Exceptions.propagate(named(e, proxy));
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
        throw new ProxyFailures(proxy.get()).unauthenticated();
    }

    private static Throwable named(Throwable failure, Optional<HttpProxy> proxy) {
        return proxy.map(ProxyFailures::new)
                .map(failures -> failures.translate(failure))
                .orElse(failure);
    }
}
