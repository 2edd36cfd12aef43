package io.twinbatch.azure.connection;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
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

    /** A client for any number of threads; its own threads end when they have had nothing to do for a while. */
    public static HttpClient open() {
        HttpClient client = new JdkHttpClientBuilder()
                .executor(Executors.newCachedThreadPool(work -> {
                    Thread thread = new Thread(work, "connections to Azure");
                    thread.setDaemon(true);
                    return thread;
                }))
                .build();
        return new LoggedRequests(client);
    }
}
