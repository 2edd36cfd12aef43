package io.twinbatch.local.emulator;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.proxy.HostName;
import io.twinbatch.local.emulator.http.BatchServer;
import io.twinbatch.local.emulator.http.Handler;
import io.twinbatch.local.emulator.http.JobTokens;
import io.twinbatch.local.emulator.http.ServerConfig;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An Azure Batch account on this machine, for clients that speak the service's protocol. */
public final class Emulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Emulator.class);

    private final EmulatorConfig config;
    private final BatchServer server;
    private final Optional<Path> certificate;

    private Emulator(EmulatorConfig config, BatchServer server, Optional<Path> certificate) {
        this.config = config;
        this.server = server;
        this.certificate = certificate;
    }

    /**
     * Starts answering for a service whose tasks have no tokens.
     *
     * @param handler answers what is asked; stays the caller's
     * @throws BatchException {@code UNAVAILABLE} when the port is taken; {@code INVALID} when no certificate can be made
     */
    public static Emulator open(EmulatorConfig config, Handler handler) {
        return open(config, handler, JobTokens.NONE, Clock.systemUTC());
    }

    /**
     * Starts answering.
     *
     * @param handler answers what is asked; stays the caller's
     * @param tokens the tokens of tasks
     * @param clock what the dates of requests are held against
     * @throws BatchException as {@link #open(EmulatorConfig, Handler)} does
     */
    public static Emulator open(EmulatorConfig config, Handler handler, JobTokens tokens, Clock clock) {
        Set<String> names = new TreeSet<>(config.hostNames());
        names.addAll(HostName.isWildcard(config.address()) ? machine() : Set.of(config.address()));
        Optional<Certificate> certificate = config.httpsFolder().map(folder -> Certificate.of(folder, names, clock));
        ServerConfig serverConfig = new ServerConfig(
                config.address(),
                config.port(),
                config.account(),
                config.key(),
                names,
                certificate.map(Certificate::tls));
        BatchServer server = BatchServer.open(serverConfig, handler, tokens, clock);
        return new Emulator(config, server, certificate.map(Certificate::file));
    }

    /** All names and addresses that this machine knows of itself. */
    private static Set<String> machine() {
        try {
            Set<String> names = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            names.add(InetAddress.getLocalHost().getHostName());
            return names;
        } catch (SocketException | UnknownHostException e) {
            LOG.warn("This machine does not know its own addresses: {}", FailureReason.of(e));
            return Set.of();
        }
    }

    /** The beginning of all its URLs, for clients on this machine; without a slash at its end. */
    public URI endpoint() {
        return config.withPort(server.address().getPort()).endpoint();
    }

    /** The certificate that clients have to trust, in PEM; empty without HTTPS. */
    public Optional<Path> certificate() {
        return certificate;
    }

    /** Stops answering. */
    @Override
    public void close() {
        server.close();
    }
}
