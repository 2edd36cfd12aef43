package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A Docker engine, as far as it takes to know whether it is worth the second that loading Testcontainers costs.
 *
 * @param address where it listens: a {@code unix} or {@code tcp} URL, as in the DOCKER_HOST variable
 */
public record DockerEngine(URI address) {
    private static final int DEFAULT_PORT = 2375;
    private static final int MAX_PORT = 65_535;
    private static final long ANSWER_MILLIS = 2000;
    private static final int STATUS_LINE_BYTES = 12;

    /** The engine that DOCKER_HOST names, else the first one at a usual place, when it answers. */
    public static Optional<DockerEngine> find(Map<String, String> environment) {
        return places(environment).stream().filter(DockerEngine::answers).findFirst();
    }

    /**
     * The engines that are asked in turn: the one that DOCKER_HOST names, else those at the usual places.
     *
     * @throws BatchException {@code INVALID} when DOCKER_HOST is not the address of an engine
     */
    public static List<DockerEngine> places(Map<String, String> environment) {
        String named = environment.getOrDefault("DOCKER_HOST", "");
        return named.isEmpty() ? usualPlaces(environment) : List.of(new DockerEngine(address(named)));
    }

    private static URI address(String named) {
        try {
            URI address = new URI(named);
            boolean socket = "unix".equals(address.getScheme())
                    && address.getPath() != null
                    && !address.getPath().isEmpty();
            boolean remote = List.of("tcp", "http", "https", "ssh").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null;
            if ((socket && address.getAuthority() == null) || remote) {
                return address;
            }
        } catch (URISyntaxException e) {
            // The message below says what is right; the exception repeats the value.
        }
        throw new BatchException(
                ErrorCode.INVALID,
                "DOCKER_HOST",
                "'" + QuotedValue.of(named) + "' is not the address of a Docker engine; an address is such as"
                        + " unix:///var/run/docker.sock or tcp://127.0.0.1:2375, or unset the variable");
    }

    /** Whether it has the image of Azurite that the local backend runs. */
    public boolean hasAzurite() {
        return hasImage(DockerAzurite.IMAGE);
    }

    /** Whether it has an image already. */
    boolean hasImage(String image) {
        return status("/images/" + image + "/json") == 200;
    }

    /** The file of its socket; empty when it is reached by TCP, and then need not be on this machine. */
    Optional<Path> socket() {
        return "unix".equals(address.getScheme()) ? Optional.of(Path.of(address.getPath())) : Optional.empty();
    }

    private static List<DockerEngine> usualPlaces(Map<String, String> environment) {
        Stream<Path> own = Stream.concat(
                below(environment.getOrDefault("XDG_RUNTIME_DIR", ""), "docker.sock"),
                below(environment.getOrDefault("HOME", ""), ".docker/run/docker.sock"));
        return Stream.concat(Stream.of(Path.of("/var/run/docker.sock")), own.filter(Files::exists))
                .map(socket ->
                        new DockerEngine(URI.create("unix://" + socket.toUri().getRawPath())))
                .toList();
    }

    /** A file below a folder that a variable names; none when the variable is unset or is no absolute path. */
    private static Stream<Path> below(String folder, String file) {
        try {
            return !Path.of(folder).isAbsolute() ? Stream.empty() : Stream.of(Path.of(folder, file));
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }

    private boolean answers() {
        return status("/_ping") == 200;
    }

    /** The HTTP status of a request; 0 when there is no answer, for whatever reason. */
    private int status(String path) {
        Optional<SocketAddress> endpoint = endpoint();
        if (endpoint.isEmpty()) {
            return 0;
        }
        try (SocketChannel channel = endpoint.get() instanceof UnixDomainSocketAddress
                ? SocketChannel.open(java.net.StandardProtocolFamily.UNIX)
                : SocketChannel.open()) {
            FutureTask<Integer> request = new FutureTask<>(() -> ask(channel, endpoint.get(), path));
            Thread thread = new Thread(request, "question to Docker");
            thread.setDaemon(true);
            thread.start();
            // Leaving this block closes the channel, which ends the thread too.
            return request.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private Optional<SocketAddress> endpoint() {
        if (socket().isPresent()) {
            return socket().filter(Files::exists).map(UnixDomainSocketAddress::of);
        }
        if (!"tcp".equals(address.getScheme()) || address.getHost() == null) {
            return Optional.empty();
        }
        int port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
        return port > MAX_PORT ? Optional.empty() : Optional.of(new InetSocketAddress(address.getHost(), port));
    }

    private static int ask(SocketChannel channel, SocketAddress endpoint, String path) throws IOException {
        channel.connect(endpoint);
        String request = "GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        ByteBuffer answer = ByteBuffer.allocate(STATUS_LINE_BYTES);
        int read = 0;
        while (read >= 0 && answer.hasRemaining()) {
            read = channel.read(answer);
        }
        String line = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        return line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]") ? Integer.parseInt(line.substring(9)) : 0;
    }
}
