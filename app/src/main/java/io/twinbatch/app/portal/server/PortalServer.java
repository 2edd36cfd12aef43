package io.twinbatch.app.portal.server;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.proxy.HostName;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the portal. */
public final class PortalServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortalServer.class);
    private static final int MAX_THREADS = 24;
    private static final int MAX_CONNECTIONS = 200;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    /** Open pages are fetched every second. */
    private static final Duration LAST_LOOK = Duration.ofMillis(2500);

    private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    private final Server server;
    private final ServerConnector connector;
    private final AccessToken token = AccessToken.random();
    private PortalHandler handler;

    private PortalServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Begins to listen. Requests are answered from {@link #serve} on.
     *
     * @throws UsageException when the port is taken, or the address is not this machine's
     */
    public static PortalServer listen(ServerOptions options) {
        int port = options.port().orElse(ServerOptions.USUAL_PORT);
        try {
            return listen(options.bind(), port);
        } catch (IOException e) {
            if (options.port().isEmpty()) {
                try {
                    return listen(options.bind(), 0);
                } catch (IOException other) {
                    throw refused(options.bind(), 0, other);
                }
            }
            throw refused(options.bind(), port, e);
        }
    }

    private static UsageException refused(String bind, int port, IOException reason) {
        return new UsageException("the portal cannot listen at " + bind + ":" + port + ": " + FailureReason.of(reason)
                + "; choose another port with --portal-port, or an address of this machine with --portal-bind");
    }

    private static PortalServer listen(String bind, int port) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("twinbatch-portal");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(bind);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_LIMIT.toMillis());
        connector.open();
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        return new PortalServer(server, connector);
    }

    /**
     * Answers requests.
     *
     * @param pages the pages by address
     * @param failures the page for what went wrong
     */
    @SuppressWarnings("IllegalCatch")
    public void serve(PageRoutes pages, FailurePage failures, ServerOptions options) {
        Set<String> names = new HashSet<>();
        options.hosts().forEach(name -> names.add(HostName.plain(name)));
        names.add(HostName.plain(options.bind()));
        handler = new PortalHandler(new AccessGuard(token, names, connector.getLocalPort()), pages, failures);
        server.setHandler(handler);
        server.setErrorHandler(handler.errors());
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the portal's server does not start: " + FailureReason.of(e), e);
        }
    }

    /** The address of the first page, without the token. */
    public URI address() {
        return URI.create("http://" + HostName.inUrl(connector.getHost()) + ":" + connector.getLocalPort() + "/");
    }

    /** The address of the first page with the token, which gives access to everything. */
    public URI addressWithToken() {
        return URI.create(address() + "?" + AccessGuard.TOKEN + "=" + token.value());
    }

    /**
     * Lets the pages that are open be fetched once more, so that they show how the work has ended. Returns at once when
     * none has ever been fetched.
     */
    public void awaitLastLook() throws InterruptedException {
        Waiter waiter = new Waiter(Sleeper.REAL, PollInterval.NEARBY);
        long before = handler.answered();
        if (before == 0) {
            return;
        }
        try {
            waiter.await(
                    "a look",
                    Deadline.after(Clock.systemUTC(), LAST_LOOK),
                    () -> Optional.of(true).filter(any -> handler.answered() > before));
        } catch (BatchException e) {
            LOG.debug("No page is open any more");
        }
    }

    /** Stops listening, and ends the connections that there are. */
    @Override
    public void close() {
        try {
            server.stop();
            connector.close();
        } catch (Exception e) {
            LOG.warn("The portal's server did not stop in order: {}", FailureReason.of(e));
        }
    }
}
