package io.twinbatch.local.azurite;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /** The first engine that answers. */
    public static Optional<DockerEngine> find(Map<String, String> environment) {
        return DockerPlaces.of(environment).engines().stream()
                .filter(DockerEngine::answers)
                .findFirst();
    }

    /** Whether it has the image of Azurite that the local backend runs. */
    public boolean hasAzurite() {
        return hasImage(DockerAzurite.IMAGE);
    }

    /** Whether it has an image already. */
    boolean hasImage(String image) {
        return status("/images/" + image + "/json") == 200;
    }

    /** Whether it is certain that it runs on this machine, and sees the same folders. */
    public boolean isOnThisMachine() {
        return socket().isPresent();
    }

    /** The file of its socket; empty when it is reached by TCP, and then need not be on this machine. */
    Optional<Path> socket() {
        return "unix".equals(address.getScheme()) ? Optional.of(Path.of(address.getPath())) : Optional.empty();
    }

    boolean answers() {
        return status("/_ping") == 200;
    }

    /** Whether something accepts connections there. */
    boolean listens() {
        return ask(channel -> true).orElse(false);
    }

    /** The HTTP status of a request; 0 when there is no answer, for whatever reason. */
    private int status(String path) {
        return ask(channel -> request(channel, path)).orElse(0);
    }

    /** What is learned from a connection; empty when there is none, or it takes too long. */
    private <T> Optional<T> ask(Question<T> question) {
        Optional<SocketAddress> endpoint = endpoint();
        if (endpoint.isEmpty()) {
            return Optional.empty();
        }
        try (SocketChannel channel = endpoint.get() instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open()) {
            FutureTask<T> answer = new FutureTask<>(() -> {
                channel.connect(endpoint.get());
                return question.ask(channel);
            });
            Thread thread = new Thread(answer, "question to Docker");
            thread.setDaemon(true);
            thread.start();
            // Leaving this block closes the channel, which ends the thread too.
            return Optional.of(answer.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS));
        } catch (IOException | ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A question to what listens at the address. */
    private interface Question<T> {
        T ask(SocketChannel channel) throws IOException;
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

    private static int request(SocketChannel channel, String path) throws IOException {
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
