package io.twinbatch.azure.connection;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.net.URL;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Sends requests with another client, and writes a line about each to the log at DEBUG: method, host and path, status,
 * milliseconds. A query holds signatures and is never written, and neither are headers and bodies.
 */
final class LoggedRequests implements HttpClient {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedRequests.class);

    private final HttpClient client;

    LoggedRequests(HttpClient client) {
        this.client = client;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return Mono.defer(() -> {
            long started = System.nanoTime();
            return client.send(sendable(request), context)
                    .doOnNext(response -> answered(request, response, started))
                    .doOnError(failure -> failed(request, failure, started));
        });
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        long started = System.nanoTime();
        try {
            HttpResponse response = client.sendSync(sendable(request), context);
            answered(request, response, started);
            return response;
        } catch (RuntimeException e) {
            failed(request, e, started);
            throw e;
        }
    }

    private static HttpRequest sendable(HttpRequest request) {
        HttpHeaders headers = new SendableHeaders(request.getHeaders());
        return request.copy().setHeaders(headers);
    }

    private static void answered(HttpRequest request, HttpResponse response, long started) {
        LOG.atDebug().log(() -> describe(request) + " " + response.getStatusCode() + " " + millis(started));
    }

    /** The message of a failure may repeat the URL. */
    private static void failed(HttpRequest request, Throwable failure, long started) {
        LOG.atDebug().log(
                () -> describe(request) + " failed (" + failure.getClass().getSimpleName() + ") " + millis(started));
    }

    private static String describe(HttpRequest request) {
        URL url = request.getUrl();
        return request.getHttpMethod() + " " + url.getAuthority() + url.getPath();
    }

    private static String millis(long started) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started) + " ms";
    }
}
