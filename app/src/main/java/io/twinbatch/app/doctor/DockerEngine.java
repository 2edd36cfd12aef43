package io.twinbatch.app.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Docker engine, asked over its socket, since its client need not be installed. */
final class DockerEngine {
    private static final String DEFAULT_SOCKET = "/var/run/docker.sock";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Pattern VERSION = Pattern.compile("\"Version\"\\s*:\\s*\"([^\"]+)\"");

    private final String host;

    /** The engine that an environment names, or the one of this machine. */
    DockerEngine(Map<String, String> environment) {
        String named = environment.getOrDefault("DOCKER_HOST", "");
        this.host = named.isEmpty() ? "unix://" + DEFAULT_SOCKET : named;
    }

    /** Where it is looked for. */
    String host() {
        return host;
    }

    /** Its version; empty when it does not answer. */
    Optional<String> version() {
        return get("/version").flatMap(answer -> {
            Matcher version = VERSION.matcher(answer);
            return version.find() ? Optional.of(version.group(1)) : Optional.empty();
        });
    }

    /** Whether it has an image of this repository, whatever its tag. */
    boolean hasImage(String repository) {
        String filter = URLEncoder.encode("{\"reference\":[\"" + repository + "\"]}", StandardCharsets.UTF_8);
        return get("/images/json?filters=" + filter)
                .map(answer -> answer.contains("\"RepoTags\""))
                .orElse(false);
    }

    private Optional<String> get(String path) {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread asker = new Thread(() -> answer.complete(ask(path)), "docker");
        asker.setDaemon(true);
        asker.start();
        try {
            return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    private Optional<String> ask(String path) {
        Optional<SocketAddress> address = address();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        // HTTP 1.0, so that the answer is one piece and ends with the connection.
        byte[] request = ("GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        try (SocketChannel channel = SocketChannel.open(address.get())) {
            ByteBuffer out = ByteBuffer.wrap(request);
            while (out.hasRemaining()) {
                channel.write(out);
            }
            String answer = readAll(channel);
            return answer.startsWith("HTTP/1.0 200") || answer.startsWith("HTTP/1.1 200")
                    ? Optional.of(answer)
                    : Optional.empty();
        } catch (ClosedChannelException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String readAll(SocketChannel channel) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (channel.read(buffer) >= 0) {
            bytes.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Optional<SocketAddress> address() {
        URI uri = URI.create(host);
        return switch (String.valueOf(uri.getScheme())) {
            case "unix" ->
                Files.exists(Path.of(uri.getPath()))
                        ? Optional.of(UnixDomainSocketAddress.of(uri.getPath()))
                        : Optional.empty();
            case "tcp", "http" -> Optional.of(new InetSocketAddress(uri.getHost(), uri.getPort()));
            default -> Optional.empty();
        };
    }
}
