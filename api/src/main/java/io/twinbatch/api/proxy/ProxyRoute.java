package io.twinbatch.api.proxy;

import java.net.Proxy;
import java.util.Objects;
import java.util.Optional;

/**
 * How requests to an endpoint travel.
 *
 * @param proxy the proxy that they go through; empty when they go there directly
 * @param exception the setting that exempts the endpoint from a proxy; empty when there is none
 */
public record ProxyRoute(Optional<HttpProxy> proxy, String exception) {
    static final ProxyRoute DIRECT = new ProxyRoute(Optional.empty(), "");

    public ProxyRoute {
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(exception, "exception");
    }

    static ProxyRoute through(HttpProxy proxy) {
        return new ProxyRoute(Optional.of(proxy), "");
    }

    static ProxyRoute exempt(String setting) {
        return new ProxyRoute(Optional.empty(), setting);
    }

    /** The same for the JDK's clients. */
    public Proxy toJava() {
        return proxy.map(HttpProxy::toJava).orElse(Proxy.NO_PROXY);
    }

    /** In words for a person, without secrets. */
    @Override
    public String toString() {
        return proxy.map(named -> "through the proxy " + named)
                .orElseGet(() -> exception.isEmpty() ? "direct" : "direct (" + exception + ")");
    }
}
