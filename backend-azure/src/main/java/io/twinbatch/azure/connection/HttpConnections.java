package io.twinbatch.azure.connection;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import io.twinbatch.api.proxy.ProxyChoice;
import java.util.concurrent.Executors;

/**
 * Opens the HTTP client that all services are reached with.
 *
 * <p>It works in threads of its own. By default it would share a pool of ten threads for each processor with those who
 * wait for the content of answers: as many waiting callers as the pool has threads, and nobody is left to bring what
 * they wait for.
 */
public final class HttpConnections {
    private HttpConnections() {}

    /** A client as {@link #open(ProxyChoice)} opens it, with the proxies that the process is to use. */
    public static HttpClient open() {
        return open(ProxyChoice.ofProcess());
    }

    /**
     * A client for any number of threads; its own threads end when they have had nothing to do for a while.
     *
     * <p>The JDK's client signs in to a proxy for https only where the property
     * {@code jdk.http.auth.tunneling.disabledSchemes} is empty when its first request is made.
     *
     * @param proxies chooses the way to each endpoint
     */
    public static HttpClient open(ProxyChoice proxies) {
        HttpClient client = new JdkHttpClientBuilder(
                        java.net.http.HttpClient.newBuilder().proxy(proxies.selector()))
                // Else the library chooses proxies by rules of its own, for this machine too.
                .configuration(Configuration.NONE)
                .executor(Executors.newCachedThreadPool(work -> {
                    Thread thread = new Thread(work, "connections to Azure");
                    thread.setDaemon(true);
                    return thread;
                }))
                .build();
        return new LoggedRequests(new ProxiedRequests(client, proxies));
    }
}
