package io.twinbatch.api.proxy;

import io.twinbatch.api.error.BatchException;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Chooses, for each endpoint, between the direct way and a proxy. The environment comes first ({@code https_proxy} or
 * {@code http_proxy} as the endpoint's scheme says, then {@code all_proxy}; {@code no_proxy} for exceptions; each in lower
 * or upper case), then the properties of Java ({@code https.proxyHost}, {@code http.nonProxyHosts} and so on). This
 * machine is never reached through a proxy, whatever is set.
 */
public final class ProxyChoice {
    /** Where a virtual machine of Azure asks about itself; a proxy would answer about another one. */
    private static final String METADATA_HOST = "169.254.169.254";

    private final Map<String, String> environment;
    private final UnaryOperator<String> properties;

    /**
     * A choice by settings.
     *
     * @param environment the variables of the process
     * @param properties returns the value of a property of Java, or null
     */
    public ProxyChoice(Map<String, String> environment, UnaryOperator<String> properties) {
        this.environment = Map.copyOf(environment);
        this.properties = properties;
    }

    /** The choice by the environment of this process and the properties of its virtual machine. */
    public static ProxyChoice ofProcess() {
        return of(System.getenv());
    }

    /** The choice by an environment and the properties of this process's virtual machine. */
    public static ProxyChoice of(Map<String, String> environment) {
        return new ProxyChoice(environment, System::getProperty);
    }

    /**
     * How requests to an endpoint travel.
     *
     * @throws BatchException {@code INVALID} when the setting that matters is malformed: it is named, its value is not
     *     shown
     */
    public ProxyRoute route(URI endpoint) {
        String host = endpoint.getHost();
        if (host == null || LoopbackHost.matches(host) || host.equals(METADATA_HOST)) {
            return ProxyRoute.DIRECT;
        }
        Optional<String> exceptions = variable("no_proxy");
        if (exceptions.isPresent() && ProxyExceptions.inNoProxy(environment.get(exceptions.get()), endpoint)) {
            return ProxyRoute.exempt(exceptions.get());
        }
        String scheme = "http".equalsIgnoreCase(endpoint.getScheme()) ? "http" : "https";
        return variable(scheme + "_proxy")
                .or(() -> variable("all_proxy"))
                .map(name -> ProxyRoute.through(
                        ProxyAddress.read(name, environment.get(name).strip())))
                .orElseGet(() -> byProperties(scheme, endpoint));
    }

    private ProxyRoute byProperties(String scheme, URI endpoint) {
        String setting = scheme + ".proxyHost";
        Optional<String> host = property(setting);
        if (host.isEmpty()) {
            return ProxyRoute.DIRECT;
        }
        String exceptions = "http.nonProxyHosts";
        if (property(exceptions)
                .filter(list -> ProxyExceptions.inNonProxyHosts(list, endpoint))
                .isPresent()) {
            return ProxyRoute.exempt(exceptions);
        }
        int port = ProxyAddress.port(
                scheme + ".proxyPort", property(scheme + ".proxyPort").orElse(""), scheme.equals("http") ? 80 : 443);
        Optional<String> credentials = property(scheme + ".proxyUser")
                .map(user -> user + ":" + property(scheme + ".proxyPassword").orElse(""));
        return ProxyRoute.through(new HttpProxy(host.get(), port, setting, credentials));
    }

    /** The name of the variable that is set, in lower case first, as other programs read it. */
    private Optional<String> variable(String name) {
        return List.of(name, name.toUpperCase(Locale.ROOT)).stream()
                .filter(spelling -> !environment.getOrDefault(spelling, "").isBlank())
                .findFirst();
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The same choice for the JDK's HTTP client. */
    public ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI endpoint) {
                return List.of(route(endpoint).toJava());
            }

            @Override
            public void connectFailed(URI endpoint, SocketAddress proxy, IOException failure) {
                // The failure of the request names the proxy.
            }
        };
    }
}
