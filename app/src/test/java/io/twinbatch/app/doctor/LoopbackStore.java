package io.twinbatch.app.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.FileRange;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.storage.TransferListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** As much of an object store as the doctor uses; its URLs can really be fetched. */
final class LoopbackStore implements ObjectStore, AutoCloseable {
    final Map<ContainerName, Map<String, String>> containers = new HashMap<>();
    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    int status = 200;
    private final HttpServer server;

    LoopbackStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = objects.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public boolean createContainer(ContainerName container, Map<String, String> metadata) {
        return containers.put(container, metadata) == null;
    }

    @Override
    public boolean deleteContainer(ContainerName container) {
        return containers.remove(container) != null;
    }

    @Override
    public ObjectInfo put(ObjectKey key, Path source, Map<String, String> metadata, TransferListener listener) {
        try {
            byte[] bytes = Files.readAllBytes(source);
            objects.put("/" + key.container() + "/" + key.name(), bytes);
            return new ObjectInfo(key, bytes.length, Instant.EPOCH, metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ObjectInfo putPart(
            ObjectKey key, Path source, FileRange range, Map<String, String> metadata, TransferListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SignedUrl signRead(ObjectKey key, Duration lifetime) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + key.container() + "/"
                + key.name() + "?sig=secret");
        return new SignedUrl(url, Map.of(), Instant.EPOCH.plus(lifetime));
    }

    @Override
    public boolean containerExists(ContainerName container) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Stream<ContainerInfo> listContainers(String prefix) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ObjectInfo get(ObjectKey key, Path target, TransferListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Stream<ObjectInfo> list(ContainerName container, String prefix) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ObjectInfo> head(ObjectKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(ObjectKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SignedUrl signContainer(ContainerName container, Set<AccessRight> rights, Duration lifetime) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
