package io.twinbatch.local.node;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.proxy.HttpProxy;
import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.local.disk.DiskFull;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Carries files between a node and the object store over HTTP, through signed URLs alone, as the agent of an Azure Batch
 * node does. A passing failure is tried again a few times; what stays a failure is reported with the service's codes.
 */
public final class NodeTransfer {
    /** With the pauses between them long enough for an object store that is started again. */
    private static final int TRIES = 8;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(8);
    private static final Duration REQUEST_LIMIT = Duration.ofMinutes(30);

    /** How the service's codes for a failed transfer begin. */
    private static final String DOWNLOAD = "BlobDownload";

    private static final String UPLOAD = "FileUpload";

    private static final Set<PosixFilePermission> RESOURCE_FILE_MODE = PosixFilePermissions.fromString("rwxrwx---");

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    private final NodeStorage storage;
    private final Sleeper sleeper;
    private final Clock clock;
    private final int tries;
    private final ProxyChoice proxies = ProxyChoice.ofProcess();

    /** Made when it is needed first: that takes longer than all else that an engine does when it starts. */
    private HttpClient client;

    /**
     * Transfers with pauses between tries.
     *
     * @param storage signs the URLs that have no signature
     * @param sleeper passes the pauses
     * @param clock decides whether a signed URL has expired
     */
    public NodeTransfer(NodeStorage storage, Sleeper sleeper, Clock clock) {
        this(storage, sleeper, clock, TRIES);
    }

    NodeTransfer(NodeStorage storage, Sleeper sleeper, Clock clock, int tries) {
        this.storage = storage;
        this.clock = clock;
        this.sleeper = sleeper;
        this.tries = tries;
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(20))
                    .proxy(proxies.selector())
                    .build();
        }
        return client;
    }

    /** A transfer that stays a failure, with the code that the service has for it. */
    static final class TransferFailed extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient FailureInfo failure;

        TransferFailed(String code, String message, SignedUrl url, Throwable cause) {
            super(message, cause);
            failure = new FailureInfo(code, message, Map.of("url", QuotedValue.of(url.withoutSecret())));
        }

        FailureInfo failure() {
            return failure;
        }
    }

    private SignedUrl signed(SignedUrl url, String codePrefix) throws TransferFailed {
        try {
            return storage.signed(url);
        } catch (BatchException e) {
            throw new TransferFailed(codePrefix + "MiscError", FailureReason.of(e), url, e);
        }
    }

    /** Fetches a resource file into a working folder. */
    void fetch(ResourceFile file, Path workingFolder) throws TransferFailed, InterruptedException {
        Path target = place(file, workingFolder);
        SignedUrl source = signed(file.source(), DOWNLOAD);
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new TransferFailed(
                    "ResourceFileWriteFailed", named(file) + " could not be written: it is a folder", source, null);
        }
        HttpRequest request = request(source, source.url(), DOWNLOAD).build();
        // What an earlier try has written, such as an error of the service, must not show behind the end of this one.
        HttpResponse.BodyHandler<Path> toFile = HttpResponse.BodyHandlers.ofFile(
                target,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                LinkOption.NOFOLLOW_LINKS);
        int status = send(request, toFile, DOWNLOAD, named(file), source);
        if (status != 200) {
            String code = status == NOT_FOUND
                    ? "BlobNotFound"
                    : status == FORBIDDEN ? "BlobAccessDenied" : "BlobDownloadMiscError";
            throw new TransferFailed(code, named(file) + " was refused with " + reason(status, source), source, null);
        }
        allowExecution(file, target);
    }

    private static String named(ResourceFile file) {
        return "the resource file " + QuotedValue.of(file.path());
    }

    /** Where a resource file goes; its folder is there then. */
    private static Path place(ResourceFile file, Path workingFolder) throws TransferFailed {
        try {
            Path target = workingFolder.resolve(file.path());
            requireNoLink(file, workingFolder);
            Files.createDirectories(target.getParent());
            return target;
        } catch (FileAlreadyExistsException e) {
            throw noFolder(file, "a part of its path is a file; no file can lie below another one", e);
        } catch (IOException | InvalidPathException e) {
            throw noFolder(file, FailureReason.of(e), e);
        }
    }

    private static TransferFailed noFolder(ResourceFile file, String reason, Exception cause) {
        return new TransferFailed(
                diskCode(cause, "ResourceDirectoryCreateFailed"),
                "the folder for " + named(file) + " cannot be made: " + reason,
                file.source(),
                cause);
    }

    /** A link on the way would lead out of the working folder, or have a file take the place of another. */
    private static void requireNoLink(ResourceFile file, Path workingFolder) throws TransferFailed {
        Path at = workingFolder;
        for (Path part : Path.of(file.path())) {
            at = at.resolve(part);
            if (Files.isSymbolicLink(at)) {
                throw new TransferFailed(
                        "ResourceFileCreateFailed",
                        named(file) + " is not written through the link "
                                + QuotedValue.of(workingFolder.relativize(at).toString()),
                        file.source(),
                        null);
            }
        }
    }

    /** Fetches objects of a container into a working folder. */
    void fetch(ContainerFiles wanted, Path workingFolder) throws TransferFailed, InterruptedException {
        ContainerFiles files = wanted.in(signed(wanted.container(), DOWNLOAD));
        Optional<String> marker = Optional.of("");
        while (marker.isPresent()) {
            ContainerPage page = list(files, marker.get());
            for (ContainerPage.Entry entry : page.entries()) {
                if (entry.folder()) {
                    makeFolder(files, entry.name(), workingFolder);
                } else {
                    fetch(file(files, entry.name()), workingFolder);
                }
            }
            marker = page.next();
        }
    }

    private static void makeFolder(ContainerFiles files, String name, Path workingFolder) throws TransferFailed {
        if (files.isTop(name)) {
            return;
        }
        ResourceFile folder = file(files, name);
        Path target = place(folder, workingFolder);
        try {
            Files.createDirectories(target);
        } catch (FileAlreadyExistsException e) {
            throw noFolder(folder, "a file has the same name", e);
        } catch (IOException e) {
            throw noFolder(folder, FailureReason.of(e), e);
        }
    }

    private static ResourceFile file(ContainerFiles files, String name) throws TransferFailed {
        try {
            return files.file(name);
        } catch (BatchException e) {
            throw new TransferFailed("ResourceFileCreateFailed", e.getMessage(), files.container(), e);
        }
    }

    private ContainerPage list(ContainerFiles files, String marker) throws TransferFailed, InterruptedException {
        SignedUrl container = files.container();
        HttpRequest request =
                request(container, files.listing(marker), DOWNLOAD).build();
        AtomicReference<byte[]> answer = new AtomicReference<>(new byte[0]);
        HttpResponse.BodyHandler<Void> keep = HttpResponse.BodyHandlers.ofByteArrayConsumer(
                part -> part.ifPresent(bytes -> answer.accumulateAndGet(bytes, NodeTransfer::joined)));
        int status = send(request, keep, DOWNLOAD, "the list of the container", container);
        if (status != 200) {
            String code = status == NOT_FOUND
                    ? "BlobNotFound"
                    : status == FORBIDDEN ? "BlobAccessDenied" : "BlobDownloadMiscError";
            throw new TransferFailed(
                    code, "the list of the container was refused with " + reason(status, container), container, null);
        }
        try {
            return ContainerPage.read(answer.get());
        } catch (IOException e) {
            throw new TransferFailed("BlobDownloadMiscError", "the list of the container is none", container, e);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** As on a node of Azure Batch, where a resource file has the mode 0770: a program can be run as it is. */
    private static void allowExecution(ResourceFile file, Path target) throws TransferFailed {
        try {
            if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(target, RESOURCE_FILE_MODE);
            }
        } catch (IOException e) {
            throw new TransferFailed(
                    "ResourceFileWriteFailed",
                    named(file) + " could not be made executable: " + FailureReason.of(e),
                    file.source(),
                    e);
        }
    }

    private HttpRequest.Builder request(SignedUrl url, URI target, String codePrefix) throws TransferFailed {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(REQUEST_LIMIT);
            proxies.route(target)
                    .proxy()
                    .flatMap(HttpProxy::authorization)
                    .ifPresent(value -> request.header("Proxy-Authorization", value));
            if (codePrefix.equals(UPLOAD)) {
                url.headers().forEach(request::header);
            }
            return request;
        } catch (IllegalArgumentException e) {
            // Its message may show the whole URL, and is kept out of sight.
            throw new TransferFailed(
                    codePrefix + "MiscError", "it is no HTTP URL, or has a header that is none", url, null);
        }
    }

    /** Uploads a file as an object of a container. */
    void upload(Path file, SignedUrl place, String objectName) throws TransferFailed, InterruptedException {
        SignedUrl container = signed(place, UPLOAD);
        URI target = container.ofObject(objectName);
        HttpRequest.Builder request = request(container, target, UPLOAD);
        int status;
        try {
            request.PUT(HttpRequest.BodyPublishers.ofFile(file));
            status = send(
                    request.build(),
                    HttpResponse.BodyHandlers.discarding(),
                    UPLOAD,
                    "the output file " + QuotedValue.of(objectName),
                    container);
        } catch (IOException e) {
            throw new TransferFailed(
                    "FileUploadMiscError",
                    "the output file " + QuotedValue.of(file.getFileName().toString()) + " cannot be read: "
                            + FailureReason.of(e),
                    container,
                    e);
        }
        if (status != 201 && status != 200) {
            String code = status == NOT_FOUND
                    ? "FileUploadContainerNotFound"
                    : status == FORBIDDEN ? "FileUploadAccessDenied" : "FileUploadMiscError";
            throw new TransferFailed(
                    code,
                    "the output file " + QuotedValue.of(objectName) + " was refused with " + reason(status, container),
                    container,
                    null);
        }
    }

    private String reason(int status, SignedUrl url) {
        boolean expired = status == FORBIDDEN && !url.expires().isAfter(clock.instant());
        if (expired) {
            return "HTTP status 403: its signed URL expired at " + url.expires();
        }
        return "HTTP status " + status
                + switch (status) {
                    case FORBIDDEN -> ": its URL is not signed, or its signature does not allow it";
                    case NOT_FOUND -> ": nothing is at its URL";
                    default -> status / 100 == 3 ? ": its URL leads to another one, which is not followed" : "";
                };
    }

    private int send(
            HttpRequest request, HttpResponse.BodyHandler<?> body, String codePrefix, String what, SignedUrl url)
            throws TransferFailed, InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                int status = client().send(request, body).statusCode();
                if (!isPassing(status) || attempt == tries) {
                    return status;
                }
            } catch (IOException e) {
                if (isOfThisNode(e)) {
                    boolean upload = codePrefix.equals(UPLOAD);
                    String code = upload ? "FileUploadMiscError" : diskCode(e, "ResourceFileWriteFailed");
                    String failed = upload ? " could not be read: " : " could not be written: ";
                    throw new TransferFailed(code, what + failed + FailureReason.of(e), url, e);
                }
                if (attempt == tries) {
                    String code =
                            codePrefix + (e instanceof java.net.http.HttpTimeoutException ? "TimedOut" : "MiscError");
                    throw new TransferFailed(
                            code, "the transfer of " + what + " failed: " + FailureReason.of(e), url, e);
                }
            }
            sleeper.sleep(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : longer;
        }
    }

    /** Whether the node's own file is at fault, however the JDK's client has wrapped that. */
    private static boolean isOfThisNode(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException) {
                return true;
            }
        }
        return DiskFull.isBehind(failure);
    }

    private static boolean isPassing(int status) {
        return status >= FIRST_SERVER_ERROR || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
    }

    private static String diskCode(Exception failure, String otherwise) {
        return DiskFull.isBehind(failure) ? "DiskFull" : otherwise;
    }
}
