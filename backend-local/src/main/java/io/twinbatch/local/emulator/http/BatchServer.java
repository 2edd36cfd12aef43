package io.twinbatch.local.emulator.http;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server in front of a {@link Handler}. It lets through what is signed with the account's key. */
public final class BatchServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchServer.class);
    private static final int MAX_HEADER_BYTES = 32 * 1024;
    private static final int MAX_CONNECTIONS = 1000;
    private static final int MAX_THREADS = 200;
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    /**
     * Every connection's bytes are in memory of its own. After what is no HTTP, two of Jetty's threads work on a connection
     * for a moment: one has answered and waits for the client's end, the other gives the connection's buffer back. If the
     * next connection were given that buffer, it would lose bytes, or read another's.
     */
    static final ByteBufferPool BUFFERS = new ByteBufferPool.NonPooling();

    private final Server server;
    private final ServerConnector connector;

    private BatchServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts it for a service whose tasks have no tokens.
     *
     * @param clock what requests' dates are held against
     * @throws BatchException as {@link #open(ServerConfig, Handler, JobTokens, Clock)} does
     */
    public static BatchServer open(ServerConfig config, Handler handler, Clock clock) {
        return open(config, handler, JobTokens.NONE, clock);
    }

    /**
     * Starts it.
     *
     * @param tokens the tokens of tasks
     * @param clock what requests' dates are held against
     * @throws BatchException {@code UNAVAILABLE} when the port is taken, or the address is not this machine's
     */
    public static BatchServer open(ServerConfig config, Handler handler, JobTokens tokens, Clock clock) {
        return open(config, handler, tokens, clock, new QueuedThreadPool(MAX_THREADS), BUFFERS);
    }

    static BatchServer open(
            ServerConfig config,
            Handler handler,
            JobTokens tokens,
            Clock clock,
            QueuedThreadPool threads,
            ByteBufferPool buffers) {
        HostGuard hosts = new HostGuard(config.hostNames());
        SignIn signIn = new SignIn(new SharedKey(config.account(), config.key()), tokens, clock);
        Exchange exchange = new Exchange(new RequestFilter(hosts, signIn, handler, clock));
        threads.setName("twinbatch-emulator");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, null, null, buffers, 1, 1, protocols(config.tls()));
        connector.setHost(config.address());
        connector.setPort(config.port());
        connector.setIdleTimeout(IDLE_LIMIT.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        server.setHandler(exchange);
        server.setErrorHandler(new JettyErrors(exchange));
        start(server, config);
        return new BatchServer(server, connector);
    }

    private static ConnectionFactory[] protocols(Optional<Tls> tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setSendServerVersion(false);
        // Memory outside of the heap is too slow to get for it to be used once.
        http.setUseInputDirectByteBuffers(false);
        http.setUseOutputDirectByteBuffers(false);
        // The path is taken apart before it is decoded, so an escaped slash is not ambiguous here.
        http.setUriCompliance(UriCompliance.UNSAFE);
        if (tls.isEmpty()) {
            return new ConnectionFactory[] {new HttpConnectionFactory(http)};
        }
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(tls.get().keyStore());
        ssl.setKeyStorePassword(tls.get().password());
        ssl.setSniRequired(false);
        return new ConnectionFactory[] {new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(http)};
    }

    /** Jetty declares every exception there is. */
    @SuppressWarnings("IllegalCatch")
    private static void start(Server server, ServerConfig config) {
        String place = config.address() + ":" + config.port();
        try {
            server.start();
        } catch (IOException e) {
            stop(server);
            String reason = FailureReason.of(e);
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "emulator at " + place,
                    "it cannot listen there (" + reason
                            + "); end the program that does, or choose another port, or 0 for a free one",
                    e);
        } catch (Exception e) {
            stop(server);
            throw new BatchException(
                    ErrorCode.UNKNOWN, "emulator at " + place, "it could not be started: " + FailureReason.of(e), e);
        }
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The emulator's server did not stop in order: {}", FailureReason.of(e));
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(connector.getHost(), connector.getLocalPort());
    }

    /** Stops listening, and ends the connections that there are. */
    @Override
    public void close() {
        stop(server);
    }
}
