package io.twinbatch.it.memory;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.FileRange;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.storage.SourceFile;
import io.twinbatch.api.storage.TransferListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Objects in the memory of this process. */
final class MemoryStore implements ObjectStore {
    private static final Pattern METADATA_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern METADATA_VALUE = Pattern.compile("[ -~]*");

    private final MemoryObjects objects;
    private final SignedUrlServer urls;
    private final Optional<ErrorCode> refusal;

    MemoryStore(MemoryObjects objects, SignedUrlServer urls) {
        this(objects, urls, Optional.empty());
    }

    private MemoryStore(MemoryObjects objects, SignedUrlServer urls, Optional<ErrorCode> refusal) {
        this.objects = objects;
        this.urls = urls;
        this.refusal = refusal;
    }

    /** The same objects, for somebody whose every call is refused. */
    MemoryStore refusing(ErrorCode code) {
        return new MemoryStore(objects, urls, Optional.of(code));
    }

    private void admit(String resource) {
        refusal.ifPresent(code -> {
            throw new BatchException(code, resource, "this client is refused");
        });
    }

    private static String named(ContainerName container) {
        return "container " + container;
    }

    private static String named(ObjectKey key) {
        return "object " + key;
    }

    private static BatchException missing(String resource) {
        String message = "it does not exist";
        ServiceError error =
                new ServiceError("NoSuchThing", message, UUID.randomUUID().toString(), Map.of());
        return new BatchException(ErrorCode.NOT_FOUND, resource, message, error, new NoSuchElementException(resource));
    }

    private static BatchException invalid(String resource, String message) {
        return new BatchException(ErrorCode.INVALID, resource, message);
    }

    private static Map<String, String> checked(String resource, Map<String, String> metadata) {
        metadata.forEach((name, value) -> {
            if (!METADATA_NAME.matcher(name).matches()
                    || !METADATA_VALUE.matcher(value).matches()) {
                throw invalid(resource, "metadata of this name or value cannot be stored");
            }
        });
        return metadata.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    @Override
    public boolean createContainer(ContainerName container, Map<String, String> metadata) {
        admit(named(container));
        return objects.create(container, checked(named(container), metadata));
    }

    @Override
    public boolean deleteContainer(ContainerName container) {
        admit(named(container));
        return objects.delete(container);
    }

    @Override
    public boolean containerExists(ContainerName container) {
        admit(named(container));
        return objects.has(container);
    }

    @Override
    public Stream<ContainerInfo> listContainers(String prefix) {
        admit("containers");
        return objects.containers(prefix).stream();
    }

    @Override
    public ObjectInfo put(ObjectKey key, Path source, Map<String, String> metadata, TransferListener listener) {
        return put(key, SourceFile.open(named(key), source), metadata, listener);
    }

    @Override
    public ObjectInfo putPart(
            ObjectKey key, Path source, FileRange range, Map<String, String> metadata, TransferListener listener) {
        return put(key, SourceFile.open(named(key), source, range), metadata, listener);
    }

    private ObjectInfo put(ObjectKey key, SourceFile source, Map<String, String> metadata, TransferListener listener) {
        admit(named(key));
        try (source) {
            Map<String, String> kept = checked(named(key), metadata);
            byte[] bytes = source.readAllBytes();
            ObjectInfo info = objects.put(key, bytes, kept).orElseThrow(() -> missing(named(key)));
            if (bytes.length > 0) {
                listener.transferred(bytes.length);
            }
            return new ObjectInfo(key, info.size(), info.lastModified(), kept, Optional.of(source.sha256()));
        } catch (IOException e) {
            throw invalid(named(key), FailureReason.of(e));
        }
    }

    @Override
    public ObjectInfo get(ObjectKey key, Path target, TransferListener listener) {
        admit(named(key));
        MemoryObjects.Stored stored = objects.get(key).orElseThrow(() -> missing(named(key)));
        Path beside = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID());
        try {
            try {
                Files.write(beside, stored.bytes());
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw invalid(named(key), "its target cannot be written: " + FailureReason.of(e));
        }
        listener.transferred(stored.bytes().length);
        return stored.info();
    }

    @Override
    public Stream<ObjectInfo> list(ContainerName container, String prefix) {
        admit(named(container));
        return objects.list(container, prefix).orElseThrow(() -> missing(named(container))).stream();
    }

    @Override
    public Optional<ObjectInfo> head(ObjectKey key) {
        admit(named(key));
        return objects.get(key).map(MemoryObjects.Stored::info);
    }

    @Override
    public boolean delete(ObjectKey key) {
        admit(named(key));
        return objects.delete(key);
    }

    @Override
    public SignedUrl signRead(ObjectKey key, Duration lifetime) {
        Instant expires = expiry(named(key), lifetime);
        return urls.sign(key.container(), Optional.of(key.name()), Set.of(AccessRight.READ), expires);
    }

    @Override
    public SignedUrl signContainer(ContainerName container, Set<AccessRight> rights, Duration lifetime) {
        if (rights.isEmpty()) {
            throw invalid(named(container), "a URL without any right is of no use");
        }
        return urls.sign(container, Optional.empty(), rights, expiry(named(container), lifetime));
    }

    private static Instant expiry(String resource, Duration lifetime) {
        try {
            if (lifetime.isNegative() || lifetime.isZero()) {
                throw invalid(resource, "the lifetime of a URL is more than zero");
            }
            return Instant.now().plus(lifetime);
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(resource, "the lifetime of a URL ends beyond all dates");
        }
    }
}
