package io.twinbatch.api.proxy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * A proxy, and which setting names it.
 *
 * @param host its host name or address
 * @param port its port
 * @param setting the environment variable or the property of Java that names it
 * @param credentials {@code user:password}, when it asks for them
 */
public record HttpProxy(String host, int port, String setting, Optional<String> credentials) {
    public HttpProxy {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(setting, "setting");
        Objects.requireNonNull(credentials, "credentials");
    }

    /** The value of the header {@code Proxy-Authorization}; empty without credentials. */
    public Optional<String> authorization() {
        return credentials.map(
                text -> "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same for the JDK's clients. */
    public Proxy toJava() {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    /** Its URL with masked credentials, and its setting. */
    @Override
    public String toString() {
        return "http://" + (credentials.isPresent() ? "***@" : "") + host + ":" + port + " (" + setting + ")";
    }
}
