package io.twinbatch.it.memory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.SignedUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Serves objects to those who have a URL for them. The secret of a URL is a random word that stands for a grant. */
final class SignedUrlServer implements AutoCloseable {
    private static final String WORD = "word=";
    private static final int MAX_THREADS = 16;

    private final MemoryObjects objects;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(MAX_THREADS);
    private final HttpServer server;

    /** What the holder of a URL may do until it expires, with one object or with all of a container. */
    private record Grant(ContainerName container, Optional<String> object, Set<AccessRight> rights, Instant expires) {
        boolean allows(ContainerName wanted, String name, AccessRight right) {
            return container.equals(wanted)
                    && object.map(name::equals).orElse(true)
                    && rights.contains(right)
                    && Instant.now().isBefore(expires);
        }
    }

    private static final class Answer {
        private final int status;
        private final byte[] body;

        private Answer(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        static Answer of(int status) {
            return new Answer(status, new byte[0]);
        }

        void send(HttpExchange exchange) throws IOException {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    SignedUrlServer(MemoryObjects objects) {
        this.objects = objects;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A URL for one object, or for all of a container. */
    SignedUrl sign(ContainerName container, Optional<String> object, Set<AccessRight> rights, Instant expires) {
        String word = UUID.randomUUID().toString();
        grants.put(word, new Grant(container, object, Set.copyOf(rights), expires));
        URI root = URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/" + container + "?" + WORD + word);
        SignedUrl url = new SignedUrl(root, Map.of(), expires);
        return object.map(name -> new SignedUrl(url.ofObject(name), Map.of(), expires))
                .orElse(url);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange).send(exchange);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getRawPath().split("/", 3);
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        Grant grant = grants.get(query.startsWith(WORD) ? query.substring(WORD.length()) : "");
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (grant == null) {
            return Answer.of(403);
        }
        ContainerName container = new ContainerName(path[1]);
        if (path.length < 3) {
            return exchange.getRequestMethod().equals("GET") ? list(grant, container) : Answer.of(403);
        }
        ObjectKey key = new ObjectKey(container, decoded(path[2]));
        return switch (exchange.getRequestMethod()) {
            case "GET" -> read(grant, key);
            case "PUT" -> write(grant, key, body);
            default -> Answer.of(403);
        };
    }

    /** A plus sign stands for itself. */
    private static String decoded(String name) {
        return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Answer list(Grant grant, ContainerName container) {
        if (!grant.allows(container, "", AccessRight.LIST)) {
            return Answer.of(403);
        }
        String names = objects.list(container, "").orElse(List.of()).stream()
                .map(ObjectInfo::key)
                .map(ObjectKey::name)
                .collect(Collectors.joining("\n"));
        return new Answer(200, names.getBytes(StandardCharsets.UTF_8));
    }

    private Answer read(Grant grant, ObjectKey key) {
        if (!grant.allows(key.container(), key.name(), AccessRight.READ)) {
            return Answer.of(403);
        }
        return objects.get(key).map(stored -> new Answer(200, stored.bytes())).orElse(Answer.of(404));
    }

    private Answer write(Grant grant, ObjectKey key, byte[] body) {
        boolean overwrites = objects.get(key).isPresent();
        boolean allowed = grant.allows(key.container(), key.name(), AccessRight.WRITE)
                || (!overwrites && grant.allows(key.container(), key.name(), AccessRight.CREATE));
        if (!allowed) {
            return Answer.of(403);
        }
        return objects.put(key, body, Map.of()).isPresent() ? Answer.of(201) : Answer.of(404);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
