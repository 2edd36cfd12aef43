package io.twinbatch.task.upload;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.proxy.HttpProxy;
import io.twinbatch.api.proxy.LoopbackHost;
import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.task.TaskException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import java.util.Optional;

/** How the node reaches the object store: directly, or through the proxy that the settings of the node name. */
public final class StoreRoute {
    /** The JDK forbids Basic for https, which is how these proxies ask for a password; it reads this once. */
    private static final String FORBIDDEN_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private final HttpProxy proxy;

    private StoreRoute(HttpProxy proxy) {
        this.proxy = proxy;
    }

    /**
     * The route to a container, by the same rules as in the app.
     *
     * @throws TaskException if the setting that decides is malformed
     */
    public static StoreRoute to(SignedContainer container, Map<String, String> environment) throws TaskException {
        URI endpoint = container.endpoint();
        // Asked first, since most tasks on this machine need no more than this, and start faster so.
        if (LoopbackHost.matches(endpoint.getHost())) {
            return new StoreRoute(null);
        }
        try {
            return new StoreRoute(
                    ProxyChoice.of(environment).route(endpoint).proxy().orElse(null));
        } catch (BatchException e) {
            throw TaskException.usage(e.getMessage());
        }
    }

    /** A connection that is not yet made. */
    HttpURLConnection open(URL url) throws IOException {
        if (proxy == null) {
            return (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        }
        Optional<String> authorization = proxy.authorization();
        if (authorization.isPresent() && System.getProperty(FORBIDDEN_SCHEMES) == null) {
            System.setProperty(FORBIDDEN_SCHEMES, "");
        }
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(proxy.toJava());
        if (authorization.isPresent() && url.getProtocol().equals("https")) {
            connection.setAuthenticator(new SignIn());
        } else if (authorization.isPresent()) {
            // A file that is streamed cannot be sent again after the proxy has asked for a password.
            connection.setRequestProperty("Proxy-Authorization", authorization.get());
        }
        return connection;
    }

    /** For messages; empty for the direct route. */
    String description() {
        return proxy == null ? "" : " through the proxy " + proxy;
    }

    private final class SignIn extends Authenticator {
        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            if (getRequestorType() != RequestorType.PROXY) {
                return null;
            }
            String[] userAndPassword = proxy.credentials().orElse("").split(":", 2);
            return new PasswordAuthentication(userAndPassword[0], userAndPassword[1].toCharArray());
        }
    }
}
