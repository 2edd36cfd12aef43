package io.twinbatch.azure.connection;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.proxy.HttpProxy;
import io.twinbatch.api.proxy.ProxyChoice;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds out, with one request for each endpoint that has a proxy, whether the proxy leads there. Tries nothing again. */
public final class ProxyCheck {
    private static final Duration MAX_DURATION = Duration.ofSeconds(4);

    /** The key by which the HTTP client finds the longest time of one request. */
    private static final String RESPONSE_TIMEOUT = "azure-response-timeout";

    private final ProxyChoice proxies;
    private final HttpClient client;
    private final Set<HttpProxy> dead = new HashSet<>();

    /**
     * A check of settings.
     *
     * @param proxies chooses the way to each endpoint
     */
    public ProxyCheck(ProxyChoice proxies) {
        this.proxies = proxies;
        this.client = HttpConnections.open(proxies);
    }

    /**
     * Why the proxy of an endpoint does not lead there. Empty when it does, when there is no proxy, and when an earlier
     * call has reported that the same proxy serves nobody.
     */
    public Optional<BatchException> failure(URI endpoint) {
        Optional<HttpProxy> proxy = proxies.route(endpoint).proxy();
        if (proxy.isEmpty() || dead.contains(proxy.get())) {
            return Optional.empty();
        }
        Optional<BatchException> failure = ask(endpoint);
        if (failure.filter(found -> found.code() != ErrorCode.FORBIDDEN).isPresent()) {
            dead.add(proxy.get());
        }
        return failure;
    }

    /** Any answer of the service will do. */
    private Optional<BatchException> ask(URI endpoint) {
        HttpRequest request = new HttpRequest(HttpMethod.HEAD, endpoint.toString());
        try {
            client.sendSync(request, new Context(RESPONSE_TIMEOUT, MAX_DURATION))
                    .close();
            return Optional.empty();
        } catch (RuntimeException e) {
            return ConnectionFailures.first(ConnectionFailures.causes(e), BatchException.class);
        }
    }
}
